import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Tensors one after another along an axis, in which alone they may differ; `axis` counts with the batch as 0 (PyTorch's
 * `cat`). Each gets its part of dy as its gradient.
 */
export function concatenate(graph: Graph, tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors as readonly [Tensor, ...Tensor[]];
  const rows = sizeOf(first.shape.slice(0, axis));
  const columns = tensors.map(({ shape }) => sizeOf(shape.slice(axis)));
  const width = columns.reduce((sum, count) => sum + count, 0);
  const starts = columns.map((_, index) => columns.slice(0, index).reduce((sum, count) => sum + count, 0));
  const joined = tensors.reduce((sum, { shape }) => sum + shape[axis], 0);
  const y = graph.tensor(first.shape.map((size, index) => (index === axis ? joined : size)));
  tensors.forEach((x, index) => {
    graph.emit('copyRows', x, 0, columns[index], y, starts[index], width, rows, columns[index]);
  });
  return graph.node('concatenate', tensors, y, (dy, gradients) => {
    tensors.forEach((x, index) => {
      const dx = graph.tensor(x.shape);
      graph.emit('copyRows', dy, starts[index], width, dx, 0, columns[index], rows, columns[index]);
      gradients.add(x, dx);
    });
  });
}
