import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { languageOf } from '../../../src/frontends/model-file/model-file-name';
import type { ResidualSpec } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { model, problems, withLayer, withLayers, withRest } from './compile-text';

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
      schedule: { type: 'cosine', minimum: 0, warmup: 0 },
      clip: { type: 'norm', max: 1 },
      regularization: { l1: 0, l2: 1e-4 },
      batchSize: 16,
      gradientAccumulation: 1,
      steps: 20,
      seed: 7,
      validation: 0.25,
    });
  });
  it('has every default and shape of its layers', () => {
    expect(spec.layers).toEqual([
      {
        type: 'rnn',
        name: 'memory',
        path: 'memory',
        inputs: [''],
        activation: 'identity',
        inputShape: [100, 2],
        outputShape: [64],
        units: 64,
        nonlinearity: 'tanh',
        gateActivation: 'sigmoid',
        bidirectional: false,
        output: 'last',
        kernelInitializer: { type: 'glorot-uniform' },
        recurrentInitializer: { type: 'normal', mean: 0, std: 0.4 },
        biasInitializer: { type: 'zeros' },
        forgetBias: 0,
        trainable: true,
        learningRateMultiplier: 1,
      },
      {
        type: 'dense',
        name: 'answer',
        path: 'answer',
        inputs: ['memory'],
        activation: 'identity',
        inputShape: [64],
        outputShape: [1],
        units: 1,
        bias: true,
        weightNorm: false,
        kernelInitializer: { type: 'glorot-uniform' },
        biasInitializer: { type: 'zeros' },
        trainable: true,
        learningRateMultiplier: 1,
      },
    ]);
  });
});

describe('defaults', () => {
  it('are those of a practitioner', () => {
    expect(model(withRest(''))).toMatchObject({
      name: 'Model',
      optimizer: {
        type: 'adam',
        learningRate: 0.01,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: 0,
        amsgrad: false,
      },
      schedule: { type: 'constant' },
      clip: { type: 'none' },
      batchSize: 32,
      gradientAccumulation: 1,
      steps: 300,
      seed: 1,
      validation: 0,
      loss: { type: 'cross-entropy' },
      data: { type: 'teacher', inferred: true },
    });
    expect(model(withRest('optimizer: sgd')).optimizer).toMatchObject({ learningRate: 0.01 });
    expect(model(withRest('optimizer: adam')).optimizer).toMatchObject({ learningRate: 0.001 });
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
    expect(model(withRest('loss: huber\noptimizer: adamw\nschedule: cosine\nclip: none\ndata: teacher'))).toMatchObject(
      {
        loss: { type: 'huber', delta: 1 },
        optimizer: { type: 'adamw', weightDecay: 0.01 },
      },
    );
  });
  it("of optimizers and clipping are PyTorch's and the paper's", () => {
    const betas = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
    const named = ['adadelta', 'adamax', 'nadam', 'radam', 'lion'];
    expect(named.map(name => model(withRest(`optimizer: ${name}`)).optimizer)).toEqual([
      { type: 'adadelta', learningRate: 1, rho: 0.9, epsilon: 1e-6, weightDecay: 0 },
      { type: 'adamax', learningRate: 0.002, ...betas },
      { type: 'nadam', learningRate: 0.002, ...betas, momentumDecay: 0.004 },
      { type: 'radam', learningRate: 0.001, ...betas },
      { type: 'lion', learningRate: 0.0001, beta1: 0.9, beta2: 0.99, weightDecay: 0 },
    ]);
    expect(model(withRest('optimizer: { type: adam, amsgrad: true }\nclip: adaptive'))).toMatchObject({
      optimizer: { type: 'adam', amsgrad: true },
      clip: { type: 'adaptive', factor: 0.01 },
    });
  });
  it("of shampoo are the paper's, with roots of every tenth step", () => {
    expect(model(withRest('optimizer: shampoo')).optimizer).toEqual({
      type: 'shampoo',
      learningRate: 0.1,
      weightDecay: 0,
      momentum: 0,
      epsilon: 1e-4,
      preconditionFrequency: 10,
      maxPreconditionerDim: 256,
    });
    expect(model(withRest('optimizer: { type: shampoo, update_freq: 1 }')).optimizer).toMatchObject({
      preconditionFrequency: 1,
    });
  });
  it('of lbfgs are few pairs and all examples', () => {
    const { optimizer, batchSize } = model(withRest('optimizer: lbfgs'));
    expect(optimizer).toEqual({
      type: 'lbfgs',
      learningRate: 1,
      weightDecay: 0,
      historySize: 10,
      toleranceGradient: 1e-7,
      toleranceChange: 1e-9,
    });
    expect(batchSize).toBe(4096);
    expect(model(withRest('optimizer: sgd')).batchSize).toBe(32);
  });
  it('of muon give AdamW a rate that goes with its own', () => {
    const muon = {
      type: 'muon',
      momentum: 0.95,
      nesterov: true,
      nsSteps: 5,
      adjustLearningRate: 'original',
      weightDecay: 0,
    };
    const adamw = { adamwBeta1: 0.9, adamwBeta2: 0.95, adamwEpsilon: 1e-10 };
    expect(model(withRest('optimizer: muon')).optimizer).toMatchObject({
      ...muon,
      ...adamw,
      learningRate: 0.02,
      adamwLearningRate: 3e-4,
    });
    expect(
      model(withRest('optimizer: { type: muon, lr: 0.001, adjust_lr_fn: match_rms_adamw }')).optimizer,
    ).toMatchObject({ adjustLearningRate: 'match_rms_adamw', learningRate: 0.001, adamwLearningRate: 0.001 });
    expect(model(withRest('optimizer: { type: muon, adamw_lr: 0.01 }')).optimizer).toMatchObject({
      learningRate: 0.02,
      adamwLearningRate: 0.01,
    });
  });
  it("understand PyTorch's spellings", () => {
    expect(model(withRest('optimizer: { type: adam, lr: 0.1, betas: [0.8, 0.9], eps: 1e-6 }')).optimizer).toMatchObject(
      {
        learningRate: 0.1,
        beta1: 0.8,
        beta2: 0.9,
        epsilon: 1e-6,
      },
    );
  });
  it('name layers by type, skipping names that are taken', () => {
    const { layers } = model(
      withLayers(
        '  - { type: dense, units: 2 }\n  - { type: dense, units: 2, name: dense3 }\n  - { ' +
          'type: dense, units: 2 }\n  - { type: layer-norm }',
      ),
    );
    expect(layers.map(({ path }) => path)).toEqual(['dense1', 'dense3', 'dense4', 'layer-norm1']);
  });
});

describe('shapes', () => {
  const shapesOf = (text: string): string =>
    model(text)
      .layers.map(({ outputShape }) => `[${outputShape}]`)
      .join(' ');

  it('follow from layer to layer', () => {
    expect(
      shapesOf(
        withLayers(
          '  - { type: dense, units: 8 }\n  - { type: flatten }\n  - { type: dropout, rate: 0.5 }',
          '',
          '[6, 3]',
        ),
      ),
    ).toBe('[6,8] [48] [48]');
    expect(
      shapesOf(
        withLayers(
          '  - { type: gru, units: 5, bidirectional: true, output: sequence }\n  - { type: last-step }',
          '',
          '[6, 3]',
        ),
      ),
    ).toBe('[6,10] [10]');
    expect(
      shapesOf(
        withLayers(
          '  - { type: embedding, units: 5 }\n  - { type: mean-over-time }\n  - { type: dense, units: 2 }',
          '',
          '{ tokens: 9, length: 6 }',
        ),
      ),
    ).toBe('[6,5] [5] [2]');
    expect(
      shapesOf(
        withLayers(
          '  - { type: embedding, units: 8 }\n  - { type: position-embedding, length: 9 }\n  - { type: attention, heads: 4, causal: true }',
          '',
          '{ tokens: 9, length: 6 }',
        ),
      ),
    ).toBe('[6,8] [6,8] [6,8]');
    expect(
      shapesOf(withLayer('type: seq2seq, embedding: 4, units: 8, target_length: 2', '', '{ tokens: 9, length: 6 }')),
    ).toBe('[2,9]');
    const normalized = '  - { type: batch-norm }\n  - { type: activation, activation: relu }\n  - { type: layer-norm }';
    expect(shapesOf(withLayers(normalized))).toBe('[4] [4] [4]');
    const others =
      '  - { type: rms-norm }\n  - { type: group-norm, groups: 2 }\n  - { type: dense, units: 3, weight_norm: true }';
    expect(shapesOf(withLayers(others, '', '[4, 5, 6]'))).toBe('[4,5,6] [4,5,6] [4,5,3]');
    expect(model(withLayers(others, '', '[4, 5, 6]')).layers).toMatchObject([
      { type: 'rms-norm', epsilon: 1e-6 },
      { type: 'group-norm', groups: 2, epsilon: 1e-5 },
      { type: 'dense', weightNorm: true },
    ]);
  });
  it('go inside residuals and their shortcuts', () => {
    const { layers } = model(
      withLayers(
        '  - name: block\n    type: residual\n    activation: relu\n    layers: [{ name: up, ' +
          'type: dense, units: 7 }]\n    shortcut: [{ type: dense, units: 7 }]',
      ),
    );
    const block = layers[0] as ResidualSpec;
    expect(block).toMatchObject({ inputShape: [4], outputShape: [7], activation: 'relu' });
    expect(block.layers[0]).toMatchObject({ path: 'block.up' });
    expect(block.shortcut[0]).toMatchObject({ path: 'block.shortcut.dense1' });
  });
  it.each([
    [
      withLayers('  - { name: a, type: rnn, units: 8 }\n  - { name: b, type: lstm, units: 8 }', '', '[6, 3]'),
      'lstm',
      '`b` (lstm) needs a sequence of shape [time, features], but gets [8] from `a` (rnn); give `a` the key `output: sequence`.',
    ],
    [
      withLayer('type: rnn, units: 8'),
      'rnn',
      '`rnn1` (rnn) needs a sequence of shape [time, features], but gets [4] from the ' +
        'input; write the input as `[time, features]`.',
    ],
    [
      withLayer('type: last-step'),
      'last-step',
      '`last-step1` (last-step) needs a sequence of shape [time, features], but gets ' + '[4]',
    ],
    [
      withLayer('type: attention, heads: 5', '', '[6, 8]'),
      'attention',
      '`attention1` (attention) cannot divide the 8 features ' +
        'from the input among 5 heads; make `heads` a divisor of 8, such as 4.',
    ],
    [
      withLayer('type: attention, heads: 2'),
      'attention',
      '`attention1` (attention) needs a sequence of shape [time, features], ' +
        'but gets [4] from the input; write the input as `[time, features]`.',
    ],
    [
      withLayer('type: position-embedding, length: 5', '', '[6, 8]'),
      'position-embedding',
      '`position-embedding1` ' +
        '(position-embedding) has vectors for 5 places, but gets 6 time steps from the input; leave `length` out, or make it 6 ' +
        'or more.',
    ],
    [
      withLayer('type: position-embedding, units: 5', '', '[6, 8]'),
      'position-embedding',
      '`position-embedding1` ' +
        '(position-embedding) adds vectors of 5 numbers, but gets 8 features from the input; leave `units` out, or make it 8.',
    ],
    [
      withLayer('type: group-norm, groups: 4', '', '[6, 8, 8]'),
      'group-norm',
      '`group-norm1` (group-norm) cannot part the 6 ' +
        'channels from the input into 4 equal groups; make `groups` a divisor of 6, such as 3.',
    ],
    [
      withLayer('type: group-norm, groups: 4'),
      'group-norm',
      '`group-norm1` (group-norm) has one number in each of its 4 groups ' +
        'of [4] from the input, which always normalizes to 0; ask for fewer `groups`.',
    ],
    [
      withLayer('type: seq2seq, embedding: 4, units: 8, target_length: 2'),
      'seq2seq',
      '`seq2seq1` (seq2seq) needs token ids, but ' +
        'gets numbers of shape [4] from the input; write the input as `{ tokens: 64, length: 30 }`.',
    ],
    [
      withLayer('type: seq2seq, embedding: 4, units: 8, target_length: 6', '', '{ tokens: 9, length: 6 }'),
      'seq2seq',
      '`seq2seq1` (seq2seq) leaves no token to the encoder: `target_length` is 6, but the input has 6 tokens an example; make it ' +
        'less than 6.',
    ],
    [
      withLayer('type: embedding, units: 8'),
      'embedding',
      '`embedding1` (embedding) needs token ids, but gets numbers of shape ' + '[4] from the input',
    ],
    [
      withLayer('type: dense, units: 8', '', '{ tokens: 9, length: 5 }'),
      'dense',
      '`dense1` (dense) needs numbers, but gets ' +
        'token ids (9 different, 5 an example) from the input; put an embedding layer first.',
    ],
    [
      withLayer('type: embedding, units: 8, vocabulary: 5', '', '{ tokens: 9, length: 5 }'),
      'embedding',
      'has a vocabulary of 5, but the input has 9 different tokens',
    ],
    [
      withLayer('type: residual, layers: [{ type: dense, units: 5 }]'),
      'residual',
      '`residual1` (residual) cannot add: its ' + 'layers return [5], but its shortcut passes the input on as [4]',
    ],
    [
      withLayer('type: residual, layers: [{ type: dense, units: 5 }], shortcut: [{ type: dense, units: 6 }]'),
      'residual',
      'its layers return [5], but its shortcut returns [6]',
    ],
  ])('that do not fit are named with their layer', (text, at, message) => {
    const [first, ...others] = problems(text);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ code: 'shape-mismatch', at });
    expect(first.message).toContain(message);
  });
});

describe('aliases, anchors and merge keys', () => {
  it('work, with a place for anchors that is ignored', () => {
    const { layers } = model(
      'x-base: &base { type: dense, units: 6, activation: tanh }\ninput: 4\nlayers:\n  - *base\n  - { ' +
        '<<: *base, units: 2 }\n',
    );
    expect(layers).toMatchObject([
      { units: 6, activation: 'tanh' },
      { units: 2, activation: 'tanh', name: 'dense2' },
    ]);
  });
});

describe('the examples', () => {
  const folder = new URL('../../../examples/', import.meta.url);
  it.each(readdirSync(folder).filter(name => name.includes('.model.')))('%s compiles', name => {
    const result = compileModel(parseModelFile(readFileSync(new URL(name, folder), 'utf8'), languageOf(name)));
    expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result.model).toBeDefined();
  });
});
