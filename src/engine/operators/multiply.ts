import type { Graph } from '../graph';
import type { Tensor } from '../tensor';

/** y = a b, element by element, of one shape: a gate. da = dy b, db = dy a. */
export function multiply(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const y = graph.tensor(a.shape);
  graph.emit('multiply', a, b, y);
  return graph.node('multiply', [a, b], y, (dy, gradients) => {
    for (const [x, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const dx = graph.tensor(x.shape);
      graph.emit('multiply', dy, other, dx);
      gradients.add(x, dx);
    }
  });
}
