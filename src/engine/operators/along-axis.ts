import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { keptShape, reduced, type ReductionOptions } from './sum';

/** The sums of an axis up to each of its entries (PyTorch's `cumsum`). */
export function cumulativeSum(graph: Graph, x: Tensor, axis: number): Tensor {
  const sizes = partsAround(x, axis);
  const y = graph.tensor(x.shape, x.needsGradient);
  graph.emit('cumulativeSum', x, y, ...sizes, false);
  return graph.node('cumulative-sum', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('cumulativeSum', dy, dx, ...sizes, true);
    gradients.add(x, dx);
  });
}

/** The product over an axis. */
export function product(graph: Graph, x: Tensor, axis: number, options: ReductionOptions = {}): Tensor {
  const sizes = partsAround(x, axis);
  const y = graph.tensor(keptShape(x.shape, [axis]), x.needsGradient);
  graph.emit('productMiddle', x, y, ...sizes);
  const node = graph.node('product', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('productMiddleBackward', x, dy, dx, ...sizes);
    gradients.add(x, dx);
  });
  return reduced(graph, node, [axis], options);
}

function partsAround({ shape }: Tensor, axis: number): readonly [outer: number, middle: number, inner: number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
}
