import type { Graph } from '../graph';
import { sizeOf, type Tensor, type TensorShape } from '../tensor';

/** The same elements in row-major order in another shape; costs nothing. */
export function reshape(graph: Graph, x: Tensor, shape: TensorShape): Tensor {
  return graph.node('reshape', [x], graph.view(x, shape), (dy, gradients) => gradients.add(x, graph.view(dy, x.shape)));
}

/** `[n, ...]` to `[n, all the rest]`. */
export function flatten(graph: Graph, x: Tensor): Tensor {
  const batch = x.shape[0];
  return reshape(graph, x, [batch, sizeOf(x.shape) / batch]);
}
