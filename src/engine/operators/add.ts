import type { Graph } from '../graph';
import type { Tensor } from '../tensor';

/** y = a + b, of one shape: the sum of a residual and its shortcut. Both get dy itself as their gradient. */
export function add(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const y = graph.tensor(a.shape);
  graph.emit('add', a, b, y);
  return graph.node('add', [a, b], y, (dy, gradients) => {
    gradients.add(a, dy);
    gradients.add(b, dy);
  });
}
