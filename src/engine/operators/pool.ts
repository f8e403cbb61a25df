import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { windowsOver, type WindowOptions } from './windows';

/** The largest of every window of x `[n, channels, ...]`; padding is minus infinity, incomplete windows are dropped. */
export function maxPool(graph: Graph, x: Tensor, options: WindowOptions): Tensor {
  const { windows, places } = windowsOver(x.shape, options);
  const y = graph.tensor([...x.shape.slice(0, 2), ...places]);
  graph.emit('maxPool', x, y, ...windows);
  return graph.node('max-pool', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('maxPoolBackward', x, dy, dx, ...windows);
    gradients.add(x, dx);
  });
}

/**
 * The mean of every window of x `[n, channels, ...]`; incomplete windows are dropped. Padding counts as zeros (PyTorch's
 * `count_include_pad`), or, where `padded` is false, not at all (Keras).
 */
export function averagePool(graph: Graph, x: Tensor, options: WindowOptions, padded = true): Tensor {
  const { windows, places } = windowsOver(x.shape, options);
  const y = graph.tensor([...x.shape.slice(0, 2), ...places]);
  graph.emit('averagePool', x, y, padded, ...windows);
  return graph.node('average-pool', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('averagePoolBackward', dy, dx, padded, ...windows);
    gradients.add(x, dx);
  });
}

/** The mean over all axes after the channels: `[n, channels, ...]` to `[n, channels]`. */
export function globalAveragePool(graph: Graph, x: Tensor): Tensor {
  const [batch, channels, ...sizes] = x.shape as readonly [number, number, ...number[]];
  const y = graph.tensor([batch, channels]);
  graph.emit('meanOverMiddle', x, y, batch * channels, sizeOf(sizes), 1);
  return graph.node('global-average-pool', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('meanOverMiddleBackward', dy, dx, batch * channels, sizeOf(sizes), 1);
    gradients.add(x, dx);
  });
}

/** The largest over all axes after the channels: `[n, channels, ...]` to `[n, channels]`. */
export function globalMaxPool(graph: Graph, x: Tensor): Tensor {
  const [batch, channels, ...sizes] = x.shape as readonly [number, number, ...number[]];
  const each = (value: number): readonly number[] => sizes.map(() => value);
  const { windows } = windowsOver(x.shape, { kernel: sizes, stride: each(1), padding: each(0), dilation: each(1) });
  const y = graph.tensor([batch, channels]);
  graph.emit('maxPool', x, y, ...windows);
  return graph.node('global-max-pool', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('maxPoolBackward', x, dy, dx, ...windows);
    gradients.add(x, dx);
  });
}
