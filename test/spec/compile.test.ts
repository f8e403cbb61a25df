import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/spec/compile';
import { languageOf } from '../../src/spec/model-file-name';
import type { ModelSpec, ResidualSpec } from '../../src/spec/model-spec';
import { parseModelFile } from '../../src/spec/parse';

interface Told {
  readonly code: string;
  readonly at: string;
  readonly message: string;
  readonly suggestion?: string;
}

function problems(text: string, language: 'yaml' | 'json' = 'yaml'): Told[] {
  return compileModel(parseModelFile(text, language)).problems.map(({ code, range, message, suggestion }) => ({
    code,
    at: text.slice(range.start, range.end),
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
  }));
}

function model(text: string): ModelSpec {
  const result = compileModel(parseModelFile(text, 'yaml'));
  expect(result.problems).toEqual([]);
  return result.model!;
}

/** A file with these layers (and more) between an input of 4 features and nothing else. */
const withLayers = (layers: string, rest = '', input = '4'): string => `input: ${input}\nlayers:\n${layers}\n${rest}`;
const withLayer = (layer: string, rest = '', input = '4'): string => withLayers(`  - { ${layer} }`, rest, input);
const withRest = (rest: string): string => withLayer('type: dense, units: 3', rest);

describe('a complete file', () => {
  const spec = model(`
name: Echo of a long sequence
input: [100, 2]
layers:
  - { name: memory, type: rnn, units: 64, recurrent_initializer: { type: normal, std: 0.4 } }
  - { name: answer, type: dense, units: 1 }
loss: { type: huber, delta: 0.5 }
data: { type: adding-problem }
optimizer: { type: sgd, learning_rate: 0.01, momentum: 0.9 }
schedule: { type: cosine }
clip: { type: norm, max: 1.0 }
regularization: { l2: 1e-4 }
batch_size: 16
steps: 20
seed: 7
validation: 0.25
`);

  it('comes out with every value under its name', () => {
    expect(spec).toMatchObject({
      name: 'Echo of a long sequence',
      input: { kind: 'features', shape: [100, 2] },
      loss: { type: 'huber', delta: 0.5 },
      data: { type: 'adding-problem', examples: 1024, inferred: false },
      optimizer: { type: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false, weightDecay: 0 },
      schedule: { type: 'cosine', minimum: 0 },
      clip: { type: 'norm', max: 1 },
      regularization: { l1: 0, l2: 1e-4 },
      batchSize: 16,
      steps: 20,
      seed: 7,
      validation: 0.25,
    });
  });
  it('has every default and shape of its layers', () => {
    expect(spec.layers).toEqual([
      {
        type: 'rnn', name: 'memory', path: 'memory', source: ['layers', 0], activation: 'identity', inputShape: [100, 2],
        outputShape: [64],
        units: 64, nonlinearity: 'tanh', bidirectional: false, output: 'last', kernelInitializer: { type: 'glorot-uniform' },
        recurrentInitializer: { type: 'normal', mean: 0, std: 0.4 }, biasInitializer: { type: 'zeros' }, forgetBias: 0,
      },
      {
        type: 'dense', name: 'answer', path: 'answer', source: ['layers', 1], activation: 'identity', inputShape: [64],
        outputShape: [1],
        units: 1, bias: true, kernelInitializer: { type: 'glorot-uniform' }, biasInitializer: { type: 'zeros' },
      },
    ]);
  });
});

describe('defaults', () => {
  it('are those of a practitioner', () => {
    expect(model(withRest(''))).toMatchObject({
      name: 'Model',
      optimizer: { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
      schedule: { type: 'constant' },
      clip: { type: 'none' },
      batchSize: 32,
      steps: 300,
      seed: 1,
      validation: 0,
      loss: { type: 'cross-entropy' },
      data: { type: 'teacher', inferred: true },
    });
    expect(model(withRest('optimizer: sgd')).optimizer).toMatchObject({ learningRate: 0.01 });
    expect(model(withLayer('type: lstm, units: 3', '', '[5, 2]')).layers[0]).toMatchObject({
      forgetBias: 1,
      recurrentInitializer: { type: 'orthogonal', gain: 1 },
    });
    expect(model(withLayer('type: embedding, units: 3', '', '{ tokens: 9, length: 5 }')).layers[0]).toMatchObject({
      vocabulary: 9,
      kernelInitializer: { type: 'uniform', minimum: -0.05, maximum: 0.05 },
    });
  });
  it('complete names that stand for mappings', () => {
    expect(model(withLayer('type: dense, units: 3, kernel_initializer: variance-scaling')).layers[0]).toMatchObject({
      kernelInitializer: { type: 'variance-scaling', scale: 1, mode: 'fan-in', distribution: 'truncated-normal' },
    });
    expect(model(withRest('loss: huber\noptimizer: adamw\nschedule: cosine\nclip: none\ndata: teacher'))).toMatchObject({
      loss: { type: 'huber', delta: 1 },
      optimizer: { type: 'adamw', weightDecay: 0.01 },
    });
  });
  it('understand PyTorch\'s spellings', () => {
    expect(model(withRest('optimizer: { type: adam, lr: 0.1, betas: [0.8, 0.9], eps: 1e-6 }')).optimizer).toMatchObject({
      learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-6,
    });
  });
  it('name layers by type, skipping names that are taken', () => {
    const { layers } = model(withLayers('  - { type: dense, units: 2 }\n  - { type: dense, units: 2, name: dense3 }\n  - { ' +
      'type: dense, units: 2 }\n  - { type: layer-norm }'));
    expect(layers.map(({ path }) => path)).toEqual(['dense1', 'dense3', 'dense4', 'layer-norm1']);
  });
});

describe('shapes', () => {
  const shapesOf = (text: string): string => model(text).layers.map(({ outputShape }) => `[${outputShape}]`).join(' ');

  it('follow from layer to layer', () => {
    expect(shapesOf(withLayers(
      '  - { type: dense, units: 8 }\n  - { type: flatten }\n  - { type: dropout, rate: 0.5 }',
      '',
      '[6, 3]',
    ))).toBe('[6,8] [48] [48]');
    expect(shapesOf(withLayers(
      '  - { type: gru, units: 5, bidirectional: true, output: sequence }\n  - { type: last-step }',
      '',
      '[6, 3]',
    ))).toBe('[6,10] [10]');
    expect(shapesOf(withLayers(
      '  - { type: embedding, units: 5 }\n  - { type: mean-over-time }\n  - { type: dense, units: 2 }',
      '',
      '{ tokens: 9, length: 6 }',
    ))).toBe('[6,5] [5] [2]');
    const normalised = '  - { type: batch-norm }\n  - { type: activation, activation: relu }\n  - { type: layer-norm }';
    expect(shapesOf(withLayers(normalised))).toBe('[4] [4] [4]');
  });
  it('go inside residuals and their shortcuts', () => {
    const { layers } = model(withLayers('  - name: block\n    type: residual\n    activation: relu\n    layers: [{ name: up, ' +
      'type: dense, units: 7 }]\n    shortcut: [{ type: dense, units: 7 }]'));
    const block = layers[0] as ResidualSpec;
    expect(block).toMatchObject({ inputShape: [4], outputShape: [7], activation: 'relu' });
    expect(block.layers[0]).toMatchObject({ path: 'block.up', source: ['layers', 0, 'layers', 0] });
    expect(block.shortcut[0]).toMatchObject({ path: 'block.shortcut.dense1', source: ['layers', 0, 'shortcut', 0] });
  });
  it.each([
    [
      withLayers('  - { name: a, type: rnn, units: 8 }\n  - { name: b, type: lstm, units: 8 }', '', '[6, 3]'),
      'lstm',
      '`b` (lstm) needs a sequence of shape [time, features], but gets [8] from `a` (rnn); give `a` the key `output: sequence`.',
    ],
    [withLayer('type: rnn, units: 8'), 'rnn', '`rnn1` (rnn) needs a sequence of shape [time, features], but gets [4] from the ' +
      'input; write the input as `[time, features]`.'],
    [withLayer('type: last-step'), 'last-step', '`last-step1` (last-step) needs a sequence of shape [time, features], but gets ' +
      '[4]'],
    [withLayer('type: embedding, units: 8'), 'embedding', '`embedding1` (embedding) needs token ids, but gets numbers of shape ' +
      '[4] from the input'],
    [withLayer('type: dense, units: 8', '', '{ tokens: 9, length: 5 }'), 'dense', '`dense1` (dense) needs numbers, but gets ' +
      'token ids (9 different, 5 an example) from the input; put an embedding layer first.'],
    [
      withLayer('type: embedding, units: 8, vocabulary: 5', '', '{ tokens: 9, length: 5 }'),
      'embedding',
      'has a vocabulary of 5, but the input has 9 different tokens',
    ],
    [withLayer('type: residual, layers: [{ type: dense, units: 5 }]'), 'residual', '`residual1` (residual) cannot add: its ' +
      'layers return [5], but its shortcut passes the input on as [4]'],
    [
      withLayer('type: residual, layers: [{ type: dense, units: 5 }], shortcut: [{ type: dense, units: 6 }]'),
      'residual',
      'its layers return [5], but its shortcut returns [6]',
    ],
  ])('that do not fit are named with their layer', (text, at, message) => {
    const [first, ...others] = problems(text);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ code: 'shape-mismatch', at });
    expect(first!.message).toContain(message);
  });
});

describe('problems of keys and values', () => {
  it.each<[string, string, Omit<Told, 'message'> & { message?: string }]>([
    [
      'a misspelt key',
      withLayer('type: dense, unit: 3'),
      {
        code: 'unknown-key',
        at: 'unit',
        suggestion: 'units',
        message: 'Unknown key `unit` in a dense layer; did you mean `units`?',
      },
    ],
    [
      'a key of Keras',
      withLayer('type: dense, units: 3, use_bias: true'),
      { code: 'unknown-key', at: 'use_bias', suggestion: 'bias' },
    ],
    ['a key without a likeness', withRest('zzzzzz: 1'), { code: 'unknown-key', at: 'zzzzzz' }],
    [
      'a key of another layer',
      withLayer('type: dense, units: 3, forget_bias: 1'),
      { code: 'misplaced-key', at: 'forget_bias', message: '`forget_bias` belongs to `lstm`; a dense layer has none.' },
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
    ['validation of everything', withRest('validation: 1'), { code: 'out-of-range', at: '1', message: '`validation` must be a ' +
      'number of at least 0 and below 1, but is 1.' }],
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
      withLayer('type: dense, units: 3, activation: ReLU'),
      { code: 'unknown-name', at: 'ReLU', suggestion: 'relu' },
    ],
    [
      'an unknown initializer',
      withLayer('type: dense, units: 3, kernel_initializer: kaiming_normal'),
      { code: 'unknown-name', at: 'kaiming_normal', suggestion: 'he-normal' },
    ],
    ['an unknown layer', withLayer('type: desne, units: 3'), { code: 'unknown-layer', at: 'desne', suggestion: 'dense' }],
    ['a layer of PyTorch', withLayer('type: Linear, units: 3'), { code: 'unknown-layer', at: 'Linear', suggestion: 'dense' }],
    ['a layer that comes later', withLayer('type: conv2d, filters: 3'), { code: 'unsupported-layer', at: 'conv2d' }],
    ['a pool that comes later', withLayer('type: max-pool1d, size: 3'), { code: 'unsupported-layer', at: 'max-pool1d' }],
    ['an optimizer that comes later', withRest('optimizer: lion'), { code: 'unsupported-optimizer', at: 'lion' }],
    ['a layer without a type', withLayer('units: 3'), { code: 'missing-key', at: 'units' }],
    ['a layer that is a word', 'input: 4\nlayers:\n  - dense\n', { code: 'wrong-type', at: 'dense' }],
    ['an empty list item', 'input: 4\nlayers:\n  -\n', { code: 'wrong-type', at: '-' }],
    ['a missing key', withLayer('type: dense'), { code: 'missing-key', at: 'dense', message: '`units` is missing in a dense ' +
      'layer; it must be a whole number from 1 to 8192.' }],
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
    ['nesterov without momentum', withRest('optimizer: { type: sgd, nesterov: true }'), { code: 'out-of-range', at: 'true' }],
    ['bounds in the wrong order', withLayer('type: dense, units: 3, kernel_initializer: { type: uniform, minimum: 1, maximum: ' +
      '-1 }'), { code: 'out-of-range', at: '-1' }],
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
    expect(found[0]!.message).toMatch(/[.?]$/);
  });

  it.each(['constructor', '__proto__', 'toString'])('are no stranger for %s', (word) => {
    expect(problems(withLayer(`type: dense, units: 3, ${word}: 1`))).toMatchObject([{ code: 'unknown-key', at: word }]);
    expect(problems(withLayer(`type: dense, units: 3, bias: ${word}`))).toMatchObject([{ code: 'wrong-type', at: word }]);
    expect(problems(withLayer(`type: ${word}`))).toMatchObject([{ code: 'unknown-layer', at: word }]);
  });
  it('keep suggestions apart from the quotes of JSON', () => {
    expect(problems('{"input": 4, "layers": [{"type": "dens", "units": 3}], "los": "mse"}', 'json')).toMatchObject([
      { at: 'dens', suggestion: 'dense' },
      { at: 'los', suggestion: 'loss' },
    ]);
  });
  it('are all told at once, in the order of the text', () => {
    expect(problems(withLayers(
      '  - { type: dense, unit: 3 }\n  - { type: dens }',
      'batch_size: 0\nsteps: x',
    )).map(({ at }) => at)).toEqual(['unit', 'dens', '0', 'x']);
  });
  it('are told once of what aliases repeat, in their own place', () => {
    expect(problems('x-base: &b { type: dense, unit: 3 }\ninput: 4\nlayers: [*b, *b, { <<: *b, units: 4 }]')).toHaveLength(1);
  });
  it('leave out what only follows from an error of syntax', () => {
    expect(problems('input: 4\nlayers:\n  - { type: dens\nlosss: mse\n').every(({ code }) => code === 'syntax')).toBe(true);
  });
});

describe('aliases, anchors and merge keys', () => {
  it('work, with a place for anchors that is ignored', () => {
    const { layers } = model('x-base: &base { type: dense, units: 6, activation: tanh }\ninput: 4\nlayers:\n  - *base\n  - { ' +
      '<<: *base, units: 2 }\n');
    expect(layers).toMatchObject([
      { units: 6, activation: 'tanh', source: ['layers', 0] },
      { units: 2, activation: 'tanh', name: 'dense2' },
    ]);
  });
});

describe('limits', () => {
  it.each([
    [withLayers(Array.from({ length: 501 }, () => '  - { type: flatten }').join('\n')), 'at most 500 layers'],
    [withLayer('type: dense, units: 8192', '', '[10000]'), 'parameters'],
    [withLayer('type: dense, units: 8192', '', '[10000, 2]'), '81,920,000 numbers an example'],
    ['input: [10000, 1000]\nlayers: [{ type: flatten }]', '10,000,000 numbers an example'],
  ])('have a sentence each', (text, sentence) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: 'limit' });
    expect(found[0]!.message).toContain(sentence);
  });
  it.each(['steps: 100001', 'batch_size: 4097', 'seed: -1', 'data: { type: teacher, examples: 100001 }'])('%s', (rest) =>
    expect(problems(withRest(rest))[0]).toMatchObject({ code: 'out-of-range' }));
});

describe('loss and data', () => {
  const task = (input: string, layers: string, rest = ''): Pick<ModelSpec, 'loss' | 'data'> =>
    model(withLayers(layers, rest, input));

  it.each([
    ['2', '  - { type: dense, units: 3 }', '', 'cross-entropy', 'blobs'],
    ['2', '  - { type: dense, units: 1 }', '', 'mse', 'teacher'],
    ['8', '  - { type: dense, units: 3 }', '', 'cross-entropy', 'teacher'],
    ['8', '  - { type: dense, units: 8 }', '', 'mse', 'teacher'],
    ['[50, 2]', '  - { type: lstm, units: 3 }\n  - { type: dense, units: 1 }', '', 'mse', 'adding-problem'],
    ['[3, 2]', '  - { type: lstm, units: 3 }\n  - { type: dense, units: 1 }', '', 'mse', 'teacher'],
    [
      '[50, 2]',
      '  - { type: lstm, units: 3 }\n  - { type: dense, units: 1 }',
      'loss: binary-cross-entropy',
      'binary-cross-entropy',
      'teacher',
    ],
    ['{ tokens: 9, length: 30 }', '  - { type: embedding, units: 3 }\n  - { type: gru, units: 3, output: sequence }\n  - { ' +
      'type: dense, units: 9 }', '', 'cross-entropy', 'copy-memory'],
    ['{ tokens: 9, length: 30 }', '  - { type: embedding, units: 3 }\n  - { type: gru, units: 3 }\n  - { type: dense, units: 2 ' +
      '}', '', 'cross-entropy', 'teacher'],
    ['2', '  - { type: dense, units: 1 }', 'data: circles', 'binary-cross-entropy', 'circles'],
    ['2', '  - { type: dense, units: 3 }', 'data: spirals', 'cross-entropy', 'spirals'],
    ['4', '  - { type: dense, units: 3 }', 'data: { type: csv, path: a.csv, target: t }', 'cross-entropy', 'csv'],
    ['4', '  - { type: dense, units: 1 }', 'data: { type: csv, path: a.csv, target: t }', 'mse', 'csv'],
  ])('are chosen from input %s and layers %s with %j', (input, layers, rest, loss, data) => {
    const chosen = task(input, layers, rest);
    expect(chosen).toMatchObject({ loss: { type: loss }, data: { type: data, inferred: !rest.includes('data') } });
  });

  it('choose how many symbols are to be copied', () => {
    const layers = '  - { type: embedding, units: 3 }\n  - { type: gru, units: 3, output: sequence }\n  - { type: dense, ' +
      'units: 9 }';
    expect(task('{ tokens: 9, length: 30 }', layers).data).toMatchObject({ symbols: 3 });
    expect(task('{ tokens: 9, length: 300 }', layers).data).toMatchObject({ symbols: 10 });
  });

  it.each([
    [withLayer('type: dense, units: 1', 'loss: cross-entropy'), 'loss-mismatch', 'cross-entropy', 'compares one score a class, ' +
      'but `dense1` (dense) returns [1]'],
    [
      withLayer('type: dense, units: 1', 'loss: { type: cross-entropy }'),
      'loss-mismatch',
      'cross-entropy',
      'give it one unit a class',
    ],
    [withLayer('type: dense, units: 1', 'data: adding-problem'), 'data-mismatch', 'adding-problem', 'needs an input of shape ' +
      '[time, 2]'],
    [
      withLayers('  - { type: rnn, units: 2 }', 'data: adding-problem', '[5, 2]'),
      'data-mismatch',
      'adding-problem',
      'returns [2]',
    ],
    [withLayer('type: embedding, units: 2', 'data: blobs', '{ tokens: 5, length: 5 }'), 'data-mismatch', 'blobs', 'token ids'],
    [
      withLayer('type: rnn, units: 3, output: sequence', 'data: { type: blobs }', '[5, 2]'),
      'data-mismatch',
      'blobs',
      'returns [5, 3]',
    ],
    [withLayer('type: dense, units: 3', 'data: spirals', '1'), 'data-mismatch', 'spirals', 'at least 2 features'],
    [
      withLayers(
        '  - { type: embedding, units: 3 }\n  - { type: dense, units: 9 }',
        'data: { type: copy-memory, symbols: 9 }',
        '{ tokens: 9, length: 10 }',
      ),
      'data-mismatch',
      'copy-memory',
      'at least 19 time steps',
    ],
    [
      withLayers(
        '  - { type: embedding, units: 3 }\n  - { type: dense, units: 9 }',
        'loss: mse\ndata: copy-memory',
        '{ tokens: 9, length: 10 }',
      ),
      'loss-mismatch',
      'mse',
      'use `cross-entropy`',
    ],
  ])('that do not fit are named', (text, code, at, message) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code, at });
    expect(found[0]!.message).toContain(message);
  });

  it('warn of an activation that the loss applies itself, and still compile', () => {
    const result = compileModel(parseModelFile(withLayer('type: dense, units: 3, activation: softmax'), 'yaml'));
    expect(result.model).toBeDefined();
    expect(result.problems).toMatchObject([{ code: 'double-activation', severity: 'warning' }]);
  });
  it('warn of batch normalisation over time steps', () => {
    expect(problems(withLayers('  - { type: batch-norm }\n  - { type: flatten }', '', '[5, 2]'))).toMatchObject([{
      code: 'batch-norm-over-time',
      at: 'batch-norm',
    }]);
  });
});

describe('the examples', () => {
  const folder = new URL('../../examples/', import.meta.url);
  it.each(readdirSync(folder).filter((name) => name.includes('.model.')))('%s compiles', (name) => {
    const result = compileModel(parseModelFile(readFileSync(new URL(name, folder), 'utf8'), languageOf(name)));
    expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result.model).toBeDefined();
  });
});

it('compiles sixty layers in less time than parsing them takes', () => {
  const layers = Array.from({ length: 60 }, (_, i) => `  - { name: l${i}, type: dense, units: 8, kernel_initializer: { type: ` +
    `normal, std: 0.1 } }`);
  const text = withLayers(layers.join('\n'));
  const document = parseModelFile(text, 'yaml');
  /** The best of several runs, so that a busy machine does not count. */
  const best = (work: () => unknown): number => Math.min(...Array.from({ length: 10 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }));
  expect(best(() => compileModel(document))).toBeLessThan(best(() => parseModelFile(text, 'yaml')));
});
