import type { Graph } from '../graph';
import type { Windows } from '../kernels/map-kernels';
import { sizeOf, type Tensor, type TensorShape } from '../tensor';
import { windowsOver, type WindowOptions } from './windows';

/** The largest of every window of x `[n, channels, ...]`; padding is minus infinity, incomplete windows are dropped. */
export function maxPool(graph: Graph, x: Tensor, options: WindowOptions): Tensor {
  const { windows, places } = windowsOver(x.shape, options);
  const [batch, channels, ...sizes] = x.shape as readonly [number, number, ...number[]];
  return largestOfWindows(graph, 'max-pool', x, windows, [batch, channels, ...places], sizeOf(sizes));
}

/** Where the largest stood is kept from the forward pass, so that the backward one need not look for it again. */
function largestOfWindows(
  graph: Graph,
  operator: string,
  x: Tensor,
  windows: Windows,
  shape: TensorShape,
  size: number,
): Tensor {
  const y = graph.tensor(shape);
  const places = graph.places(shape, size);
  graph.emit('maxPool', x, y, places, ...windows);
  return graph.node(operator, [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    const maps = sizeOf(x.shape) / size;
    graph.emit('maxPoolBackward', dy, places, dx, maps, size, sizeOf(shape) / maps);
    gradients.add(x, dx);
  });
}

/**
 * The mean of every window of x `[n, channels, ...]`; incomplete windows are dropped. Padding counts as zeros
 * (PyTorch's `count_include_pad`), or, where `padded` is false, not at all (Keras).
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
  return largestOfWindows(graph, 'global-max-pool', x, windows, [batch, channels], sizeOf(sizes));
}
