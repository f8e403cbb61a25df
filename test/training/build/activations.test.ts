/** Activations that change a layer's shape or bring a parameter of their own, from the model file to the records. */
import { describe, expect, it } from 'vitest';
import { parameterCount } from '../../../src/model/resolve/parameter-count';
import { runToEnd } from '../../../src/training/run-in-process';
import { model, problems, withLayers } from '../../frontends/model-file/compile-text';

const OPTIONS = { memoryLimitBytes: 2 ** 28 };
const FEW_STEPS = 'data: teacher\nloss: mse\nsteps: 3\n';

describe('glu and swiglu', () => {
  it('halve what a layer returns, features or channels', () => {
    const layers =
      '  - { type: conv1d, filters: 6, kernel: 3, activation: glu }\n  - { type: flatten }\n' +
      '  - { type: dense, units: 8, activation: swiglu }\n  - { type: dense, units: 2 }';
    const file = model(withLayers(layers, FEW_STEPS, '[2, 8]'));
    expect(file.layers.map(({ outputShape }) => outputShape)).toEqual([[3, 6], [18], [4], [2]]);
    const history = runToEnd(file, OPTIONS);
    expect(history.outcome).toEqual({ kind: 'completed' });
    expect(history.records.length).toBe(3);
  });

  it('refuse what cannot be parted', () => {
    const found = problems(withLayers('  - { type: dense, units: 5, activation: glu }'));
    expect(found).toMatchObject([
      {
        code: 'shape-mismatch',
        message: '`dense1` (dense) makes [5], and `glu` cannot part 5 features ' + 'into halves; make them 6.',
      },
    ]);
  });
});

describe('prelu', () => {
  it("trains a slope beside the layer's weights, from PyTorch's 0.25 on, and one a channel as a layer", () => {
    const layers =
      '  - { type: conv1d, filters: 3, kernel: 3, activation: prelu }\n  - { type: prelu, slopes: channels, slope: 0.1 }\n' +
      '  - { type: residual, activation: prelu, layers: [{ type: activation, activation: tanh }] }\n' +
      '  - { type: flatten }\n  - { type: dense, units: 2, activation: prelu }';
    const file = model(withLayers(layers, FEW_STEPS, '[2, 8]'));
    expect(file.layers.map(parameterCount)).toEqual([3 * 2 * 3 + 3 + 1, 3, 1, 0, 18 * 2 + 2 + 1]);
    const history = runToEnd(file, OPTIONS);
    const names = history.layout.parameters.map(({ name, shape }) => `${name}[${shape.join()}]`);
    expect(names).toEqual([
      'conv1d1.weight[3,2,3]',
      'conv1d1.bias[3]',
      'conv1d1.slope[1]',
      'prelu1.weight[3]',
      'residual1.slope[1]',
      'dense1.weight[2,18]',
      'dense1.bias[2]',
      'dense1.slope[1]',
    ]);
    const [first] = history.records;
    const normOf = (name: string): number =>
      first.parameterNorms[history.layout.parameters.findIndex(each => each.name === name)];
    expect(normOf('conv1d1.slope')).toBeCloseTo(0.25, 12);
    expect(normOf('prelu1.weight')).toBeCloseTo(Math.sqrt(3) * 0.1, 6);
    expect(first.parameterGradientNorms.every(norm => norm > 0)).toBe(true);
  });
});
