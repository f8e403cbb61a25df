/** Convolution and pooling against their definitions. */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { mapKernels } from '../../src/engine/kernels/reference/maps';
import type { IdBuffer, NumberBuffer } from '../../src/engine/kernels/buffers';
import { convolution } from '../../src/engine/operators/convolution';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { windowsOver } from '../../src/engine/operators/windows';
import { Random } from '../../src/engine/random';
import { createSession } from '../../src/engine/session';

const buffer = (values: readonly number[]): NumberBuffer => ({
  offset: 0,
  length: values.length,
  data: Float64Array.from(values),
});
const ids = (length: number): IdBuffer => ({ offset: 0, length, data: new Int32Array(length) });
const PLAIN_DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;

/** y[n, f, p, q] by its sum, with no unfolding. */
function convolutionByDefinition(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  [batch, channels, height, width]: readonly number[],
  [filters, depth, kernelHeight, kernelWidth]: readonly number[],
  { stride, padding, dilation }: Readonly<Record<'stride' | 'padding' | 'dilation', readonly number[]>>,
  [outHeight, outWidth]: readonly number[],
): number[] {
  const y: number[] = [];
  const perGroup = filters / (channels / depth);
  for (let n = 0; n < batch; n++)
    for (let f = 0; f < filters; f++) {
      for (let p = 0; p < outHeight; p++)
        for (let q = 0; q < outWidth; q++) {
          let sum = 0;
          for (let d = 0; d < depth; d++)
            for (let i = 0; i < kernelHeight; i++)
              for (let j = 0; j < kernelWidth; j++) {
                const c = Math.floor(f / perGroup) * depth + d;
                const row = p * stride[0] - padding[0] + i * dilation[0];
                const column = q * stride[1] - padding[1] + j * dilation[1];
                if (row < 0 || row >= height || column < 0 || column >= width) continue;
                sum +=
                  x[((n * channels + c) * height + row) * width + column] *
                  weight[((f * depth + d) * kernelHeight + i) * kernelWidth + j];
              }
          y.push(sum);
        }
    }
  return y;
}

describe('convolution', () => {
  it.each([
    ['reference', 'float64'],
    ['simd', 'float32'],
  ] as const)('is its definition, over random options (%s)', (kernels, precision) => {
    const random = new Random(11);
    for (let example = 0; example < 40; example++) {
      const groups = 1 + random.integer(3);
      const pair = (least: number, choices: number): number[] => [
        least + random.integer(choices),
        least + random.integer(choices),
      ];
      const [kernel, stride, padding, dilation] = [pair(1, 3), pair(1, 3), pair(0, 4), pair(1, 2)] as const;
      const [shape, filters] = [[2, groups * (1 + random.integer(2)), ...pair(5, 4)], groups * (1 + random.integer(2))];
      const weightShape = [filters, shape[1] / groups, ...kernel];
      const graph = new Graph('training', 2);
      const x = graph.input('x', shape);
      const weight = graph.parameter('weight', weightShape);
      const y = convolution(graph, x, weight, undefined, { kernel, stride, padding, dilation });
      elementwiseLoss(graph, 'mse', y, graph.target('target', y.shape));
      const session = createSession({ training: graph, optimizer: PLAIN_DESCENT, seed: 3, kernels, precision });
      const values = Array.from({ length: x.storage.length }, () => Math.fround(random.normal()));
      session.feed('x', values);
      session.feed('target', new Array<number>(y.storage.length).fill(0));
      const weights = session.parameter('weight');
      weights.forEach((_, i) => {
        weights[i] = random.normal();
      });
      session.gradients();
      const expected = convolutionByDefinition(
        values,
        weights,
        shape,
        weightShape,
        { stride, padding, dilation },
        y.shape.slice(2),
      );
      const output = session.output('training');
      expect(output.length).toBe(expected.length);
      expected.forEach((value, i) => expect(output[i]).toBeCloseTo(value, precision === 'float64' ? 12 : 4));
    }
  });
});

describe('pooling', () => {
  const options = { kernel: [3], stride: [2], padding: [1], dilation: [1] };

  it('takes padding for minus infinity, not for 0', () => {
    const y = buffer([0, 0, 0]);
    mapKernels.maxPool(buffer([-3, -2, -5, -4, -1]), y, ids(3), ...windowsOver([1, 1, 5], options).windows);
    expect([...y.data]).toEqual([-2, -2, -1]);
  });

  it('gives the gradient to the first of equal elements, and of all windows that it leads', () => {
    const [dx, places] = [buffer([0, 0, 0, 0, 0]), ids(3)];
    mapKernels.maxPool(buffer([1, 7, 7, 2, 2]), buffer([0, 0, 0]), places, ...windowsOver([1, 1, 5], options).windows);
    mapKernels.maxPoolBackward(buffer([1, 10, 100]), places, dx, 1, 5, 3);
    expect([...dx.data]).toEqual([0, 11, 0, 100, 0]);
  });

  it('lets NaN through', () => {
    const y = buffer([0, 0, 0]);
    mapKernels.maxPool(buffer([1, NaN, 3, 9, 4]), y, ids(3), ...windowsOver([1, 1, 5], options).windows);
    expect([...y.data]).toEqual([NaN, NaN, 9]);
  });

  it('drops incomplete windows', () => {
    const windows = windowsOver([1, 1, 5], { kernel: [2], stride: [2], padding: [0], dilation: [1] });
    const y = buffer([0, 0]);
    mapKernels.averagePool(buffer([1, 3, 5, 9, 1000]), y, true, ...windows.windows);
    expect(windows.places).toEqual([2]);
    expect([...y.data]).toEqual([2, 7]);
  });
});
