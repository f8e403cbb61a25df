import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { arithmetic } from './arithmetic';
import { isSameShape } from './strides';

/** y = a b, element by element, with broadcasting. Of one shape, it is a gate: da = dy b, db = dy a. */
export function multiply(graph: Graph, a: Tensor, b: Tensor): Tensor {
  if (!isSameShape(a.shape, b.shape)) return arithmetic(graph, 'multiply', a, b);
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
