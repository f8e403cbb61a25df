import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../../src/frontends/model-file/assist/completion';
import { hoverAt } from '../../../src/frontends/model-file/assist/hover';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { pathAt, rangeAt } from '../../../src/frontends/model-file/source-range';
import type { SourceNode, SourceDocument, ModelFileLanguage } from '../../../src/frontends/model-file/source-document';
import type { TextRange } from '../../../src/text/text-edit';

const YAML = `# why
x-base: &base { type: dense, units: 2, activation: tanh }
name: "Écho 🙂"
input: [100, 2]
layers:
  - { name: memory, type: rnn, units: 64, recurrent_initializer: { type: normal, std: 0.4 } }
  - type: residual
    layers:
      - { <<: *base, units: 64 } # comment
      - type: dropout
        rate: 0.1
  - *base
loss: mse
clip: { type: norm, max: 1.0 }
`;
const JSON_TEXT =
  '{\n  "input": [4], // shape\n  "layers": [{ "type": "dense", "units": 1, "name": "ü" }],\n  "optimizer": { ' +
  '"type": "sgd", "momentum": 0.9 }\n}\n';

/** Pieces of syntax that break a file in interesting ways. */
const PIECE = fc.oneof(
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    '- ',
    '\n',
    '\n  ',
    '\t',
    '\r\n',
    '"',
    "'",
    '#',
    ' # ',
    '&a ',
    '*a',
    '*base',
    '<<: ',
    '!tag ',
    '|',
    '>',
    '---\n',
    '...',
    '%YAML 1.1\n',
    '? ',
    ',',
    '\uFEFF',
    '\0',
    '\uD800',
    '1e999',
    '.nan',
    '//',
    '/*',
    '"type": ',
    'type: ',
    'null',
    '~',
  ),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);

/** A valid file with some of its text replaced. */
function mutated(text: string): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.nat(text.length), remove: fc.nat(12), insert: PIECE });
  return fc
    .array(edit, { minLength: 1, maxLength: 5 })
    .map(edits =>
      edits.reduce(
        (current, { at, remove, insert }) => current.slice(0, at) + insert + current.slice(at + remove),
        text,
      ),
    );
}

const FILE: fc.Arbitrary<readonly [string, ModelFileLanguage]> = fc.oneof(
  fc.tuple(mutated(YAML), fc.constant<ModelFileLanguage>('yaml')),
  fc.tuple(mutated(JSON_TEXT), fc.constant<ModelFileLanguage>('json')),
  fc.tuple(
    fc.array(PIECE, { maxLength: 30 }).map(pieces => pieces.join('')),
    fc.constantFrom<ModelFileLanguage>('yaml', 'json'),
  ),
  fc.tuple(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom<ModelFileLanguage>('yaml', 'json')),
);

function expectWithin(document: SourceDocument, range: TextRange): void {
  expect(range.start).toBeGreaterThanOrEqual(0);
  expect(range.end).toBeGreaterThanOrEqual(range.start);
  expect(range.end).toBeLessThanOrEqual(document.text.length);
}

function expectRanges(document: SourceDocument, node: SourceNode): void {
  expectWithin(document, node.range);
  const entries = node.kind === 'mapping' ? node.entries : [];
  entries.forEach(({ keyRange }) => expectWithin(document, keyRange));
  const inner =
    node.kind === 'mapping' ? entries.map(({ value }) => value) : node.kind === 'sequence' ? node.items : [];
  inner.forEach(child => expectRanges(document, child));
}

describe('whatever the text', () => {
  it('parsing and compiling never throw, and every range lies within the text', () => {
    fc.assert(
      fc.property(FILE, ([text, language]) => {
        const document = parseModelFile(text, language);
        if (document.root) {
          expectRanges(document, document.root);
        }
        const { model, problems } = compileModel(document);
        problems.forEach(({ range, message }) => {
          expectWithin(document, range);
          expect(message).toMatch(/^[^]{5,}[.?]$/);
        });
        expect(model === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 600 },
    );
  });

  it('the place at any offset is a place of the file, with a range', () => {
    fc.assert(
      fc.property(FILE, fc.nat(400), ([text, language], at) => {
        const document = parseModelFile(text, language);
        const place = pathAt(document, Math.min(at, text.length));
        if (place.path.length > 0) {
          expectWithin(document, rangeAt(document, place.path)!);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('completion and hover never throw, and replace only what is under the cursor', () => {
    fc.assert(
      fc.property(FILE, fc.nat(400), ([text, language], at) => {
        const offset = Math.min(at, text.length);
        const document = parseModelFile(text, language);
        for (const { range } of completionsAt(document, offset)) {
          expectWithin(document, range);
          expect(range.start <= offset && offset <= range.end).toBe(true);
        }
        const hover = hoverAt(document, offset);
        if (hover) {
          expectWithin(document, hover.range);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('ranges of keys and values are the text of the keys and values', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/).filter(text => !['true', 'false', 'null', 'y', 'n'].includes(text));
    fc.assert(
      fc.property(fc.dictionary(word, word, { minKeys: 1 }), fc.constantFrom('\n', '\r\n'), (values, newline) => {
        const text = Object.entries(values)
          .map(([key, value]) => `${key}: ${value} # ${value}`)
          .join(newline);
        const document = parseModelFile(text, 'yaml');
        for (const [key, value] of Object.entries(values)) {
          const [keyRange, valueRange] = [rangeAt(document, [key], 'key')!, rangeAt(document, [key])!];
          expect(text.slice(keyRange.start, keyRange.end)).toBe(key);
          expect(text.slice(valueRange.start, valueRange.end)).toBe(value);
        }
      }),
      { numRuns: 100 },
    );
  });
});
