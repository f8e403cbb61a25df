/** JSON lines, texts and sentence pairs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random';
import { compileModel } from '../../../src/frontends/model-file/compile';
import type { ModelSpec } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import type { Dataset } from '../../../src/training/data/dataset';
import { loadDataset } from '../../../src/training/data/load-dataset';
import { eachToken, tokensOf } from '../../../src/training/data/tokens';
import { TrainingError } from '../../../src/training/training-error';

function compile(text: string): ModelSpec {
  const { model, problems } = compileModel(parseModelFile(text, 'yaml'));
  if (!model) throw new Error(problems.map(({ message }) => message).join('\n'));
  return model;
}

const problemOf = (text: string): string =>
  compileModel(parseModelFile(text, 'yaml'))
    .problems.map(({ message }) => message)
    .join('\n');
const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

function read(model: ModelSpec, content: string | Uint8Array, limit = 2 ** 28): Dataset {
  return loadDataset(model, { files: { f: bytesOf(content) }, limitBytes: limit }, new Random(1));
}

function outcome(model: ModelSpec, content: string | Uint8Array, limit?: number): string {
  try {
    return read(model, content, limit).description;
  } catch (error) {
    expect(error).toBeInstanceOf(TrainingError);
    return (error as TrainingError).message;
  }
}

const LINES = compile(
  'input: [2]\nlayers: [{ type: dense, units: 2 }]\nloss: cross-entropy\ndata: { type: json-lines, path: f }\n',
);
const languageModel = (length: number, tokens = 8, extra = ''): ModelSpec =>
  compile(`input: { tokens: ${tokens}, length: ${length} }
layers: [{ type: embedding, units: 2 }, { type: dense, units: ${tokens} }]
data: { type: text, path: f${extra} }
`);
const PAIRS = compile(`input: { tokens: 12, length: 7 }
layers: [{ type: seq2seq, embedding: 2, units: 2, target_length: 4 }]
data: { type: sentence-pairs, path: f, tokens: words }
`);

describe('json-lines', () => {
  it('reads numbers, and texts as classes in alphabetical order', () => {
    const data = read(LINES, '{"x": [1, 2], "y": "red", "other": null}\n\n{"y": "blue", "x": [3, 4.5]}\r\n');
    expect(Array.from(data.inputs)).toEqual([1, 2, 3, 4.5]);
    expect(Array.from(data.targets)).toEqual([1, 0]);
  });

  it.each([
    ['', 'is empty'],
    [
      '{"x": [1, 2], "y": 0}\n{"x": [1], "y": 0}',
      'line 2, "x": it has the shape [1], but that of the first line is [2].',
    ],
    ['{"x": [1, 2], "y": 0}\n{"x": [1, 2]', 'line 2 is no JSON'],
    ['{"x": [1, 2], "Y": 0}', 'line 1, "y": there is no such field; did you mean "Y"?'],
    ['[1]', 'line 1: a JSON object is needed'],
    ['{"x": [1, null], "y": 0}', 'a number is needed, not null'],
    ['{"x": [[[[[1]]]]], "y": 0}', 'nested more than 4 deep'],
    ['{"x": [[1], 2], "y": 0}', 'its lists are not equally long'],
    ['{"x": [1, 2], "y": "a"}\n{"x": [1, 2], "y": 1}', 'some lines have a text and some a number'],
    [
      '{"x": [1, 2], "y": 0}\n{"x": [1, 2], "y": 2}',
      'has class ids up to 2, so 3 classes, but "dense1" gives an output of [2]; it needs 3 units',
    ],
    ['{"x": [1, 2], "y": 0}\n{"x": [1, 1e300], "y": 1}', 'is no finite number'],
  ])('refuses %j in a sentence', (content, message) => {
    expect(outcome(LINES, content)).toContain(message);
  });
});

describe('text', () => {
  it('asks for the next character at every step, the commonest with the lowest ids', () => {
    const data = read(languageModel(3), 'aaabbcaaab');
    expect(Array.from(data.inputs)).toEqual([1, 1, 1, 2, 2, 3, 1, 1, 1]);
    expect(Array.from(data.targets)).toEqual([1, 1, 2, 2, 3, 1, 1, 1, 2]);
    expect([data.examples, data.inputSize, data.targetSize]).toEqual([3, 3, 3]);
  });

  it('gives rare tokens one id, and says how many they are', () => {
    const data = read(languageModel(2, 3), 'aaaabbbcd');
    expect(Array.from(data.inputs)).toEqual([1, 1, 1, 1, 2, 2, 2, 0]);
    expect(data.description).toBe('next of 4 different characters of f, 4 pieces of 2, 22 % of them rare');
  });

  it('asks a model with one output for the token after the piece', () => {
    const last = compile(
      'input: { tokens: 4, length: 2 }\nlayers: [{ type: embedding, units: 2 }, { type: last-step }, ' +
        '{ type: dense, units: 4 }]\ndata: { type: text, path: f }\n',
    );
    const data = read(last, 'ababc');
    expect(Array.from(data.targets)).toEqual([1, 3]);
  });

  it('cuts words from signs, and keeps apostrophes and hyphens', () => {
    expect([...tokensOf("It's a well-known\nlens, où?", 'words')]).toEqual([
      "It's",
      'a',
      'well-known',
      'lens',
      ',',
      'où',
      '?',
    ]);
    expect([...tokensOf('a😀', 'characters')]).toEqual(['a', '😀']);
    expect(read(languageModel(1, 8, ', tokens: words'), 'so it is so\r\n').examples).toBe(3);
  });

  it('are the same whether a long text is cut at once or piece by piece', () => {
    const sentence = "It's a well-known\nlens, où? 😀 'tis\u00a0said ";
    for (const text of [sentence.repeat(6000), 'x-'.repeat(100_000), `${'a'.repeat(65_536)} b${' '.repeat(70_000)}c`]) {
      for (const kind of ['words', 'characters'] as const) {
        const found: string[] = [];
        eachToken(text, kind, token => found.push(token));
        expect(found).toEqual(tokensOf(text, kind));
      }
    }
  });

  it('refuses a text that is too short, too large or no text', () => {
    expect(outcome(languageModel(5), 'abcdefgh')).toContain('"f" has 8 characters, too few for two examples of 5');
    expect(outcome(languageModel(5), 'ab'.repeat(1000), 1000)).toContain('"gradientHealth.memoryLimit"');
    expect(outcome(languageModel(1), Uint8Array.of(0xff, 0xfe, 0x41))).toContain('is not UTF-8');
  });

  it('is held against the model where it is written', () => {
    expect(problemOf('input: [3]\nlayers: [{ type: dense, units: 8 }]\ndata: { type: text, path: f }\n')).toContain(
      '`text` gives token ids',
    );
    expect(
      problemOf(
        'input: { tokens: 8, length: 3 }\nlayers: [{ type: embedding, units: 2 }, { type: dense, units: 4 }]\n' +
          'data: { type: text, path: f }\n',
      ),
    ).toContain('needs a score for each of the 8 tokens');
    expect(
      problemOf(
        'input: { tokens: 8, length: 3 }\nlayers: [{ type: embedding, units: 2 }, { type: dense, units: 8 }]\n' +
          'data: { type: sentence-pairs, path: f }\n',
      ),
    ).toContain('needs `seq2seq` as the last layer');
  });
});

describe('sentence-pairs', () => {
  it('pads sources on the left, and begins and ends translations, with padding behind', () => {
    const data = read(PAIRS, 'a b\tx y\n\na a a a\tx x x x x\tCC BY\n');
    // a 4, x 5, b 6, y 7: by frequency, then by code point; x leads with six.
    expect(Array.from(data.inputs)).toEqual([0, 5, 6, 1, 4, 7, 0, 5, 5, 5, 1, 4, 4, 4]);
    expect(Array.from(data.targets)).toEqual([4, 7, 2, 0, 4, 4, 4, 4]);
    expect(data.description).toBe('2 sentence pairs of f, 4 different words, 1 pairs cut to 3 and 4');
  });

  it.each([
    ['a\tb\nc d', 'line 2: there is no tab'],
    ['a\tb\nc\t ', 'line 2: one side of the tab is empty'],
    ['a\tb', 'has 1 lines'],
  ])('refuses %j in a sentence', (content, message) => {
    expect(outcome(PAIRS, content)).toContain(message);
  });
});

describe('any bytes', () => {
  const good = '{"x": [1, 2], "y": 0}\n{"x": [3, 4], "y": 1}\n';
  it.each([
    ['json-lines', LINES, good],
    ['text', languageModel(2), 'some text\n'],
    ['sentence-pairs', PAIRS, 'a b\tc\nd\te f\n'],
  ] as const)('give examples or a sentence: %s', (_, model, whole) => {
    const mangled = fc
      .tuple(fc.nat(whole.length), fc.string({ unit: 'binary', maxLength: 4 }))
      .map(([at, inserted]) => bytesOf(whole.slice(0, at) + inserted + whole.slice(at + 1)));
    fc.assert(
      fc.property(fc.oneof(mangled, fc.uint8Array({ maxLength: 100 })), bytes => {
        expect(outcome(model, bytes)).not.toBe('');
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
