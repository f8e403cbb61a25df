import type { Graph } from '../graph';
import { hash32 } from '../kernels/hash';
import type { RunState } from '../instruction';
import type { Tensor } from '../tensor';

/**
 * Inverted dropout: each element is 0 with probability `rate`, else x / (1 - rate); in evaluation y = x. The mask is a
 * function of the session's seed, the step, the place of this node in the graph and the element's index, so that it is
 * drawn twice, not stored.
 */
export function dropout(graph: Graph, x: Tensor, rate: number): Tensor {
  if (graph.mode === 'evaluation' || rate === 0) return x;
  const stream = hash32(graph.nodes.length + 1);
  const key = (run: RunState): number => hash32(run.dropoutKey ^ stream);
  const y = graph.tensor(x.shape);
  graph.emit('dropout', x, y, rate, key);
  return graph.node('dropout', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('dropout', dy, dx, rate, key);
    gradients.add(x, dx);
  });
}
