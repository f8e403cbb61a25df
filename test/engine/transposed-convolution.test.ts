/**
 * Transposed convolution, upsampling and uneven padding against their definitions, over random options, in both kernel
 * sets.
 */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { averagePool, maxPool } from '../../src/engine/operators/pool';
import { transposedConvolution } from '../../src/engine/operators/transposed-convolution';
import { upsample } from '../../src/engine/operators/upsample';
import { Random } from '../../src/engine/random';
import { createSession } from '../../src/engine/session';
import type { Tensor } from '../../src/engine/tensor';

const PLAIN_DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
type NumberSet = readonly [kernels: 'reference' | 'simd', precision: 'float32' | 'float64', digits: number];
const SETS: readonly NumberSet[] = [
  ['reference', 'float64', 11],
  ['simd', 'float32', 4],
];

/** Random input and weight through an operator. */
function run(
  random: Random,
  shape: readonly number[],
  weightShape: readonly number[],
  [kernels, precision]: NumberSet,
  build: (graph: Graph, x: Tensor, weight: Tensor) => Tensor,
) {
  const graph = new Graph('training', shape[0]);
  const weight = graph.parameter('weight', weightShape);
  const y = build(graph, graph.input('x', shape), weight);
  elementwiseLoss(graph, 'mse', y, graph.target('target', y.shape));
  const session = createSession({ training: graph, optimizer: PLAIN_DESCENT, seed: 1, kernels, precision });
  const x = Array.from({ length: shape.reduce((a, b) => a * b) }, () => Math.fround(random.normal()));
  session.feed('x', x);
  session.feed('target', new Array<number>(y.storage.length).fill(0));
  const weights = session.parameter('weight');
  weights.forEach((_, i) => {
    weights[i] = random.normal();
  });
  session.gradients();
  return { x, weights: [...weights], y: [...session.output('training')], shape: y.shape };
}

const closeTo = (got: readonly number[], expected: readonly number[], digits: number): void => {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, digits));
};
const pair = (random: Random, least: number, choices: number): readonly [number, number] => [
  least + random.integer(choices),
  least + random.integer(choices),
];

describe.each(SETS)('%s', (...set) => {
  it('a transposed convolution spreads every element over its window', () => {
    const random = new Random(21);
    for (let example = 0; example < 30; example++) {
      const groups = 1 + random.integer(2);
      const [kernel, stride, dilation] = [pair(random, 1, 4), pair(random, 1, 3), pair(random, 1, 2)];
      const padding = kernel.map((size, axis) => random.integer(1 + dilation[axis] * (size - 1)) >> 1);
      const outputPadding = stride.map((size, axis) => random.integer(Math.max(size, dilation[axis])));
      const [channels, depth] = [groups * (1 + random.integer(2)), 1 + random.integer(2)];
      const [height, width] = pair(random, 3, 3);
      const { x, weights, y, shape } = run(
        random,
        [2, channels, height, width],
        [channels, depth, ...kernel],
        set,
        (graph, input, weight) =>
          transposedConvolution(graph, input, weight, undefined, {
            kernel,
            stride,
            padding,
            dilation,
            outputPadding,
            groups,
          }),
      );
      const [, filters, tall, wide] = shape as [number, number, number, number];
      expect([filters, tall, wide]).toEqual([
        depth * groups,
        ...[height, width].map(
          (size, axis) =>
            (size - 1) * stride[axis] -
            2 * padding[axis] +
            dilation[axis] * (kernel[axis] - 1) +
            outputPadding[axis] +
            1,
        ),
      ]);
      const expected = new Array<number>(y.length).fill(0);
      for (let n = 0; n < 2; n++)
        for (let c = 0; c < channels; c++)
          for (let p = 0; p < height; p++)
            for (let q = 0; q < width; q++) {
              for (let d = 0; d < depth; d++)
                for (let i = 0; i < kernel[0]; i++)
                  for (let j = 0; j < kernel[1]; j++) {
                    const f = Math.floor(c / (channels / groups)) * depth + d;
                    const row = p * stride[0] - padding[0] + i * dilation[0];
                    const column = q * stride[1] - padding[1] + j * dilation[1];
                    if (row < 0 || row >= tall || column < 0 || column >= wide) continue;
                    expected[((n * filters + f) * tall + row) * wide + column] +=
                      x[((n * channels + c) * height + p) * width + q] *
                      weights[((c * depth + d) * kernel[0] + i) * kernel[1] + j];
                  }
            }
      closeTo(y, expected, set[2]);
    }
  });

  it('upsampling repeats every element', () => {
    const random = new Random(22);
    const { x, y, shape } = run(random, [2, 3, 2, 4], [1], set, (graph, input) => upsample(graph, input, [3, 2]));
    expect(shape).toEqual([2, 3, 6, 8]);
    closeTo(
      y,
      y.map((_, at) => {
        const [map, row, column] = [Math.floor(at / 48), Math.floor(at / 8) % 6, at % 8];
        return x[(map * 2 + Math.floor(row / 3)) * 4 + Math.floor(column / 2)];
      }),
      set[2],
    );
  });

  it('padding of `same` counts neither in a largest value nor in a mean', () => {
    const options = { kernel: [4], stride: [2], padding: [1], paddingAfter: [2], dilation: [1] };
    for (const average of [false, true]) {
      const { x, y, shape } = run(new Random(23), [2, 1, 7], [1], set, (graph, input) =>
        average ? averagePool(graph, input, options, false) : maxPool(graph, input, options),
      );
      expect(shape).toEqual([2, 1, 4]);
      closeTo(
        y,
        y.map((_, at) => {
          const start = 2 * (at % 4) - 1;
          const window = x
            .slice(7 * Math.floor(at / 4), 7 * Math.floor(at / 4) + 7)
            .slice(Math.max(0, start), start + 4);
          return average ? window.reduce((a, b) => a + b) / window.length : Math.max(...window);
        }),
        set[2],
      );
    }
  });
});
