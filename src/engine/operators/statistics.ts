/** Variances, norms and normalized exponentials over any axes: composed of arithmetic and sums. */
import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { activation } from './activation';
import { arithmetic } from './arithmetic';
import { power } from './curve';
import { affine, clamp, elementMap } from './element-map';
import { largest } from './largest';
import { multiply } from './multiply';
import { transpose } from './permute';
import { stopGradient } from './stop-gradient';
import { mean, reduced, sum, type ReductionOptions } from './sum';

export interface VarianceOptions extends ReductionOptions {
  /** Subtracted from the count: 1 for the unbiased estimate, PyTorch's default. */
  readonly correction?: number;
}

/** The variance over axes. */
export function variance(
  graph: Graph,
  x: Tensor,
  axes: readonly number[],
  { correction = 1, keepAxes }: VarianceOptions = {},
): Tensor {
  const count = sizeOf(axes.map(axis => x.shape[axis]));
  const centered = arithmetic(graph, 'subtract', x, mean(graph, x, axes, { keepAxes: true }));
  const squares = sum(graph, multiply(graph, centered, centered), axes, { keepAxes });
  return affine(graph, squares, 1 / (count - correction));
}

/** The standard deviation over axes. */
export function deviation(graph: Graph, x: Tensor, axes: readonly number[], options: VarianceOptions = {}): Tensor {
  return elementMap(graph, 'square-root', variance(graph, x, axes, options));
}

/** The norm over axes: (Σ |x|^order)^(1 / order), the largest |x| where the order is infinite. */
export function vectorNorm(
  graph: Graph,
  x: Tensor,
  axes: readonly number[],
  { order = 2, keepAxes }: ReductionOptions & { readonly order?: number } = {},
): Tensor {
  if (order === 2) return elementMap(graph, 'square-root', sum(graph, multiply(graph, x, x), axes, { keepAxes }));
  const sizes = elementMap(graph, 'absolute', x);
  if (order === Infinity) return largest(graph, sizes, axes, { ties: 'shared', keepAxes });
  if (order === 1) return sum(graph, sizes, axes, { keepAxes });
  return power(graph, sum(graph, power(graph, sizes, order), axes, { keepAxes }), 1 / order);
}

/** x / max(‖x‖, epsilon) along an axis (PyTorch's `normalize`). */
export function normalize(graph: Graph, x: Tensor, axis: number, epsilon = 1e-12): Tensor {
  return arithmetic(graph, 'divide', x, clamp(graph, vectorNorm(graph, x, [axis], { keepAxes: true }), epsilon));
}

/** log Σ exp(x) over axes, without overflow. */
export function logSumExp(graph: Graph, x: Tensor, axes: readonly number[], options: ReductionOptions = {}): Tensor {
  const { top, total } = shifted(graph, x, axes);
  return reduced(graph, arithmetic(graph, 'add', elementMap(graph, 'logarithm', total), top), axes, options);
}

/** log of the softmax along an axis. */
export function logSoftmax(graph: Graph, x: Tensor, axis: number): Tensor {
  const { rest, total } = shifted(graph, x, [axis]);
  return arithmetic(graph, 'subtract', rest, elementMap(graph, 'logarithm', total));
}

/** The softmax along any axis. */
export function softmax(graph: Graph, x: Tensor, axis: number): Tensor {
  const last = x.shape.length - 1;
  if (axis === last) return activation(graph, x, 'softmax');
  return transpose(graph, activation(graph, transpose(graph, x, axis, last), 'softmax'), axis, last);
}

/**
 * x less its largest, and the sum of the exponentials of that. The largest is taken for a constant: it falls out of
 * every result.
 */
function shifted(
  graph: Graph,
  x: Tensor,
  axes: readonly number[],
): { readonly top: Tensor; readonly rest: Tensor; readonly total: Tensor } {
  const top = stopGradient(graph, largest(graph, stopGradient(graph, x), axes, { ties: 'shared', keepAxes: true }));
  const rest = arithmetic(graph, 'subtract', x, top);
  return { top, rest, total: sum(graph, activation(graph, rest, 'exponential'), axes, { keepAxes: true }) };
}
