/** The largest and smallest over axes: with the gradient to one of equal numbers, or to all of them in equal shares. */
import type { Graph } from '../graph';
import { sizeOf, type IdTensor, type Tensor } from '../tensor';
import { combined, sumTo } from './broadcast';
import { affine } from './element-map';
import { permute } from './permute';
import { reshape } from './reshape';
import { keptShape, reduced, type ReductionOptions } from './sum';

/** Which of several equal numbers gets the gradient: the first, as PyTorch's `max(dim)`, or all, as its `amax`. */
export interface ExtremeOptions extends ReductionOptions {
  readonly ties: 'first' | 'shared';
}

/** The largest over axes. */
export function largest(graph: Graph, x: Tensor, axes: readonly number[], options: ExtremeOptions): Tensor {
  const shape = keptShape(x.shape, axes);
  const y = options.ties === 'first' ? firstLargest(graph, x, axes) : sharedLargest(graph, x, axes);
  return reduced(graph, reshape(graph, y, shape), axes, options);
}

/** The smallest over axes. */
export function smallest(graph: Graph, x: Tensor, axes: readonly number[], options: ExtremeOptions): Tensor {
  return affine(graph, largest(graph, affine(graph, x, -1), axes, options), -1);
}

/** Largest of one axis in the middle: a map whose columns are pooled. Several axes are brought together first. */
function firstLargest(graph: Graph, x: Tensor, axes: readonly number[]): Tensor {
  const sorted = axes.toSorted((a, b) => a - b);
  if (sorted.some((axis, index) => index > 0 && axis !== sorted[index - 1] + 1)) {
    const others = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
    const together = permute(graph, x, [...others, ...sorted]);
    return firstLargest(
      graph,
      together,
      sorted.map((_, index) => others.length + index),
    );
  }
  const { y, places, outer, middle, inner } = pooled(graph, x, sorted[0], sorted[sorted.length - 1] + 1);
  return graph.node('first-largest', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('maxPoolBackward', dy, places, dx, outer, middle * inner, inner);
    gradients.add(x, dx);
  });
}

/** Largest of all axes, one after another; the gradient goes to all numbers that are as large. */
function sharedLargest(graph: Graph, x: Tensor, axes: readonly number[]): Tensor {
  const y = axes.reduce((found, axis) => pooled(graph, found, axis, axis + 1).y, x);
  return graph.node('shared-largest', [x], y, (dy, gradients) => {
    const isLargest = combined(graph, 'equal', x, y);
    const share = combined(graph, 'divide', dy, sumTo(graph, isLargest, y.shape));
    gradients.add(x, combined(graph, 'multiply', isLargest, share));
  });
}

interface Pooled {
  readonly y: Tensor;
  /** Where the first largest stand. */
  readonly places: IdTensor;
  readonly outer: number;
  readonly middle: number;
  readonly inner: number;
}

/** The largest over the axes from `start` to before `end`, each left with the size 1: each column of a map is a window. */
function pooled(graph: Graph, x: Tensor, start: number, end: number): Pooled {
  const [outer, middle, inner] = [x.shape.slice(0, start), x.shape.slice(start, end), x.shape.slice(end)].map(sizeOf);
  const y = graph.tensor(
    x.shape.map((size, axis) => (axis >= start && axis < end ? 1 : size)),
    x.needsGradient,
  );
  const places = graph.places(y.shape, middle * inner);
  graph.emit('maxPool', x, y, places, outer, 1, middle, inner, middle, 1, 1, 1, 0, 0, 1, 1, 1, inner);
  return { y, places, outer, middle, inner };
}
