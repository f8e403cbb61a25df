import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { applyEdits, setValue } from '../../../src/frontends/model-file/edit';
import { ownNamesEdits } from '../../../src/frontends/model-file/own-names';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { ACTIVATION_CHOICES } from '../../../src/model/vocabulary/activations';
import { CLIPS } from '../../../src/model/vocabulary/clips';
import { DATA } from '../../../src/model/vocabulary/data';
import type { Family } from '../../../src/model/vocabulary/family';
import { plainSpelling } from '../../../src/model/vocabulary/foreign/spelling';
import { FOREIGN_NAMES } from '../../../src/model/vocabulary/foreign/foreign-names';
import { TRANSLATED_KEYS } from '../../../src/model/vocabulary/foreign/translated-keys';
import { INITIALIZERS } from '../../../src/model/vocabulary/initializers';
import type { Choice, Keys } from '../../../src/model/vocabulary/key';
import { LAYERS } from '../../../src/model/vocabulary/layers';
import { LOSSES } from '../../../src/model/vocabulary/losses';
import { MODEL_KEYS, TOKEN_KEYS } from '../../../src/model/vocabulary/model';
import { OPTIMIZERS } from '../../../src/model/vocabulary/optimizers';
import { SCHEDULES } from '../../../src/model/vocabulary/schedules';
import { model, problems, withLayer, withLayers, withRest } from './compile-text';

const FAMILIES: readonly Family[] = [LAYERS, INITIALIZERS, LOSSES, DATA, OPTIMIZERS, SCHEDULES, CLIPS];
const TABLES: readonly (readonly [string, Keys])[] = [
  ['model', MODEL_KEYS],
  ['tokens', TOKEN_KEYS],
  ...FAMILIES.flatMap(family =>
    family.variants.map(variant => [`${family.noun} ${variant.name}`, variant.keys] as const),
  ),
];

/** The text with all names of other libraries replaced by ours. */
function own(text: string, language: 'yaml' | 'json' = 'yaml'): string {
  const document = parseModelFile(text, language);
  return applyEdits(text, ownNamesEdits(document, compileModel(document).problems));
}

describe('every accepted name', () => {
  it.each(TABLES)('of the keys of %s means one key', (_, keys) => {
    const spellings = Object.entries(keys).flatMap(([name, { aliases = [] }]) => [
      ...new Set([name, ...aliases].map(plainSpelling)),
    ]);
    expect(spellings).toEqual([...new Set(spellings)]);
  });
  it.each<[string, readonly Choice[]]>([
    ...FAMILIES.map(({ noun, variants }) => [noun, variants] as [string, readonly Choice[]]),
    ['activation', ACTIVATION_CHOICES],
  ])('of a %s means one of them', (_, choices) => {
    const spellings = choices.flatMap(({ name, aliases = [] }) => [...new Set([name, ...aliases].map(plainSpelling))]);
    expect(spellings).toEqual([...new Set(spellings)]);
  });
  it('belongs to a name of ours', () => {
    for (const [noun, { names = {}, keys = {}, of = {} }] of Object.entries(FOREIGN_NAMES)) {
      const family = FAMILIES.find(each => each.noun === noun);
      const known = family?.variants.map(({ name }) => name);
      if (known) expect(known, noun).toEqual(expect.arrayContaining([...Object.keys(names), ...Object.keys(of)]));
      const tables = family
        ? family.variants.map(variant => variant.keys)
        : noun === 'model'
          ? [MODEL_KEYS]
          : [TOKEN_KEYS];
      for (const key of Object.keys(keys))
        expect(
          tables.some(table => Object.hasOwn(table, key)),
          `${noun} ${key}`,
        ).toBe(true);
      for (const [member, table] of Object.entries(of)) {
        expect(Object.keys(family!.variants.find(({ name }) => name === member)!.keys)).toEqual(
          expect.arrayContaining(Object.keys(table)),
        );
      }
    }
  });
  it('of a translated key is no key of ours', () => {
    for (const [, keys] of TABLES) {
      const plain = Object.keys(keys).map(plainSpelling);
      for (const [foreign, { own: name }] of Object.entries(TRANSLATED_KEYS)) {
        if (foreign !== name) expect(plain).not.toContain(plainSpelling(foreign));
      }
    }
  });
});

describe('names of PyTorch and Keras', () => {
  it.each<[string, string, string]>([
    ['type: Linear, out_features: 3, use_bias: false', 'type: dense, units: 3, bias: false', '4'],
    ['type: nn.Linear, out-features: 3', 'type: dense, units: 3', '4'],
    [
      'type: Dense, units: 3, activation: LeakyReLU, kernelInitializer: HeNormal',
      'type: dense, units: 3, activation: leaky-relu, ' + 'kernel_initializer: he-normal',
      '4',
    ],
    [
      'type: dense, units: 3, activation: linear, kernel_initializer: kaiming_normal_',
      'type: dense, units: 3, activation: identity, ' + 'kernel_initializer: he-normal',
      '4',
    ],
    [
      'type: dense, units: 3, kernel_initializer: { type: RandomNormal, stddev: 0.1 }',
      'type: dense, units: 3, kernel_initializer: ' + '{ type: normal, std: 0.1 }',
      '4',
    ],
    ['type: Dropout, p: 0.5', 'type: dropout, rate: 0.5', '4'],
    ['type: LSTM, hidden_size: 3, return_sequences: true', 'type: lstm, units: 3, output: sequence', '[5, 2]'],
    [
      'type: SimpleRNN, units: 3, activation: relu, return_sequences: false',
      'type: rnn, units: 3, nonlinearity: relu, output: last',
      '[5, 2]',
    ],
    ['type: lstm, units: 3, unit_forget_bias: true', 'type: lstm, units: 3, forget_bias: 1', '[5, 2]'],
    [
      'type: Conv2d, out_channels: 2, kernel_size: 3, strides: 2, padding: valid, dilation_rate: 1',
      'type: conv2d, filters: 2, kernel: 3, ' + 'stride: 2, padding: 0, dilation: 1',
      '[1, 9, 9]',
    ],
    ['type: MaxPooling2D, kernel: 2', 'type: max-pool2d, size: 2', '[1, 8, 8]'],
    ['type: AvgPool2d, kernel_size: 2, strides: 2', 'type: avg-pool2d, size: 2, stride: 2', '[1, 8, 8]'],
    ['type: GlobalAveragePooling2D', 'type: global-avg-pool', '[1, 8, 8]'],
    ['type: MultiheadAttention, num_heads: 2, is_causal: true', 'type: attention, heads: 2, causal: true', '[5, 4]'],
    [
      'type: transformer-block, nhead: 2, dim_feedforward: 8, norm_first: false',
      'type: transformer-block, heads: 2, feed_forward: 8, ' + 'norm: post',
      '[5, 4]',
    ],
    [
      'type: transformer-block, n_head: 2, d_ff: 8, norm_first: true',
      'type: transformer-block, heads: 2, feed_forward: 8, norm: pre',
      '[5, 4]',
    ],
    ['type: BatchNorm1d, eps: 1e-3, requires_grad: true', 'type: batch-norm, epsilon: 1e-3, trainable: true', '4'],
    [
      'type: Embedding, num_embeddings: 7, embedding_dim: 3',
      'type: embedding, vocabulary: 7, units: 3',
      '{ tokens: 7, length: 3 }',
    ],
    ['type: relu', 'type: activation, activation: relu', '4'],
    ['type: LeakyReLU, name: act', 'type: activation, activation: leaky-relu, name: act', '4'],
  ])('{ %s } is { %s }', (foreign, ours, input) => {
    const [written, meant] = [withLayer(foreign, '', input), withLayer(ours, '', input)];
    expect(model(written)).toEqual(model(meant));
    expect(own(written)).toBe(meant);
    expect(own(meant)).toBe(meant);
  });
  it.each<[string, string]>([
    ['loss: MSELoss', 'loss: mse'],
    ['loss: BCEWithLogitsLoss', 'loss: binary-cross-entropy'],
    ['loss: CrossEntropyLoss', 'loss: cross-entropy'],
    ['criterion: L1Loss', 'loss: mae'],
    ['loss: mean_squared_error', 'loss: mse'],
    ['loss: { type: CrossEntropyLoss, weight: [1, 2, 3] }', 'loss: { type: cross-entropy, class_weights: [1, 2, 3] }'],
    ['optimizer: { type: AdamW, lr: 0.1, eps: 1e-7 }', 'optimizer: { type: adamw, learning_rate: 0.1, epsilon: 1e-7 }'],
    ['optimizer: { type: RMSprop, rho: 0.9 }', 'optimizer: { type: rmsprop, alpha: 0.9 }'],
    ['lr_scheduler: { type: CosineAnnealingLR, eta_min: 1e-5 }', 'schedule: { type: cosine, minimum: 1e-5 }'],
    ['schedule: { type: StepLR, step_size: 3, gamma: 0.5 }', 'schedule: { type: step, every: 3, factor: 0.5 }'],
    ['schedule: { type: ReduceLROnPlateau, min_lr: 1e-5 }', 'schedule: { type: plateau, minimum: 1e-5 }'],
    ['clip: { type: clip_grad_norm_, max_norm: 1 }', 'clip: { type: norm, max: 1 }'],
    ['batchSize: 8\nvalidation_split: 0.2\nmanual_seed: 3', 'batch_size: 8\nvalidation: 0.2\nseed: 3'],
  ])('%s is %s', (foreign, ours) => {
    expect(model(withRest(foreign))).toEqual(model(withRest(ours)));
    expect(own(withRest(foreign))).toBe(withRest(ours));
  });
  it('are replaced all at once, and every other byte stays', () => {
    const text =
      '# mine\r\ninput: 4 # in\r\nlayers:\r\n  - type: Linear   # one\r\n    out_features: 3\r\n  - type: "ReLU" # two\r\n    name: a\r\n' +
      'optimizer: {type: Adam,lr: 1e-3}\r\n';
    expect(own(text)).toBe(
      '# mine\r\ninput: 4 # in\r\nlayers:\r\n  - type: dense   # one\r\n    units: 3\r\n  - type: activation\r\n' +
        '    activation: relu # two\r\n    name: a\r\noptimizer: {type: adam,learning_rate: 1e-3}\r\n',
    );
  });
  it('are replaced with keys that say what follows by itself taken away', () => {
    const text = `input: [3, 8, 8]
layers:
  - { type: nn.Conv2d, in_channels: 3, out_channels: 4, kernel_size: 3, padding: 1 }  # first
  - type: nn.BatchNorm2d
    num_features: 4   # as many
  - { type: nn.ReLU, inplace: true }
  - { type: nn.AdaptiveAvgPool2d, output_size: 1 }
  - { type: nn.Linear, in_features: 4, out_features: 10 }
loss: nn.CrossEntropyLoss
optimizer: { type: optim.SGD, lr: 0.1, momentum: 0.9 }
lr_scheduler: { type: CosineAnnealingLR, T_max: 200, eta_min: 0.001 }
`;
    // What a pool of another name has too much is known once it has ours.
    expect(own(own(text))).toBe(`input: [3, 8, 8]
layers:
  - { type: conv2d, filters: 4, kernel: 3, padding: 1 }  # first
  - type: batch-norm
    # as many
  - { type: activation, activation: relu }
  - { type: global-avg-pool }
  - { type: dense, units: 10 }
loss: cross-entropy
optimizer: { type: sgd, learning_rate: 0.1, momentum: 0.9 }
schedule: { type: cosine, minimum: 0.001 }
`);
    expect(problems(own(own(text)))).toEqual([]);
  });
  it('are replaced in JSON too', () => {
    const text =
      '{"input": [5, 2], "layers": [{"type": "LSTM", "units": 3, "return_sequences": true}, {"type": "ReLU"}]}';
    expect(own(text, 'json')).toBe(
      '{"input": [5, 2], "layers": [{"type": "lstm", "units": 3, "output": "sequence"}, ' +
        '{"type": "activation", "activation": "relu"}]}',
    );
  });
  it('are understood behind aliases and merge keys, and replaced once', () => {
    const text =
      'x-base: &base { type: Linear, out_features: 4 }\ninput: 4\nlayers: [*base, { <<: *base, activation: ReLU }]\n';
    expect(model(text).layers).toMatchObject([
      { type: 'dense', units: 4 },
      { type: 'dense', units: 4, activation: 'relu' },
    ]);
    expect(own(text)).toBe(text.replace('Linear', 'dense').replace('out_features', 'units').replace('ReLU', 'relu'));
  });
  it('and ours for the same thing are one key given twice', () => {
    expect(problems(withLayer('type: dense, units: 3, out_features: 3'))).toMatchObject([
      { code: 'duplicate-key', at: 'out_features' },
    ]);
  });
  it('are what messages quote', () => {
    expect(problems(withLayer('type: Linear, out_features: ten'))[0].message).toContain('`out_features` must be');
  });
  it('stay where a value behind them changes, unless that would mean something else', () => {
    const file = parseModelFile(
      withLayer('type: LSTM, units: 3, return_sequences: true', 'optimizer: { type: Adam, lr: 1 }', '[5, 2]'),
      'yaml',
    );
    expect(applyEdits(file.text, setValue(file, ['optimizer', 'learning_rate'], 0.1))).toContain(
      '{ type: Adam, lr: 0.1 }',
    );
    expect(applyEdits(file.text, setValue(file, ['layers', 0, 'output'], 'last'))).toContain('units: 3, output: last');
    const relu = parseModelFile(withLayer('type: ReLU'), 'yaml');
    expect(applyEdits(relu.text, setValue(relu, ['layers', 0, 'activation'], 'gelu'))).toBe(withLayer('type: gelu'));
  });
});

describe('names that mean something else', () => {
  it("Keras's momentum of a batch normalization is read as what it is, and said", () => {
    const text = withLayer('type: BatchNormalization, momentum: 0.99');
    expect(compileModel(parseModelFile(text, 'yaml')).model!.layers).toMatchObject([{ momentum: 0.01 }]);
    expect(problems(text)).toMatchObject([{ code: 'other-meaning', at: '0.99' }]);
    expect(own(text)).toBe(withLayer('type: batch-norm, momentum: 0.01'));
    expect(model(withLayer('type: batch-norm, momentum: 0.99')).layers).toMatchObject([{ momentum: 0.99 }]);
  });
  it.each([
    ['type: TransformerEncoderLayer, nhead: 2', 'transformer-block'],
    ['type: AdaptiveAvgPool2d', 'global-avg-pool'],
    ['type: dense, units: 3, kernel_initializer: trunc_normal_', 'truncated-normal'],
  ])('%s is only near', (layer, suggestion) => {
    expect(problems(withLayer(layer, '', '[5, 4]'))[0]).toMatchObject({ suggestion });
  });
  it('are no names of the prototype', () => {
    expect(problems(withLayers('  - { type: dense, units: 3, toString: 1 }'))).toMatchObject([{ code: 'unknown-key' }]);
  });
});
