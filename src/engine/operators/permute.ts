import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { sixAxes, stridesOf } from './strides';

/** The axes in another order: axis i of y is axis `order[i]` of x (PyTorch's `permute`). The gradient takes the way back. */
export function permute(graph: Graph, x: Tensor, order: readonly number[]): Tensor {
  const y = graph.tensor(
    order.map(axis => x.shape[axis]),
    x.needsGradient,
  );
  emitPermute(graph, x, y, order);
  return graph.node('permute', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    emitPermute(
      graph,
      dy,
      dx,
      order.map((_, axis) => order.indexOf(axis)),
    );
    gradients.add(x, dx);
  });
}

/** Copies x into y with its axes in another order. */
export function emitPermute(graph: Graph, x: Tensor, y: Tensor, order: readonly number[]): void {
  const strides = stridesOf(x.shape);
  const axes = sixAxes(
    y.shape,
    order.map(axis => strides[axis]),
    stridesOf(y.shape),
  );
  graph.emit('copyStrided', x, 0, y, 0, false, ...axes);
}

/** Two axes exchanged. */
export function transpose(graph: Graph, x: Tensor, first: number, second: number): Tensor {
  return permute(
    graph,
    x,
    x.shape.map((_, axis) => (axis === first ? second : axis === second ? first : axis)),
  );
}
