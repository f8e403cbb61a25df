/** Maps brought to another size. Along each axis this is one matrix, so that bilinear interpolation is two products. */
import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { concatenate } from './concatenate';
import { largest } from './largest';
import { matmul } from './matmul';
import { transpose } from './permute';
import { slice } from './slice';

/** How sizes are interpolated between, PyTorch's names: of one axis `linear`, of two `bilinear` or `bicubic`. */
export type Interpolation = 'nearest' | 'linear' | 'cubic';

export interface InterpolationOptions {
  readonly mode: Interpolation;
  /** Whether the outermost elements stay where they are (PyTorch's `align_corners`). */
  readonly alignCorners?: boolean;
  /** Factor of each axis, where it was given in place of a size: places are counted by it. */
  readonly scale?: readonly number[];
}

/** x `[n, channels, ...]` brought to these sizes. */
export function interpolate(
  graph: Graph,
  x: Tensor,
  sizes: readonly number[],
  { mode, alignCorners = false, scale }: InterpolationOptions,
): Tensor {
  return sizes.reduce((y, size, axis) => {
    const before = y.shape[2 + axis];
    if (before === size) return y;
    const step = alignCorners ? (size > 1 ? (before - 1) / (size - 1) : 0) : scale ? 1 / scale[axis] : before / size;
    const weights = Array.from({ length: size }, (_, i) => weightsOf(mode, i, { step, alignCorners, before }));
    return mixed(graph, y, 2 + axis, weights);
  }, x);
}

/** Where elements come from along an axis. */
interface Sampling {
  /** Elements from one to the next. */
  readonly step: number;
  readonly alignCorners: boolean;
  /** Elements there are. */
  readonly before: number;
}

/** The share of each of `before` elements in element `i`. Elements beyond the edges are the outermost ones. */
function weightsOf(mode: Interpolation, i: number, { step, alignCorners, before }: Sampling): number[] {
  const weights = new Array<number>(before).fill(0);
  const add = (at: number, weight: number): void => {
    weights[Math.min(Math.max(at, 0), before - 1)] += weight;
  };
  if (mode === 'nearest') {
    add(Math.floor(i * step), 1);
    return weights;
  }
  const place = alignCorners ? i * step : (i + 0.5) * step - 0.5;
  // PyTorch cuts places off at the edge where it is linear, and none where it is cubic.
  const inside = mode === 'linear' ? Math.max(place, 0) : place;
  const first = Math.floor(inside);
  const rest = inside - first;
  if (mode === 'linear') {
    add(first, 1 - rest);
    add(first + 1, rest);
  } else {
    for (let k = -1; k <= 2; k++) add(first + k, cubicWeight(Math.abs(k - rest)));
  }
  return weights;
}

/** The cubic convolution kernel (Keys 1981) with PyTorch's a = -0.75. */
function cubicWeight(distance: number): number {
  const a = -0.75;
  if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  return a * (((distance - 5) * distance + 8) * distance - 4);
}

/** The mean of as many windows along each axis as asked for, which may overlap (PyTorch's `adaptive_avg_pool`). */
export function adaptiveAveragePool(graph: Graph, x: Tensor, sizes: readonly number[]): Tensor {
  return sizes.reduce((y, size, axis) => {
    const before = y.shape[2 + axis];
    if (before === size) return y;
    const weights = adaptiveWindows(before, size).map(({ start, stop }) =>
      Array.from({ length: before }, (_, i) => (i >= start && i < stop ? 1 / (stop - start) : 0)),
    );
    return mixed(graph, y, 2 + axis, weights);
  }, x);
}

/** The largest of those windows (PyTorch's `adaptive_max_pool`). */
export function adaptiveMaxPool(graph: Graph, x: Tensor, sizes: readonly number[]): Tensor {
  return sizes.reduce((y, size, index) => {
    const axis = 2 + index;
    if (y.shape[axis] === size) return y;
    const parts = adaptiveWindows(y.shape[axis], size).map(window =>
      largest(graph, slice(graph, y, axis, window), [axis], { ties: 'first', keepAxes: true }),
    );
    return concatenate(graph, parts, axis);
  }, x);
}

function adaptiveWindows(before: number, size: number): readonly { readonly start: number; readonly stop: number }[] {
  return Array.from({ length: size }, (_, i) => ({
    start: Math.floor((i * before) / size),
    stop: Math.ceil(((i + 1) * before) / size),
  }));
}

/** Every entry of an axis a mixture of those before: one row of weights each. */
function mixed(graph: Graph, x: Tensor, axis: number, weights: readonly (readonly number[])[]): Tensor {
  const matrix = graph.constant([weights.length, weights[0].length], weights.flat());
  const last = x.shape.length - 1;
  if (axis === last) return matmul(graph, x, matrix, { transposed: true });
  return transpose(graph, matmul(graph, transpose(graph, x, axis, last), matrix, { transposed: true }), axis, last);
}
