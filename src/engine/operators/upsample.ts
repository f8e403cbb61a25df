import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Every element repeated `factor[axis]` times along each axis of maps: x `[n, channels, ...]` → `[n, channels, ...
 * factor]`.
 */
export function upsample(graph: Graph, x: Tensor, factor: readonly number[]): Tensor {
  const sizes = x.shape.slice(2);
  const y = graph.tensor([...x.shape.slice(0, 2), ...sizes.map((size, axis) => size * factor[axis])]);
  const [height, width] = sizes.length === 1 ? [1, sizes[0]] : [sizes[0], sizes[1]];
  const [tall, wide] = factor.length === 1 ? [1, factor[0]] : [factor[0], factor[1]];
  const maps = sizeOf(x.shape.slice(0, 2));
  graph.emit('upsample', x, y, maps, height, width, tall, wide);
  return graph.node('upsample', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('upsampleBackward', dy, dx, maps, height, width, tall, wide);
    gradients.add(x, dx);
  });
}
