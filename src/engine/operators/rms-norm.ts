import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Root mean square normalisation over the last axis (Zhang and Sennrich 2019): y = x / sqrt(mean(x²) + epsilon) weight.
 * x `[..., features]`, weight `[features]`.
 */
export function rmsNorm(graph: Graph, x: Tensor, weight: Tensor, epsilon: number): Tensor {
  const columns = x.shape.at(-1)!;
  const rows = sizeOf(x.shape) / columns;
  const y = graph.tensor(x.shape);
  const inverseRms = graph.tensor([rows]);
  graph.emit('rmsNorm', x, weight, y, inverseRms, rows, columns, epsilon);
  return graph.node('rms-norm', [x, weight], y, (dy, gradients) => {
    const [dx, dWeight] = [graph.tensor(x.shape), graph.tensor(weight.shape)];
    graph.emit('rmsNormBackward', x, weight, inverseRms, dy, dx, dWeight, rows, columns);
    gradients.add(x, dx);
    gradients.add(weight, dWeight);
  });
}
