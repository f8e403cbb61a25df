/**
 * Layers of maps beyond plain convolutions, from the model file to the records: parameters named and shaped as
 * PyTorch's.
 */
import { expect, it } from 'vitest';
import { parameterCount } from '../../../src/model/resolve/parameter-count';
import { runToEnd } from '../../../src/training/run-in-process';
import { model, withLayers } from '../../frontends/model-file/compile-text';

it('an encoder and decoder of maps trains, and every weight gets a gradient', () => {
  const layers = [
    'type: separable-conv2d, filters: 6, kernel: 3, stride: 2, padding: same, depth_multiplier: 2, activation: relu',
    'type: avg-pool2d, size: 2, stride: 1, padding: same',
    'type: conv2d-transpose, filters: 4, kernel: 3, stride: 2, padding: 1, output_padding: 1, groups: 2, activation: relu6',
    'type: max-pool2d, size: 2, padding: same',
    'type: upsample, factor: [2, 2]',
    'type: conv2d, filters: 2, kernel: 4, padding: same',
  ]
    .map(fields => `  - { ${fields} }`)
    .join('\n');
  const file = model(withLayers(layers, 'data: teacher\nloss: mse\nsteps: 3', '[2, 7, 9]'));
  expect(file.layers.map(({ outputShape }) => outputShape)).toEqual([
    [6, 4, 5],
    [6, 4, 5],
    [4, 8, 10],
    [4, 4, 5],
    [4, 8, 10],
    [2, 8, 10],
  ]);
  const history = runToEnd(file, { memoryLimitBytes: 2 ** 28 });
  expect(history.outcome).toEqual({ kind: 'completed' });
  const { parameters } = history.layout;
  expect(parameters.map(({ name, shape }) => `${name}[${shape.join()}]`)).toEqual([
    'separable-conv2d1.depthwise.weight[4,1,3,3]',
    'separable-conv2d1.pointwise.weight[6,4,1,1]',
    'separable-conv2d1.pointwise.bias[6]',
    'conv2d-transpose1.weight[6,2,3,3]',
    'conv2d-transpose1.bias[4]',
    'conv2d1.weight[2,4,4,4]',
    'conv2d1.bias[2]',
  ]);
  expect([...history.records[0].parameterGradientNorms].every(norm => norm > 0)).toBe(true);
  file.layers.forEach((layer, index) => {
    const sizes = parameters
      .filter(parameter => parameter.layer === index)
      .map(({ shape }) => shape.reduce((a, b) => a * b));
    expect(parameterCount(layer), layer.path).toBe(sizes.reduce((a, b) => a + b, 0));
  });
});
