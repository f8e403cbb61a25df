import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { cumulativeSum, product } from '../../src/engine/operators/along-axis';
import { arithmetic } from '../../src/engine/operators/arithmetic';
import { convolution3d } from '../../src/engine/operators/convolution-3d';
import { curve, power } from '../../src/engine/operators/curve';
import { einsum } from '../../src/engine/operators/einsum';
import { clamp, elementMap } from '../../src/engine/operators/element-map';
import { repeat, repeatEach } from '../../src/engine/operators/expand';
import { fold, pixelShuffle, pixelUnshuffle, unfold } from '../../src/engine/operators/fold';
import { gather, scatterAdd } from '../../src/engine/operators/gather';
import { instanceNorm } from '../../src/engine/operators/instance-norm';
import { largest, smallest } from '../../src/engine/operators/largest';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { compare, lowerTriangle, numberTensor, where } from '../../src/engine/operators/mask';
import { matmul } from '../../src/engine/operators/matmul';
import { multiply } from '../../src/engine/operators/multiply';
import { pad, type PadMode } from '../../src/engine/operators/pad';
import { adaptiveAveragePool, adaptiveMaxPool, interpolate } from '../../src/engine/operators/resample';
import { assignSlice, chunk, flip, roll, slice } from '../../src/engine/operators/slice';
import * as statistics from '../../src/engine/operators/statistics';
import { createSession } from '../../src/engine/session';
import type { IdTensor, Tensor } from '../../src/engine/tensor';

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly y: readonly number[];
  readonly inputs: readonly {
    readonly shape: readonly number[];
    readonly values: readonly number[];
    readonly gradient: readonly number[];
  }[];
}

const CASES = JSON.parse(readFileSync(new URL('pytorch-tensors.json', import.meta.url), 'utf8')) as readonly Case[];

const WINDOWS = { kernel: [2, 2], stride: [1, 2], padding: [1, 0], dilation: [2, 1] };
const padded =
  (mode: PadMode) =>
  (graph: Graph, x: Tensor): Tensor =>
    pad(
      graph,
      x,
      [
        { axis: 3, before: 2, after: 1 },
        { axis: 2, before: 1, after: 2 },
      ],
      { mode },
    );
const idsOf = (graph: Graph): IdTensor => graph.constantIds([3, 2], [0, 3, 1, 1, 2, 0], 4);
/** Each case of `pytorch-tensors.py` with our operators. */
const BUILDS: Readonly<Record<string, (graph: Graph, ...inputs: readonly [Tensor, Tensor, Tensor]) => Tensor>> = {
  'broadcast subtract': (graph, a, b) => arithmetic(graph, 'subtract', a, b),
  'broadcast divide': (graph, a, b) => arithmetic(graph, 'divide', a, b),
  'maximum with ties': (graph, a, b) => arithmetic(graph, 'maximum', a, b),
  'minimum with ties': (graph, a, b) => arithmetic(graph, 'minimum', a, b),
  'power 3': (graph, x) => power(graph, x, 3),
  'power 1.5': (graph, x) => power(graph, x, 1.5),
  erf: (graph, x) => curve(graph, 'error-function', x),
  'sine of cosine': (graph, x) => curve(graph, 'sine', curve(graph, 'cosine', x)),
  clamp: (graph, x) => clamp(graph, x, -1, 1),
  'absolute at 0': (graph, x) => elementMap(graph, 'absolute', x),
  slices: (graph, x) =>
    multiply(
      graph,
      slice(graph, slice(graph, x, 1, { start: 1, stop: -1 }), 2, { step: 3 }),
      slice(graph, slice(graph, x, 1, { start: -1 }), 2, { stop: 2 }),
    ),
  assignment: (graph, x, value) => assignSlice(graph, x, value, [{}, { start: 1, stop: 3 }, { step: 2 }]),
  chunks: (graph, x) => {
    const [a, b] = chunk(graph, x, 1, 3);
    return multiply(graph, a, b);
  },
  'flip and roll': (graph, x) => multiply(graph, flip(graph, x, [0]), roll(graph, x, 1, 2)),
  reflect: padded('reflect'),
  replicate: padded('replicate'),
  circular: padded('circular'),
  repeat: (graph, x) => repeat(graph, x, [2, 1, 3]),
  repeat_interleave: (graph, x) => repeatEach(graph, x, 1, 2),
  'matmul, broadcast': (graph, a, b) => matmul(graph, a, b),
  'matmul of a vector': (graph, a, b) => matmul(graph, a, b),
  einsum: (graph, q, k) => einsum(graph, 'bqhd,bkhd->bhqk', [q, k]),
  'einsum of three': (graph, a, b, c) => einsum(graph, 'bi,ij,bj->b', [a, b, c]),
  'einsum without a result': (graph, a, b) => einsum(graph, 'bi,ia', [a, b]),
  'max of an axis with ties': (graph, x) => largest(graph, x, [1], { ties: 'first' }),
  'amax with ties': (graph, x) => largest(graph, x, [0, 1], { ties: 'shared' }),
  'amin with ties': (graph, x) => smallest(graph, x, [0, 2], { ties: 'shared', keepAxes: true }),
  variance: (graph, x) => statistics.variance(graph, x, [0, 2]),
  'deviation, biased': (graph, x) => statistics.deviation(graph, x, [1], { correction: 0, keepAxes: true }),
  'norm 3': (graph, x) => statistics.vectorNorm(graph, x, [1], { order: 3 }),
  normalize: (graph, x) => statistics.normalize(graph, x, 1),
  log_softmax: (graph, x) => statistics.logSoftmax(graph, x, 1),
  softmax: (graph, x) => statistics.softmax(graph, x, 0),
  logsumexp: (graph, x) => statistics.logSumExp(graph, x, [0, 2]),
  cumsum: (graph, x) => cumulativeSum(graph, x, 1),
  'prod with a zero': (graph, x) => product(graph, x, 1),
  gather: (graph, x) => gather(graph, x, 1, idsOf(graph)),
  scatter_add: (graph, x, values) => scatterAdd(graph, x, 1, idsOf(graph), values),
  where: (graph, a, b) => where(graph, compare(graph, 'greater', a, b), multiply(graph, a, b), b),
  tril: (graph, x) => {
    const mask = graph.constant([4, 4], lowerTriangle(4, 4, -1));
    return where(graph, mask, x, numberTensor(graph, 0));
  },
  pixel_shuffle: (graph, x) => pixelShuffle(graph, x, 2),
  pixel_unshuffle: (graph, x) => pixelUnshuffle(graph, x, 2),
  unfold: (graph, x) => unfold(graph, x, WINDOWS),
  fold: (graph, x) => fold(graph, x, [4, 5], WINDOWS),
  bilinear: (graph, x) => interpolate(graph, x, [5, 7], { mode: 'linear' }),
  'bilinear, smaller': (graph, x) => interpolate(graph, x, [3, 4], { mode: 'linear' }),
  'bilinear, corners aligned': (graph, x) => interpolate(graph, x, [5, 7], { mode: 'linear', alignCorners: true }),
  bicubic: (graph, x) => interpolate(graph, x, [5, 7], { mode: 'cubic' }),
  nearest: (graph, x) => interpolate(graph, x, [5, 7], { mode: 'nearest' }),
  'bilinear by a factor': (graph, x) => interpolate(graph, x, [4, 7], { mode: 'linear', scale: [1.5, 1.5] }),
  'adaptive average pool': (graph, x) => adaptiveAveragePool(graph, x, [2, 3]),
  'adaptive max pool': (graph, x) => adaptiveMaxPool(graph, x, [2, 3]),
  conv3d: (graph, x, weight, bias) =>
    convolution3d(graph, x, weight, bias, {
      kernel: [2, 3, 2],
      stride: [1, 2, 1],
      padding: [1, 0, 1],
      dilation: [2, 1, 1],
    }),
  'instance norm': (graph, x) => instanceNorm(graph, x, undefined, 1e-5),
};

/** Output and gradients of a case; in float32 both kernel sets are tried. */
function run(
  { name, inputs }: Case,
  kernels: 'simd' | 'reference',
  precision: 'float32' | 'float64',
): { readonly shape: readonly number[]; readonly y: Float32Array | Float64Array; gradients: ArrayLike<number>[] } {
  const graph = new Graph('training', 1);
  const parameters = inputs.map(({ shape }, index) => graph.parameter(`x${index}`, shape));
  const output = BUILDS[name](graph, ...(parameters as unknown as [Tensor, Tensor, Tensor]));
  elementwiseLoss(graph, 'mse', output, graph.target('target', output.shape));
  const optimizer = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
  const session = createSession({ training: graph, optimizer, seed: 3, kernels, precision });
  inputs.forEach(({ values }, index) => session.parameter(`x${index}`).set(values));
  session.gradients();
  const gradients = inputs.map((_, index) => session.gradient(`x${index}`).slice());
  return { shape: output.shape, y: session.output('training').slice(), gradients };
}

describe.each([
  ['reference', 'float64', 1e-11],
  ['reference', 'float32', 3e-6],
  ['simd', 'float32', 3e-6],
] as const)('tensors of any shape as PyTorch has them: %s, %s', (kernels, precision, tolerance) => {
  it.each(CASES.map(given => [given.name, given] as const))('%s', (_, given) => {
    const { shape, y, gradients } = run(given, kernels, precision);
    const close = (got: ArrayLike<number>, wanted: readonly number[], what: string): void => {
      expect(got.length, what).toBe(wanted.length);
      const size = Math.max(1, ...wanted.map(Math.abs));
      wanted.forEach((value, i) => expect(Math.abs(got[i] - value), `${what}[${i}]`).toBeLessThan(tolerance * size));
    };
    expect(shape).toEqual(given.shape);
    close(y, given.y, 'y');
    given.inputs.forEach(({ gradient }, index) => close(gradients[index], gradient, `gradient by input ${index}`));
  });
});
