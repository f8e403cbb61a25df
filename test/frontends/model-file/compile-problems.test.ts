import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { MAX_STEPS } from '../../../src/model/vocabulary/limits';
import { problems, withLayer, withLayers, withRest, type Told } from './compile-text';

describe('problems of keys and values', () => {
  it.each<[string, string, Omit<Told, 'message'> & { message?: string }]>([
    [
      'a misspelled key',
      withLayer('type: dense, unit: 3'),
      {
        code: 'unknown-key',
        at: 'unit',
        suggestion: 'units',
        message: 'Unknown key `unit` in a dense layer; did you mean `units`?',
      },
    ],
    ['a key without a likeness', withRest('zzzzzz: 1'), { code: 'unknown-key', at: 'zzzzzz' }],
    [
      'a key of another layer',
      withLayer('type: dense, units: 3, forget_bias: 1'),
      {
        code: 'misplaced-key',
        at: 'forget_bias',
        message: '`forget_bias` belongs to `lstm` or `seq2seq`; a dense layer has none.',
      },
    ],
    [
      'a key of the optimizer at the top',
      withRest('learning_rate: 1'),
      {
        code: 'misplaced-key',
        at: 'learning_rate',
        message: '`learning_rate` belongs inside `optimizer`, not at the top of the model.',
      },
    ],
    [
      'text for a number',
      withLayer('type: dense, units: ten'),
      { code: 'wrong-type', at: 'ten', message: '`units` must be a whole number from 1 to 8192, but is "ten".' },
    ],
    ['a quoted number', withLayer('type: dense, units: "10"'), { code: 'wrong-type', at: '"10"', suggestion: '10' }],
    ['a number with underscores', withRest('steps: 1_000'), { code: 'wrong-type', at: '1_000', suggestion: '1000' }],
    ['a broken number', withLayer('type: dense, units: 2.5'), { code: 'wrong-type', at: '2.5' }],
    ['a number out of range', withLayer('type: dense, units: 0'), { code: 'out-of-range', at: '0' }],
    ['infinity', withRest('optimizer: { type: sgd, learning_rate: .inf }'), { code: 'wrong-type', at: '.inf' }],
    [
      'a rate of zero',
      withRest('optimizer: { type: sgd, learning_rate: 0 }'),
      { code: 'out-of-range', at: '0', message: '`learning_rate` must be a number above 0, but is 0.' },
    ],
    [
      'validation of everything',
      withRest('validation: 1'),
      {
        code: 'out-of-range',
        at: '1',
        message: '`validation` must be a ' + 'number of at least 0 and below 1, but is 1.',
      },
    ],
    [
      'yes for true',
      withLayer('type: dense, units: 3, bias: yes'),
      {
        code: 'wrong-type',
        at: 'yes',
        suggestion: 'true',
        message: '`bias` must be `true` or `false`, but is "yes"; write `true`.',
      },
    ],
    ['a number as a name', withRest('name: 3'), { code: 'wrong-type', at: '3' }],
    ['a key without a value', withLayer('type: dense, units:'), { code: 'missing-value', at: 'units' }],
    [
      'an unknown activation',
      withLayer('type: dense, units: 3, activation: relo'),
      { code: 'unknown-name', at: 'relo', suggestion: 'relu' },
    ],
    [
      'an unknown initializer',
      withLayer('type: dense, units: 3, kernel_initializer: kaiming'),
      { code: 'unknown-name', at: 'kaiming', suggestion: 'he-normal' },
    ],
    [
      'an unknown layer',
      withLayer('type: desne, units: 3'),
      { code: 'unknown-layer', at: 'desne', suggestion: 'dense' },
    ],
    [
      'a near layer of PyTorch',
      withLayer('type: TransformerEncoderLayer, heads: 2'),
      {
        code: 'unknown-layer',
        at: 'TransformerEncoderLayer',
        suggestion: 'transformer-block',
      },
    ],
    ['a layer that comes later', withLayer('type: conv3d, filters: 3'), { code: 'unsupported-layer', at: 'conv3d' }],
    [
      'a convolution that comes later',
      withLayer('type: depthwise-conv2d'),
      { code: 'unsupported-layer', at: 'depthwise-conv2d' },
    ],
    ['an optimizer that comes later', withRest('optimizer: lamb'), { code: 'unsupported-optimizer', at: 'lamb' }],
    ['a layer without a type', withLayer('units: 3'), { code: 'missing-key', at: 'units' }],
    ['a layer that is a word', 'input: 4\nlayers:\n  - dense\n', { code: 'wrong-type', at: 'dense' }],
    ['an empty list item', 'input: 4\nlayers:\n  -\n', { code: 'wrong-type', at: '-' }],
    [
      'a missing key',
      withLayer('type: dense'),
      {
        code: 'missing-key',
        at: 'dense',
        message: '`units` is missing in a dense ' + 'layer; it must be a whole number from 1 to 8192.',
      },
    ],
    ['a missing input', 'layers: [{ type: dense, units: 3 }]', { code: 'missing-key', at: 'layers' }],
    [
      'a name that needs a mapping',
      withRest('clip: norm'),
      { code: 'missing-key', at: 'norm', message: '`norm` needs `max`; write `clip: { type: norm, max: 1.0 }`.' },
    ],
    ['a name with a dot', withLayer('type: dense, units: 3, name: a.b'), { code: 'bad-name', at: 'a.b' }],
    [
      'a name given twice',
      withLayers('  - { type: dense, units: 3, name: a }\n  - { type: dense, units: 4, name: a }'),
      { code: 'duplicate-name', at: 'a' },
    ],
    [
      'a layer named as the shortcut',
      withLayer('type: residual, layers: [{ name: shortcut, type: dense, units: 4 }]'),
      { code: 'bad-name', at: 'shortcut' },
    ],
    [
      'one key in two spellings',
      withRest('optimizer: { type: adam, lr: 1, learning_rate: 1 }'),
      { code: 'duplicate-key', at: 'learning_rate' },
    ],
    ['no layers', 'input: 4\nlayers: []\n', { code: 'no-layers', at: '[]' }],
    ['a mapping for the layers', 'input: 4\nlayers: { type: dense }\n', { code: 'wrong-type', at: '{ type: dense }' }],
    ['betas that are no pair', withRest('optimizer: { type: adam, betas: 0.9 }'), { code: 'wrong-type', at: '0.9' }],
    ['a beta of 1', withRest('optimizer: { type: adam, betas: [0.9, 1] }'), { code: 'out-of-range', at: '1' }],
    [
      'nesterov without momentum',
      withRest('optimizer: { type: sgd, nesterov: true }'),
      { code: 'out-of-range', at: 'true' },
    ],
    [
      'bounds in the wrong order',
      withLayer('type: dense, units: 3, kernel_initializer: { type: uniform, minimum: 1, maximum: ' + '-1 }'),
      { code: 'out-of-range', at: '-1' },
    ],
    ['a shape with a zero', 'input: [4, 0]\nlayers: [{ type: dense, units: 3 }]', { code: 'out-of-range', at: '0' }],
    [
      'a shape with too many axes',
      'input: [2, 2, 2, 2, 2]\nlayers: [{ type: dense, units: 3 }]',
      { code: 'out-of-range', at: '[2, 2, 2, 2, 2]' },
    ],
    ['a shape in words', 'input: four\nlayers: [{ type: dense, units: 3 }]', { code: 'wrong-type', at: 'four' }],
    [
      'tokens without a length',
      'input: { tokens: 4 }\nlayers: [{ type: embedding, units: 3 }]',
      { code: 'missing-key', at: 'tokens' },
    ],
    ['csv without a target', withRest('data: { type: csv, path: a.csv }'), { code: 'missing-key', at: 'csv' }],
  ])('%s', (_, text, expected) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(expected);
    expect(found[0].message).toMatch(/[.?]$/);
  });

  it.each(['constructor', '__proto__', 'toString'])('are no stranger for %s', word => {
    expect(problems(withLayer(`type: dense, units: 3, ${word}: 1`))).toMatchObject([{ code: 'unknown-key', at: word }]);
    expect(problems(withLayer(`type: dense, units: 3, bias: ${word}`))).toMatchObject([
      { code: 'wrong-type', at: word },
    ]);
    expect(problems(withLayer(`type: ${word}`))).toMatchObject([{ code: 'unknown-layer', at: word }]);
  });
  it('keep suggestions apart from the quotes of JSON', () => {
    expect(problems('{"input": 4, "layers": [{"type": "dens", "units": 3}], "los": "mse"}', 'json')).toMatchObject([
      { at: 'dens', suggestion: 'dense' },
      { at: 'los', suggestion: 'loss' },
    ]);
  });
  it('are all told at once, in the order of the text', () => {
    expect(
      problems(withLayers('  - { type: dense, unit: 3 }\n  - { type: dens }', 'batch_size: 0\nsteps: x')).map(
        ({ at }) => at,
      ),
    ).toEqual(['unit', 'dens', '0', 'x']);
  });
  it('are told once of what aliases repeat, in their own place', () => {
    expect(
      problems('x-base: &b { type: dense, unit: 3 }\ninput: 4\nlayers: [*b, *b, { <<: *b, units: 4 }]'),
    ).toHaveLength(1);
  });
  it('leave out what only follows from an error of syntax', () => {
    expect(problems('input: 4\nlayers:\n  - { type: dens\nlosss: mse\n').every(({ code }) => code === 'syntax')).toBe(
      true,
    );
  });
});

describe('limits', () => {
  it.each([
    [withLayers(Array.from({ length: 501 }, () => '  - { type: flatten }').join('\n')), 'at most 500 layers'],
    [withLayer('type: dense, units: 8192', '', '[10000]'), 'parameters'],
    [withLayer('type: dense, units: 8192', '', '[10000, 2]'), '81,920,000 numbers per example'],
    ['input: [10000, 1000]\nlayers: [{ type: flatten }]', '10,000,000 numbers per example'],
  ])('have a sentence each', (text, sentence) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: 'limit' });
    expect(found[0].message).toContain(sentence);
  });
  it.each(['steps: 100001', 'batch_size: 4097', 'seed: -1', 'data: { type: teacher, examples: 100001 }'])('%s', rest =>
    expect(problems(withRest(rest))[0]).toMatchObject({ code: 'out-of-range' }),
  );
});

describe('the limit of steps in the settings', () => {
  const told = (steps: number, maximumSteps?: number) =>
    compileModel(
      parseModelFile(withRest(`steps: ${steps}`), 'yaml'),
      maximumSteps === undefined ? {} : { maximumSteps },
    );

  it('is that of the vocabulary, so that the editor and the terminal take the same files', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { default: usual, maximum } = contributes.configuration.properties['gradientHealth.maximumSteps'];
    expect([usual, maximum]).toEqual([MAX_STEPS, MAX_STEPS]);
    expect(told(20_000)).toMatchObject({ model: { steps: 20_000 }, problems: [] });
  });
  it('is a problem of the text where it is lower', () => {
    const { model, problems: found } = told(20_000, 10_000);
    expect(model).toBeUndefined();
    expect(found).toMatchObject([
      {
        code: 'limit',
        message:
          '`steps` is 20,000, but the setting `gradientHealth.maximumSteps` allows ' +
          '10,000; ask for fewer, or raise it.',
      },
    ]);
  });
});
