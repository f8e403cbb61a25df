/**
 * Texts made to take long. Their size is such that work in proportion to its square would not end while a test may run.
 */
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../../src/diagnosis/rule-ids';
import { ModelFileSource } from '../../../src/frontends/model-file/model-file-source';
import { completionsAt } from '../../../src/frontends/model-file/assist/completion';
import { ignoreCompletionsAt } from '../../../src/frontends/model-file/assist/ignore-completions';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { anchorsOf, anchorOf } from '../../../src/frontends/model-file/edit/anchors';
import { contentIn } from '../../../src/frontends/model-file/edit/erase';
import { ignoreHere } from '../../../src/frontends/model-file/ignore-edits';
import { isModelFileName } from '../../../src/frontends/model-file/model-file-name';
import {
  MAX_IGNORE_COMMENTS,
  MAX_INPUTS,
  MAX_MESSAGE_LENGTH,
  MAX_PROBLEMS,
} from '../../../src/frontends/model-file/parse/parse-limits';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { nodeAt } from '../../../src/frontends/model-file/source-range';
import type { ModelFileLanguage } from '../../../src/frontends/model-file/source-document';
import type { TextProblem } from '../../../src/frontends/text-problem';

const HEAD = 'input: [4]\nlayers:\n  - { type: dense, units: 1 }\n';
const many = (times: number, make: (index: number) => string): string =>
  Array.from({ length: times }, (_, index) => make(index)).join('');
const long = (index: number, word: string): string => String(index).padStart(60, word);

/** Everything that opening the file and typing at its end asks for. */
function open(text: string, language: ModelFileLanguage = 'yaml'): readonly TextProblem[] {
  const document = parseModelFile(text, language);
  const { model, problems } = compileModel(document);
  const { problems: all } = new ModelFileSource(document, { fileName: 'a', rules: RULE_IDS });
  completionsAt(document, text.length);
  ignoreCompletionsAt(document, text.length, []);
  expect(model === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
  for (const { message } of all) expect(message.length).toBeLessThan(2 * MAX_MESSAGE_LENGTH);
  return all;
}

describe('a text made to take long is read as any other', () => {
  it.each([
    [
      'comments that silence rules, one above another',
      `${HEAD}${'# gradient-health: ignore dead-relu\n'.repeat(27_000)}`,
      'yaml',
    ],
    [
      'the same in JSON',
      `{"input":[4],"layers":[{"type":"dense","units":1}],\n${'// gradient-health: ignore dead-relu\n'.repeat(27_000)}"seed":1}`,
      'json',
    ],
    ['a comment of 400,000 names', `# gradient-health: ignore ${'a,'.repeat(400_000)}\n${HEAD}`, 'yaml'],
    [
      'a comment of long names that are nearly rules',
      `# gradient-health: ignore ${many(15_000, i => `${long(i, 'saturated-activation')},`)}\n${HEAD}`,
      'yaml',
    ],
    ['aliases without an anchor', `${HEAD}x-a: [${'*b,'.repeat(40_000)}]\n`, 'yaml'],
    ['tags', `${HEAD}x-a: [${'!a 1,'.repeat(24_000)}]\n`, 'yaml'],
    ['braces that are never closed', `${HEAD}${'x-a: {\n'.repeat(20_000)}`, 'yaml'],
    ['unknown keys', `${HEAD}${many(14_000, i => `${long(i, 'learning_rate')}: 1\n`)}`, 'yaml'],
    [
      'unknown names of layers',
      `input: [4]\nlayers:\n${many(300, i => `  - { name: ${long(i, 'layer')}, type: dense, units: 4 }\n`)}  - { type: add, inputs: [${many(12_000, i => `${long(i, 'other')},`)}] }\n`,
      'yaml',
    ],
    ['a type of 900 KB', `input: [4]\nlayers:\n  - { type: ${'dense'.repeat(180_000)}, units: 4 }\n`, 'yaml'],
    [
      'one misspelled key under 10,000 aliases',
      `x-a: &a { type: dense, unit: 3 }\ninput: [4]\nlayers: [${'*a,'.repeat(10_000)}]\n`,
      'yaml',
    ],
  ] as const)('%s', { timeout: 20_000 }, (_, text, language) => {
    const problems = open(text, language);
    expect(problems.length).toBeLessThanOrEqual(2 * MAX_PROBLEMS + 1);
  });

  it('says once that comments beyond the limit silence nothing', () => {
    const problems = open(`${HEAD}${'# gradient-health: ignore dead-relu\n'.repeat(MAX_IGNORE_COMMENTS + 9)}seed: 1\n`);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^A model file may hold 500 comments .* silence nothing\.$/),
    ]);
  });

  it('refuses a layer that reads thousands', () => {
    const inputs = (count: number): readonly string[] =>
      open(
        `input: [4]\nlayers:\n  - { name: a, type: dense, units: 4 }\n  - { type: add, inputs: [${'a,'.repeat(count)}] }\n`,
      ).map(({ message }) => message);
    expect(inputs(MAX_INPUTS)).toEqual([]);
    expect(inputs(10_000)).toEqual(['`inputs` names 10,000 layers; a layer reads at most 64.']);
  });
});

describe('the comment behind an anchor', () => {
  it.each([
    ['is read once, however it is drawn', `# ${'#'.repeat(200)} defaults ${'# '.repeat(200)}\n `, true],
    ['may follow a tag', '!x # a\n  # b\n ', true],
    ['is none where text comes first', 'a: 1 # b\n ', false],
  ])('%s', (_, between, own) => {
    const text = `x-base: &base ${between} { type: dense, units: 8 }\ninput: [4]\n`;
    const document = parseModelFile(text, 'yaml');
    const node = nodeAt(parseModelFile('x-base: { type: dense, units: 8 }\n', 'yaml'), ['x-base'])!;
    const start = text.indexOf('{');
    const moved = { ...node, range: { start, end: start + 1 } };
    expect(anchorOf(document, moved, anchorsOf(document))?.name).toBe(own ? 'base' : undefined);
  });
});

describe('patterns of file names', () => {
  it.each([
    ['*a*a*a*a*a*a*a*a*a*a*a*ab', `${'a'.repeat(300)}c`, false],
    ['**/**/**/**/**/**/**/**/**/x', `${'a/'.repeat(300)}y`, false],
    ['*a*b*.yaml', 'xaxxbx.yaml', true],
    ['a/**/b/*/c?.yaml', 'x/a/1/2/b/3/c4.yaml', true],
    ['a/**/b/*/c?.yaml', 'x/a/1/2/b/3/4/c5.yaml', false],
  ])('%s takes time in proportion to the name', (pattern, name, fits) =>
    expect(isModelFileName(name, [pattern])).toBe(fits),
  );
});

it('a comment is written in a file of 500 of them', { timeout: 20_000 }, () => {
  const document = parseModelFile(
    `${HEAD}${'# gradient-health: ignore dead-relu\n'.repeat(MAX_IGNORE_COMMENTS)}seed: 1\n`,
    'yaml',
  );
  expect(ignoreHere(document, ['layers', 0], 'dead-relu', RULE_IDS)).toBeDefined();
});

it('what lies between thousands of comments is found by reading each once', { timeout: 20_000 }, () => {
  const text = `{"input":[4],\n${'// a word\n'.repeat(50_000)}"seed":1}`;
  const document = parseModelFile(text, 'json');
  expect(contentIn(document, { start: text.indexOf(',') + 1, end: text.indexOf('"seed"') })).toBeUndefined();
});
