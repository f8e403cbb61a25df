import { describe, expect, it } from 'vitest';
import { criticalGain, kernelGain, weightScale } from '../../../src/diagnosis/evidence/initial-gain';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { parametersOf } from '../../../src/model/layer-parameters';
import { Random } from '../../../src/engine/random';
import { initialize } from '../../../src/engine/initializers/initialize';
import type { InitializerSpec } from '../../../src/model/model-spec';

describe('criticalGain', () => {
  it.each([
    ['identity', 1],
    ['relu', Math.SQRT2],
    ['leaky-relu', Math.sqrt(2 / 1.0001)],
    ['selu', 1],
    ['tanh', 1.467],
    ['sigmoid', 4.72],
  ] as const)('of %s is %f', (activation, expected) => {
    expect(criticalGain(activation)).toBeCloseTo(expected, activation === 'selu' ? 1 : 2);
  });
});

describe('criticalGain of a gate', () => {
  it.each([
    ['glu', 0],
    ['swiglu', 1],
  ] as const)('%s keeps the gradient by its two random inputs level', (activation, bent) => {
    const random = new Random(3);
    const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
    const value = (z: number): number => sigmoid(z) * (bent === 1 ? z : 1);
    let sum = 0;
    for (let i = 0; i < 100_000; i++) {
      const [plain, through] = [random.normal(), random.normal()];
      const slope = (value(through + 1e-5) - value(through - 1e-5)) / 2e-5;
      sum += value(through) ** 2 + (plain * slope) ** 2;
    }
    expect(criticalGain(activation)).toBeCloseTo(1 / Math.sqrt(sum / 100_000), 2);
  });
});

describe('weightScale', () => {
  it.each<InitializerSpec>([
    { type: 'ones' },
    { type: 'constant', value: -0.3 },
    { type: 'normal', mean: 0.1, std: 0.4 },
    { type: 'truncated-normal', mean: 0, std: 0.2 },
    { type: 'uniform', minimum: -0.1, maximum: 0.5 },
    { type: 'glorot-uniform' },
    { type: 'glorot-normal' },
    { type: 'he-uniform' },
    { type: 'he-normal' },
    { type: 'lecun-uniform' },
    { type: 'lecun-normal' },
    { type: 'orthogonal', gain: 1.5 },
    { type: 'variance-scaling', scale: 3, mode: 'fan-average', distribution: 'uniform' },
  ])('is the root mean square of what the engine draws: $type', initializer => {
    const [rows, columns] = [120, 80];
    const drawn = new Float64Array(rows * columns);
    initialize(drawn, [rows, columns], initializer, new Random(7));
    const measured = Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length);
    expect(weightScale(initializer, columns, rows) / measured).toBeCloseTo(1, 1);
  });
});

describe('kernelGain', () => {
  it.each([
    ['type: conv2d, filters: 24, kernel: 3', '[16, 9, 9]'],
    ['type: conv2d, filters: 40, kernel: 3, groups: 8', '[40, 9, 9]'],
    ['type: conv2d, filters: 24, kernel: 3, kernel_initializer: he-normal', '[16, 9, 9]'],
    ['type: conv1d, filters: 90, kernel: 5, kernel_initializer: orthogonal', '[12, 9]'],
    ['type: dense, units: 70', '80'],
  ])('is that of the weights which the engine draws: %s', (fields, input) => {
    const { model } = compileModel(parseModelFile(`input: ${input}\nlayers: [{ ${fields} }]\n`, 'yaml'));
    const layer = model!.layers[0];
    const { shape, initializer } = parametersOf(layer)[0];
    const drawn = new Float64Array(shape.reduce((product, size) => product * size, 1));
    initialize(drawn, shape, initializer, new Random(7));
    const squares = drawn.reduce((sum, value) => sum + value * value, 0);
    expect(kernelGain(layer)! / Math.sqrt(squares / shape[0])).toBeCloseTo(1, 1);
  });

  it('of a transposed convolution is that of the values which an output gets on average', () => {
    const text =
      'input: [16, 5, 5]\nlayers: [{ type: conv2d-transpose, filters: 24, kernel: 4, stride: 2, kernel_initializer: he-normal }]\n';
    const layer = compileModel(parseModelFile(text, 'yaml')).model!.layers[0];
    const { shape, initializer } = parametersOf(layer)[0];
    const drawn = new Float64Array(shape.reduce((product, size) => product * size, 1));
    initialize(drawn, shape, initializer, new Random(7));
    const squares = drawn.reduce((sum, value) => sum + value * value, 0);
    expect(kernelGain(layer)! / Math.sqrt(squares / 24 / 4)).toBeCloseTo(1, 1);
  });

  it('of a separable convolution is the product of its two', () => {
    const text =
      'input: [30, 9, 9]\nlayers: [{ type: separable-conv2d, filters: 40, kernel: 3, depth_multiplier: 2 }]\n';
    const layer = compileModel(parseModelFile(text, 'yaml')).model!.layers[0];
    const gains = parametersOf(layer)
      .slice(0, 2)
      .map(({ shape, initializer }) => {
        const drawn = new Float64Array(shape.reduce((product, size) => product * size, 1));
        initialize(drawn, shape, initializer, new Random(7));
        return Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0) / shape[0]);
      });
    expect(kernelGain(layer)! / (gains[0] * gains[1])).toBeCloseTo(1, 1);
  });
});
