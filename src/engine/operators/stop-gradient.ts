import type { Graph } from '../graph';
import type { Tensor } from '../tensor';

/** The same numbers, through which no gradient flows (PyTorch's `detach`). */
export function stopGradient(graph: Graph, x: Tensor): Tensor {
  return { ...graph.view(x, x.shape), needsGradient: false };
}
