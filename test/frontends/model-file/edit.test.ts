import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  changeValues,
  removeValue,
  setValue,
  type WrittenValue,
} from '../../../src/frontends/model-file/edit';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import type { SourcePath } from '../../../src/model/model-spec';
import type { ModelFileLanguage } from '../../../src/frontends/model-file/source-document';

function set(text: string, path: SourcePath, value: WrittenValue, language: ModelFileLanguage = 'yaml'): string {
  return applyEdits(text, setValue(parseModelFile(text, language), path, value));
}

function remove(text: string, path: SourcePath, language: ModelFileLanguage = 'yaml'): string {
  return applyEdits(text, removeValue(parseModelFile(text, language), path));
}

const CLIP: WrittenValue = { type: 'norm', max: 0.8 };

describe('an absent top-level key', () => {
  it('goes after the related one', () => {
    const text = 'input: [4]\nlayers: []\noptimizer: sgd # plain\nsteps: 3\n';
    expect(set(text, ['clip'], CLIP)).toBe(
      'input: [4]\nlayers: []\noptimizer: sgd # plain\nclip: { type: norm, max: 0.8 }\nsteps: 3\n',
    );
    expect(set(text, ['seed'], 2)).toBe(`${text}seed: 2\n`);
    expect(set(text, ['name'], 'x')).toBe(`name: x\n${text}`);
  });

  it('keeps blank lines between keys where the file has them', () => {
    const text = 'input: [4]\n\nlayers:\n  - type: dense\n    units: 1\n\nsteps: 3\n';
    expect(set(text, ['loss'], 'mse')).toBe(
      'input: [4]\n\nlayers:\n  - type: dense\n    units: 1\n\nloss: mse\n\nsteps: 3\n',
    );
    expect(set('a: 1\nlayers:\n  - x\n\nsteps: 3\nseed: 1\n', ['loss'], 'mse')).toBe(
      'a: 1\nlayers:\n  - x\n\nloss: mse\n\nsteps: 3\nseed: 1\n',
    );
    expect(set('a: 1\nloss: mse\n\nsteps: 3\n# end\n', ['seed'], 2)).toBe(
      'a: 1\nloss: mse\n\nsteps: 3\nseed: 2\n# end\n',
    );
  });

  it('goes below comments that belong to the last value, above those that do not', () => {
    const text = 'layers:\n  - x\n  # - y\n# the rest\n';
    expect(set(text, ['loss'], 'mse')).toBe('layers:\n  - x\n  # - y\nloss: mse\n# the rest\n');
  });

  it('needs no final line break and keeps carriage returns', () => {
    expect(set('input: [4]', ['seed'], 2)).toBe('input: [4]\nseed: 2');
    expect(set('input: [4]\r\nloss: mse\r\n', ['clip'], CLIP)).toBe(
      'input: [4]\r\nloss: mse\r\nclip: { type: norm, max: 0.8 }\r\n',
    );
    expect(set('\uFEFFinput: [4]\n', ['seed'], 2)).toBe('\uFEFFinput: [4]\nseed: 2\n');
  });

  it('starts a file that has only comments, or nothing', () => {
    expect(set('', ['seed'], 2)).toBe('seed: 2\n');
    expect(set('# nothing', ['seed'], 2)).toBe('# nothing\nseed: 2\n');
    expect(set('', ['clip'], CLIP, 'json')).toBe('{ "clip": { "type": "norm", "max": 0.8 } }');
  });
});

describe('a scalar', () => {
  it('is replaced alone', () => {
    expect(set('clip: { type: norm, max: 5.0 } # c\n', ['clip', 'max'], 0.8)).toBe(
      'clip: { type: norm, max: 0.8 } # c\n',
    );
    expect(set('optimizer: sgd # plain\n', ['optimizer'], { type: 'sgd', learning_rate: 0.003 })).toBe(
      'optimizer: { type: sgd, learning_rate: 0.003 } # plain\n',
    );
    expect(set('optimizer: sgd\n', ['optimizer', 'learning_rate'], 1)).toBe('optimizer: { learning_rate: 1 }\n');
  });

  it('without text is filled in', () => {
    expect(set('clip:\nseed: 1\n', ['clip'], CLIP)).toBe('clip: { type: norm, max: 0.8 }\nseed: 1\n');
    expect(set('clip:   # none\n', ['clip', 'max'], 1)).toBe('clip: { max: 1 }   # none\n');
    expect(set('clip: ~\n', ['clip'], 1)).toBe('clip: 1\n');
    expect(set('{ clip, seed: 1 }\n', ['clip'], 1)).toBe('{ clip: 1, seed: 1 }\n');
    expect(set('{clip: , seed: 1}\n', ['clip'], 1)).toBe('{clip: 1, seed: 1}\n');
  });
});

describe('a mapping', () => {
  const block = 'clip:\n  type: value # kind\n  max: 5\n';

  it('is changed key by key', () => {
    expect(set(block, ['clip'], CLIP)).toBe('clip:\n  type: norm # kind\n  max: 0.8\n');
    expect(set('clip: {type: value, max: 5}\n', ['clip'], CLIP)).toBe('clip: {type: norm, max: 0.8}\n');
    expect(set(block, ['clip'], { type: 'value' })).toBe('clip:\n  type: value # kind\n');
  });

  it('in block style gives its place to a scalar, and its comments stay', () => {
    const text = '- a:\n    type: normal\n    std: 1\n  b: 2\n';
    expect(set(text, [0, 'a'], 'he-normal')).toBe('- a: he-normal\n  b: 2\n');
    const commented = 'a: # c1\n  type: normal # c2\n  # c3\n  std: 1 # c4\nb: 2\n';
    expect(set(commented, ['a'], 'he-normal')).toBe('a: he-normal # c1\n  # c2\n  # c3\n  # c4\nb: 2\n');
  });

  it('takes a new key at its own indentation', () => {
    expect(set('layers:\n- type: dense # first\n  units: 3 # size\n- x\n', ['layers', 0, 'activation'], 'relu')).toBe(
      'layers:\n- type: dense # first\n  units: 3 # size\n  activation: relu\n- x\n',
    );
    expect(set('layers:\n  -\n      type: dense', ['layers', 0, 'units'], 3)).toBe(
      'layers:\n  -\n      type: dense\n      units: 3',
    );
    expect(set('optimizer:\n  type: sgd\n  momentum: 0.9\n', ['optimizer', 'learning_rate'], 0.01)).toBe(
      'optimizer:\n  type: sgd\n  learning_rate: 0.01\n  momentum: 0.9\n',
    );
  });

  it.each([
    ['a: { b: 1 }', 'a: { b: 1, c: 2 }'],
    ['a: {b: 1}', 'a: {b: 1, c: 2}'],
    ['a: {b: 1,}', 'a: {b: 1, c: 2,}'],
    ['a: {b: 1,d: 3}', 'a: {b: 1,d: 3,c: 2}'],
    ['a: {}', 'a: { c: 2 }'],
    ['x: {y: 1}\na: {}', 'x: {y: 1}\na: {c: 2}'],
    ['a: {"b": 1}', 'a: {"b": 1, "c": 2}'],
    ['a: {\n  b: 1\n}', 'a: {\n  b: 1,\n  c: 2\n}'],
    ['a: {\n  b: 1, # one\n}', 'a: {\n  b: 1, # one\n  c: 2,\n}'],
    ['a: {\n  b: 1 # one\n}', 'a: {\n  b: 1, # one\n  c: 2\n}'],
    ['a: { b: 1,\n     d: 3 }', 'a: { b: 1,\n     d: 3,\n     c: 2 }'],
  ])('in flow style keeps its spacing: %j', (text, expected) => {
    expect(set(text, ['a', 'c'], 2)).toBe(expected);
  });
});

describe('JSON', () => {
  it('follows indentation and spacing', () => {
    expect(set('{\n\t"a": 1,\n\t"optimizer": "sgd"\n}', ['clip'], CLIP, 'json')).toBe(
      '{\n\t"a": 1,\n\t"optimizer": "sgd",\n\t"clip": { "type": "norm", "max": 0.8 }\n}',
    );
    expect(set('{"optimizer":"sgd","seed":1}', ['clip'], CLIP, 'json')).toBe(
      '{"optimizer":"sgd","clip":{"type":"norm","max":0.8},"seed":1}',
    );
    expect(set('{\r\n  "a": 1\r\n}', ['seed'], 2, 'json')).toBe('{\r\n  "a": 1,\r\n  "seed": 2\r\n}');
    expect(set('{}', ['seed'], 2, 'json')).toBe('{ "seed": 2 }');
  });

  it('leaves no trailing comma', () => {
    expect(remove('{\n  "a": 1,\n  "b": 2\n}', ['b'], 'json')).toBe('{\n  "a": 1\n}');
    expect(remove('{ "a": 1, "b": 2 }', ['a'], 'json')).toBe('{ "b": 2 }');
    expect(remove('{ "a": 1 }', ['a'], 'json')).toBe('{}');
  });
});

describe('removal', () => {
  it('takes the line in block style, and leaves its comment', () => {
    expect(remove('a:\n  b: 1\n  c: 2\nd: 3\n', ['a', 'c'])).toBe('a:\n  b: 1\nd: 3\n');
    expect(remove('a: 1\nb: 2 # why\n', ['b'])).toBe('a: 1\n# why\n');
    expect(remove('- a: 1\n  b: 2\n', [0, 'a'])).toBe('- b: 2\n');
    expect(remove('a: 1\nb: 2', ['b'])).toBe('a: 1');
  });

  it('of a single key leaves an empty mapping', () => {
    expect(remove('clip:\n  max: 1\nseed: 1\n', ['clip', 'max'])).toBe('clip: {}\nseed: 1\n');
    expect(remove('clip: { max: 1 }\n', ['clip', 'max'])).toBe('clip: {}\n');
  });

  it('of what is not there changes nothing', () => {
    expect(removeValue(parseModelFile('a: 1\n', 'yaml'), ['b'])).toEqual([]);
    expect(removeValue(parseModelFile('a: &x { b: 1 }\nc: { <<: *x }\n', 'yaml'), ['c', 'b'])).toEqual([]);
  });
});

describe('aliases', () => {
  it('are replaced themselves, so that the anchor keeps its value', () => {
    expect(set('a: &x { t: 1 }\nb: *x # c\n', ['b'], 'he-normal')).toBe('a: &x { t: 1 }\nb: he-normal # c\n');
    expect(set('a: &x { t: 1, u: 2 }\nb: *x\n', ['b', 'u'], 3)).toBe('a: &x { t: 1, u: 2 }\nb: { t: 1, u: 3 }\n');
  });

  it('get the anchor where the anchored value itself changes', () => {
    expect(set('a: &x { t: 1 }\nb: *x\nc: *x\n', ['a', 't'], 2)).toBe('a: { t: 2 }\nb: &x { t: 1 }\nc: *x\n');
    expect(remove('a: &x 5\nb: *x\n', ['a'])).toBe('b: &x 5\n');
  });

  it('follow a change that is made to all of them', () => {
    const document = parseModelFile('a: &x { t: 1 }\nb: *x\nc: *x\n', 'yaml');
    const all = ['a', 'b', 'c'].map(key => ({ path: [key], value: 'he-normal' }));
    expect(applyEdits(document.text, changeValues(document, all))).toBe('a: &x he-normal\nb: *x\nc: *x\n');
    const inner = ['a', 'b', 'c'].map(key => ({ path: [key, 'u'], value: 2 }));
    expect(applyEdits(document.text, changeValues(document, inner))).toBe('a: &x { t: 1, u: 2 }\nb: *x\nc: *x\n');
    expect(applyEdits(document.text, changeValues(document, all.slice(1)))).toBe(
      'a: &x { t: 1 }\nb: he-normal\nc: he-normal\n',
    );
  });
});

describe('definitions', () => {
  it('change for all who use them', () => {
    const text = 'x-wide: &wide { units: 64, activation: sigmoid }\nlayers:\n  - *wide\n  - *wide\n';
    const document = parseModelFile(text, 'yaml');
    const changes = [0, 1].map(index => ({ path: ['layers', index, 'activation'], value: 'relu' }));
    expect(applyEdits(text, changeValues(document, changes))).toBe(text.replace('sigmoid', 'relu'));
    expect(applyEdits(text, changeValues(document, changes.slice(1)))).toBe(
      text.replace(/\*wide\n$/, '{ units: 64, activation: relu }\n'),
    );
  });
});

describe('lists', () => {
  it('change item by item and grow at the end', () => {
    expect(set('input: [4, 3]\n', ['input', 1], 5)).toBe('input: [4, 5]\n');
    expect(set('layers:\n  - a\n', ['layers', 1], { type: 'dense' })).toBe('layers:\n  - a\n  - { type: dense }\n');
    expect(remove('layers:\n  - a\n  - b: 1\n    c: 2\n  - d\n', ['layers', 1])).toBe('layers:\n  - a\n  - d\n');
  });

  it('refuse places that they cannot have', () => {
    const document = parseModelFile('layers:\n  - a\n', 'yaml');
    expect(() => setValue(document, ['layers', 5], 'x')).toThrow(RangeError);
    expect(() => setValue(document, ['layers', 'x'], 'x')).toThrow(RangeError);
  });
});

describe('numbers and text', () => {
  it.each<[WrittenValue, string]>([
    [0.8, '0.8'],
    [1e-4, '1e-4'],
    [0.1 + 0.2, '0.3'],
    [300, '300'],
    [2.5e-7, '2.5e-7'],
    [0.001, '0.001'],
    [1e21, '1e21'],
    [-0.00012, '-1.2e-4'],
    ['he-normal', 'he-normal'],
    ['data/a b.csv', 'data/a b.csv'],
    ['true', '"true"'],
    ['12', '"12"'],
    ['a: b', '"a: b"'],
    ['', '""'],
    ['x #y', '"x #y"'],
    ['no', '"no"'],
    [['a', 1], '[a, 1]'],
    [{}, '{}'],
    [true, 'true'],
  ])('%j is written as %s', (value, expected) => {
    expect(set('a: 99\n', ['a'], value)).toBe(`a: ${expected}\n`);
  });
});

describe('applyEdits', () => {
  it('takes edits in any order and refuses overlapping ones', () => {
    const edits = [
      { range: { start: 3, end: 3 }, text: '!' },
      { range: { start: 0, end: 1 }, text: 'x' },
    ];
    expect(applyEdits('abc', edits)).toBe('xbc!');
    const overlapping = [
      { range: { start: 0, end: 2 }, text: '' },
      { range: { start: 1, end: 3 }, text: '' },
    ];
    expect(() => applyEdits('abc', overlapping)).toThrow(RangeError);
  });
});
