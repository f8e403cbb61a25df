import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Parametric relu (He et al. 2015): y = x above 0, slope x below, the slope being trained. x `[n, ...]`; slope `[1]`,
 * one for all, or `[channels]`, one for each entry of `axis`.
 */
export function prelu(graph: Graph, x: Tensor, slope: Tensor, axis: number): Tensor {
  const channels = slope.shape[0];
  const inner = channels === 1 ? sizeOf(x.shape) : sizeOf(x.shape.slice(axis + 1));
  const outer = sizeOf(x.shape) / channels / inner;
  const y = graph.tensor(x.shape);
  graph.emit('prelu', x, slope, y, outer, channels, inner);
  return graph.node('prelu', [x, slope], y, (dy, gradients) => {
    const [dx, dSlope] = [graph.tensor(x.shape), graph.tensor(slope.shape)];
    graph.emit('preluBackward', x, slope, dy, dx, dSlope, outer, channels, inner);
    gradients.add(x, dx);
    gradients.add(slope, dSlope);
  });
}
