/** Changes of the structure of a model, held against the model of a text written by hand. */
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../src/model/apply-changes';
import { reset, set, type Change } from '../../src/model/change';
import { readModel, unnamed } from './read-model';

const file = (layers: readonly string[], rest = 'loss: mse', input = '[6, 4]'): string =>
  `input: ${input}\nlayers:\n${layers.map(layer => `  - ${layer}`).join('\n')}\n${rest}\n`;

const RESIDUAL = '{ type: residual, layers: [{ type: dense, units: 4 }, { type: dense, units: 4, name: inner }] }';
const PLAIN = ['{ type: dense, units: 8 }', '{ type: dense, units: 8, activation: tanh }', '{ type: flatten }'];
const GRAPH = [
  '{ type: dense, units: 4, name: first }',
  '{ type: dense, units: 4, name: second }',
  '{ type: add, inputs: [first, second] }',
];

const CASES: readonly (readonly [what: string, before: string, changes: readonly Change[], after: string])[] = [
  [
    'inserts behind a layer what all its readers read',
    file(GRAPH),
    [
      {
        kind: 'insert-after',
        layer: 'first',
        layers: [{ type: 'layer-norm' }, { type: 'activation', activation: 'tanh' }],
      },
    ],
    file([
      GRAPH[0],
      '{ type: layer-norm }',
      '{ type: activation, activation: tanh, name: new }',
      GRAPH[1],
      '{ type: add, inputs: [new, second] }',
    ]),
  ],
  [
    'inserts behind the last layer, and the loss follows',
    file(['{ type: dense, units: 4 }'], '', '3'),
    [{ kind: 'insert-after', layer: 'dense1', layers: [{ type: 'dense', units: 1 }] }],
    file(['{ type: dense, units: 4 }', '{ type: dense, units: 1 }'], '', '3'),
  ],
  [
    'inserts before a residual and at its start',
    file([PLAIN[0], '{ type: dense, units: 4 }', RESIDUAL]),
    [
      { kind: 'insert-first', inside: 'residual1', layers: [{ type: 'layer-norm' }] },
      { kind: 'insert-after', layer: 'dense2', layers: [{ type: 'dropout', rate: 0.2 }] },
    ],
    file([
      PLAIN[0],
      '{ type: dense, units: 4 }',
      '{ type: dropout, rate: 0.2 }',
      RESIDUAL.replace('[{', '[{ type: layer-norm }, {'),
    ]),
  ],
  [
    'inserts inside a residual',
    file([RESIDUAL], 'loss: mse', '4'),
    [{ kind: 'insert-after', layer: 'residual1.dense1', layers: [{ type: 'batch-norm' }] }],
    file([RESIDUAL.replace('}, {', '}, { type: batch-norm }, {')], 'loss: mse', '4'),
  ],
  [
    'inserts a residual with layers of its own',
    file([PLAIN[0]]),
    [
      {
        kind: 'insert-after',
        layer: 'dense1',
        layers: [{ type: 'residual', layers: [{ type: 'dense', units: 8, kernelInitializer: { type: 'normal' } }] }],
      },
    ],
    file([PLAIN[0], '{ type: residual, layers: [{ type: dense, units: 8, kernel_initializer: normal }] }']),
  ],
  [
    'wraps neighbors, which others still read',
    file([
      PLAIN[0],
      PLAIN[1],
      '{ type: dense, units: 8, name: third }',
      '{ type: add, inputs: [dense1, third, dense2] }',
    ]),
    [{ kind: 'wrap', from: 'dense2', to: 'third', in: 'residual' }],
    file([
      PLAIN[0],
      `{ type: residual, name: r, layers: [${PLAIN[1].replace('type', 'name: two, type')}, { type: dense, units: 8 }] }`,
      '{ type: add, inputs: [dense1, r, r.two] }',
    ]),
  ],
  [
    'replaces a type, parts with defaults taking those of the new one',
    file(['{ type: rnn, units: 5, recurrent_initializer: { type: normal, std: 0.2 } }'], 'data: teacher'),
    [{ kind: 'replace-type', layer: 'rnn1', type: 'lstm' }],
    file(['{ type: lstm, units: 5, recurrent_initializer: { type: normal, std: 0.2 } }'], 'data: teacher'),
  ],
  [
    'replaces a type with parts of its own',
    file(['{ type: layer-norm }', PLAIN[0]]),
    [{ kind: 'replace-type', layer: 'layer-norm1', type: 'rms-norm' }],
    file(['{ type: rms-norm }', PLAIN[0]]),
  ],
  [
    'removes a layer, whose readers read what it read',
    file(GRAPH),
    [{ kind: 'remove', layer: 'first' }],
    file([GRAPH[1], '{ type: add, inputs: [input, second] }']),
  ],
  [
    'moves what a change of the width moves, also where padding and strides follow',
    file(
      [
        '{ type: conv1d, filters: 4, kernel: 3, padding: same, stride: 2 }',
        '{ type: max-pool1d, size: 2 }',
        '{ type: prelu, slopes: channels }',
        '{ type: flatten }',
        '{ type: reshape, shape: [2, -1] }',
        '{ type: permute, order: [2, 1] }',
        '{ type: transformer-block, heads: 1, activation: swiglu, epsilon: 0.001 }',
        '{ type: position-embedding }',
      ],
      'loss: mse',
      '[3, 32]',
    ),
    [
      set({ layer: 'conv1d1', part: 'filters' }, 6),
      set({ layer: 'max-pool1d1', part: 'size' }, 4),
      set({ layer: 'conv1d1', part: 'stride' }, 1),
    ],
    file(
      [
        '{ type: conv1d, filters: 6, kernel: 3, padding: same, stride: 1 }',
        '{ type: max-pool1d, size: 4 }',
        '{ type: prelu, slopes: channels }',
        '{ type: flatten }',
        '{ type: reshape, shape: [2, -1] }',
        '{ type: permute, order: [2, 1] }',
        '{ type: transformer-block, heads: 1, activation: swiglu, epsilon: 0.001 }',
        '{ type: position-embedding }',
      ],
      'loss: mse',
      '[3, 32]',
    ),
  ],
  [
    'sets parts of a block through the layers inside it',
    file(['{ type: transformer-block, heads: 2 }', RESIDUAL]),
    [set({ layer: 'transformer-block1.feed.up', part: 'kernelInitializer' }, { type: 'he-normal' })],
    file(['{ type: transformer-block, heads: 2, kernel_initializer: he-normal }', RESIDUAL]),
  ],
  [
    'thaws a layer whose inner layers say for themselves what is trained',
    file([
      '{ type: residual, trainable: false, learning_rate_multiplier: 0.1, layers: [{ type: dense, units: 4, trainable: false }, { type: dense, units: 4, learning_rate_multiplier: 0.3 }] }',
      PLAIN[0],
    ]),
    [reset({ layer: 'residual1', part: 'trainable' }), reset({ layer: 'residual1', part: 'learningRateMultiplier' })],
    file([
      '{ type: residual, layers: [{ type: dense, units: 4, trainable: false }, { type: dense, units: 4, learning_rate_multiplier: 0.3 }] }',
      PLAIN[0],
    ]),
  ],
  [
    'unties a layer, which then has its own first values',
    file([
      '{ type: dense, units: 4, name: owner, kernel_initializer: zeros }',
      '{ type: dense, units: 4, tied_to: owner }',
    ]),
    [reset({ layer: 'dense2', part: 'tiedTo' })],
    file(['{ type: dense, units: 4, name: owner, kernel_initializer: zeros }', '{ type: dense, units: 4 }']),
  ],
  [
    'gives the output its activation back where the loss no longer applies it',
    file(['{ type: dense, units: 1, activation: sigmoid }'], 'loss: bce', '4'),
    [set({ setting: 'loss' }, { type: 'mse' })],
    file(['{ type: dense, units: 1, activation: sigmoid }'], 'loss: mse', '4'),
  ],
  [
    'lets another batch size and rate follow the optimizer',
    file([PLAIN[0]], 'optimizer: lbfgs'),
    [set({ setting: 'optimizer' }, { type: 'muon', learningRate: 0.1 })],
    file([PLAIN[0]], 'optimizer: { type: muon, learning_rate: 0.1 }'),
  ],
  [
    'sets the type of an optimizer, which keeps the rate that is its own',
    file([PLAIN[0]], 'optimizer: { type: adam, learning_rate: 0.03, epsilon: 1e-6 }'),
    [set({ setting: 'optimizer', part: 'type' }, 'sgd')],
    file([PLAIN[0]], 'optimizer: { type: sgd, learning_rate: 0.03 }'),
  ],
  [
    'sets a part of an optimizer that no one named',
    file([PLAIN[0]]),
    [set({ setting: 'optimizer', part: 'weightDecay' }, 0.1)],
    file([PLAIN[0]], 'loss: mse\noptimizer: { type: adam, learning_rate: 0.01, weight_decay: 0.1 }'),
  ],
  [
    'sets and resets parts of settings',
    file(
      [PLAIN[0]],
      'loss: { type: huber, delta: 2 }\nregularization: { l1: 1, l2: 2 }\ndata: { type: teacher, scale: 5 }',
    ),
    [
      reset({ setting: 'loss', part: 'delta' }),
      reset({ setting: 'regularization', part: 'l1' }),
      set({ setting: 'data', part: 'noise' }, 0.5),
      set({ setting: 'optimizer', part: 'learningRate' }, 0.5),
    ],
    file(
      [PLAIN[0]],
      'loss: huber\nregularization: { l2: 2 }\ndata: { type: teacher, scale: 5, noise: 0.5 }\noptimizer: { type: adam, learning_rate: 0.5 }',
    ),
  ],
];

describe('changes of a model', () => {
  it.each(CASES)('%s', (_, before, changes, after) => {
    const { model, problems } = applyChanges(readModel(before), changes);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(unnamed(model!)).toEqual(unnamed(readModel(after)));
  });

  it('gives new layers names that are free', () => {
    const before = file([PLAIN[0], '{ type: dense, units: 8, name: layer-norm1 }']);
    const change: Change = {
      kind: 'insert-after',
      layer: 'dense1',
      layers: [{ type: 'layer-norm' }, { type: 'layer-norm' }],
    };
    const { model } = applyChanges(readModel(before), [change]);
    expect(model!.layers.map(({ name }) => name)).toEqual(['dense1', 'layer-norm2', 'layer-norm3', 'layer-norm1']);
  });
});

const REFUSALS: readonly (readonly [what: string, change: Change, codes: readonly string[]])[] = [
  ['a layer that is not there', set({ layer: 'none', part: 'units' }, 3), ['unknown-layer-name']],
  ['a part that the type does not have', set({ layer: 'first', part: 'heads' }, 3), ['unknown-key']],
  ['a value out of range', set({ layer: 'first', part: 'units' }, 0), ['out-of-range']],
  ['a value of another kind', set({ layer: 'first', part: 'bias' }, 'yes'), ['wrong-type']],
  ['an unknown name', set({ layer: 'first', part: 'kernelInitializer' }, { type: 'he' }), ['wrong-type']],
  [
    'a new layer without its size',
    { kind: 'insert-after', layer: 'first', layers: [{ type: 'dense' }] },
    ['missing-key'],
  ],
  ['a shape that does not fit', set({ layer: 'second', part: 'units' }, 3), ['shape-mismatch']],
  ['a layer that reads a later one', set({ layer: 'first', part: 'inputs' }, ['second']), ['unknown-layer-name']],
  [
    'layers that are no neighbors in order',
    { kind: 'wrap', from: 'second', to: 'first', in: 'residual' },
    ['unknown-layer-name'],
  ],
  [
    'a loss that does not fit',
    set({ setting: 'loss' }, { type: 'cross-entropy', classWeights: [1, 2] }),
    ['loss-mismatch'],
  ],
];

it.each(REFUSALS)('refuses %s', (_, change, codes) => {
  const { model, problems } = applyChanges(readModel(file(GRAPH)), [change]);
  expect(model).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(codes);
});
