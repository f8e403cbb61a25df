import type { Graph } from '../graph';
import { hash32 } from '../kernels/hash';
import type { RunState } from '../instruction';
import type { NoiseKind } from '../kernels/plain-tensor-kernels';
import type { Tensor, TensorShape } from '../tensor';

/**
 * Random numbers: uniform in [0, 1) or standard normal. They are a function of the session's seed, the step, the place
 * of this node in the graph and the element's index. Every step draws anew; an evaluation repeats those of the last
 * step.
 */
export function noise(graph: Graph, kind: NoiseKind, shape: TensorShape): Tensor {
  const stream = hash32(graph.nodes.length + 1);
  const key = (run: RunState): number => hash32(run.dropoutKey ^ stream);
  const y = graph.tensor(shape, false);
  graph.emit('noise', kind, y, key);
  return graph.node('noise', [], y, () => {});
}
