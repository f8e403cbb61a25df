import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * The axes in another order: axis i of y is axis `order[i]` of x (PyTorch's `permute`), the batch being axis 0, which
 * stays in front. Of up to four axes besides it. The gradient takes the way back.
 */
export function permute(graph: Graph, x: Tensor, order: readonly number[]): Tensor {
  const y = graph.tensor(order.map(axis => x.shape[axis]));
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

function emitPermute(graph: Graph, x: Tensor, y: Tensor, order: readonly number[]): void {
  const sizes = order.slice(1).map(axis => x.shape[axis]);
  const strides = order.slice(1).map(axis => sizeOf(x.shape.slice(axis + 1)));
  const missing = MOST_AXES - sizes.length;
  if (missing < 0) throw new Error(`At most ${MOST_AXES} axes besides the batch can be permuted, not ${sizes.length}.`);
  const [a, b, c, d] = [...Array<number>(missing).fill(1), ...sizes] as [number, number, number, number];
  const [s, t, u, v] = [...Array<number>(missing).fill(0), ...strides] as [number, number, number, number];
  graph.emit('permute', x, y, x.shape[0], a, b, c, d, s, t, u, v);
}

const MOST_AXES = 4;
