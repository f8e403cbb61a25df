import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { arithmetic } from './arithmetic';
import { isSameShape } from './strides';

/**
 * y = a + b, with broadcasting. Of one shape, as the sum of a residual and its shortcut, both get dy itself as their
 * gradient.
 */
export function add(graph: Graph, a: Tensor, b: Tensor): Tensor {
  if (!isSameShape(a.shape, b.shape)) return arithmetic(graph, 'add', a, b);
  const y = graph.tensor(a.shape);
  graph.emit('add', a, b, y);
  return graph.node('add', [a, b], y, (dy, gradients) => {
    gradients.add(a, dy);
    gradients.add(b, dy);
  });
}
