import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/** Layer normalisation over the last axis (Ba et al. 2016). x `[..., features]`, weight and bias `[features]`. */
export function layerNorm(graph: Graph, x: Tensor, weight: Tensor, bias: Tensor, epsilon: number): Tensor {
  const columns = x.shape.at(-1)!;
  const rows = sizeOf(x.shape) / columns;
  const y = graph.tensor(x.shape);
  const mean = graph.tensor([rows]);
  const inverseStd = graph.tensor([rows]);
  graph.emit('layerNorm', x, weight, bias, y, mean, inverseStd, rows, columns, epsilon);
  return graph.node('layer-norm', [x, weight, bias], y, (dy, gradients) => {
    const [dx, dWeight, dBias] = [graph.tensor(x.shape), graph.tensor(weight.shape), graph.tensor(bias.shape)];
    graph.emit('layerNormBackward', x, weight, mean, inverseStd, dy, dx, dWeight, dBias, rows, columns);
    gradients.add(x, dx);
    gradients.add(weight, dWeight);
    gradients.add(bias, dBias);
  });
}
