/** Every type of layer reads, builds, and has the parameters that the model's room says it has. */
import { describe, expect, it } from 'vitest';
import { readModelFile } from '../../../src/frontends/model-file/front-end';
import { allLayers } from '../../../src/model/inner-layers';
import { ownParametersOf, parameterName } from '../../../src/model/layer-parameters';
import { kindOf } from '../../../src/model/layers/layer-kinds';
import type { LayerType } from '../../../src/model/model-spec';
import { LAYER_FAMILY } from '../../../src/model/vocabulary/layers';
import { buildNetwork } from '../../../src/training/build-network';

const VECTOR = '[6]';
const SEQUENCE = '[5, 4]';
const MAPS = '[4, 6, 6]';
const LINES = '[4, 6]';
const TOKENS = '{ tokens: 8, length: 5 }';

/** The input of a model, and what its only layer has besides its type. */
const EXAMPLES: Readonly<Record<LayerType, readonly [input: string, keys?: string]>> = {
  dense: [VECTOR, 'units: 3, weight_norm: true, activation: prelu'],
  conv1d: [LINES, 'filters: 2, kernel: 3'],
  conv2d: [MAPS, 'filters: 2, kernel: 3, groups: 2'],
  'separable-conv2d': [MAPS, 'filters: 2, kernel: 3, depth_multiplier: 2'],
  'conv1d-transpose': [LINES, 'filters: 2, kernel: 3'],
  'conv2d-transpose': [MAPS, 'filters: 2, kernel: 3, groups: 2'],
  upsample: [MAPS, 'factor: 2'],
  'max-pool1d': [LINES, 'size: 2'],
  'max-pool2d': [MAPS, 'size: 2'],
  'avg-pool1d': [LINES, 'size: 2'],
  'avg-pool2d': [MAPS, 'size: 2, padding: same'],
  'global-avg-pool': [MAPS],
  'global-max-pool': [MAPS],
  rnn: [SEQUENCE, 'units: 3'],
  lstm: [SEQUENCE, 'units: 3, bidirectional: true'],
  gru: [SEQUENCE, 'units: 3, output: sequence'],
  embedding: [TOKENS, 'units: 3'],
  'position-embedding': [SEQUENCE],
  attention: [SEQUENCE, 'heads: 2'],
  seq2seq: [TOKENS, 'embedding: 3, units: 4, target_length: 2, attention: true'],
  'transformer-block': [SEQUENCE, 'heads: 2, dropout: 0.1'],
  prelu: [VECTOR, 'slopes: channels'],
  dropout: [VECTOR, 'rate: 0.1'],
  'batch-norm': [MAPS],
  'layer-norm': [SEQUENCE],
  'rms-norm': [SEQUENCE],
  'group-norm': [MAPS, 'groups: 2'],
  add: [VECTOR, 'inputs: [input, input]'],
  multiply: [VECTOR, 'inputs: [input, input]'],
  concatenate: [VECTOR, 'inputs: [input, input]'],
  permute: [SEQUENCE, 'order: [2, 1]'],
  reshape: [VECTOR, 'shape: [2, -1]'],
  activation: [VECTOR, 'activation: relu'],
  flatten: [SEQUENCE],
  'last-step': [SEQUENCE],
  'mean-over-time': [SEQUENCE],
  residual: [VECTOR, 'layers: [{ type: dense, units: 6 }], shortcut: [{ type: dense, units: 6 }]'],
};
const TYPES = Object.keys(EXAMPLES) as LayerType[];

it('the vocabulary has exactly the types of layers', () => {
  expect(LAYER_FAMILY.variants.map(({ name }) => name).sort()).toEqual([...TYPES].sort());
});

describe.each(TYPES)('%s', type => {
  const [input, keys = ''] = EXAMPLES[type];
  const text = `input: ${input}\nlayers:\n  - { type: ${type}, ${keys} }\n`;
  const { model, problems } = readModelFile(text, { fileName: 'a.model.yaml' });

  it('reads and builds with the parameters that are described', () => {
    expect(problems).toEqual([]);
    const described = allLayers(model!.layers).flatMap(layer =>
      ownParametersOf(layer).map(parameter => [parameterName(layer, parameter), [...parameter.shape]]),
    );
    const built = [...buildNetwork(model!, 'training', 3).parameters].map(([name, { shape }]) => [name, [...shape]]);
    expect(built.sort()).toEqual(described.sort());
  });

  it('is described under its own name', () => {
    expect([undefined, type]).toContain(kindOf(type)?.vocabulary.name);
  });
});
