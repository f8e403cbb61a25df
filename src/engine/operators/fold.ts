/** Windows over maps as columns and back, and channels exchanged for places: all copies. */
import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { pad } from './pad';
import { permute } from './permute';
import { reshape } from './reshape';
import { sixAxes, stridesOf } from './strides';
import { windowCount, type WindowOptions } from './windows';

/** Every window of x `[n, channels, ...]` as a column: `[n, channels kernel, windows]` (PyTorch's `unfold`). */
export function unfold(graph: Graph, x: Tensor, options: WindowOptions): Tensor {
  const padded = pad(graph, x, paddingOf(options));
  const walk = windowsOfMaps(padded.shape, options);
  const y = graph.tensor(walk.columns, x.needsGradient);
  graph.emit('copyStrided', padded, 0, y, 0, false, ...sixAxes(walk.sizes, walk.strides, stridesOf(walk.sizes)));
  return graph.node('unfold', [padded], y, (dy, gradients) => {
    gradients.addPart(padded, sum => {
      graph.emit('copyStrided', dy, 0, sum, 0, true, ...sixAxes(walk.sizes, stridesOf(walk.sizes), walk.strides));
    });
  });
}

/** The way back: each element is the sum of all windows that hold it. `sizes`: those of the maps. */
export function fold(graph: Graph, x: Tensor, sizes: readonly number[], options: WindowOptions): Tensor {
  const channels = x.shape[1] / sizeOf(options.kernel);
  const paddings = paddingOf(options);
  const whole = [
    x.shape[0],
    channels,
    ...sizes.map((size, axis) => size + paddings[axis].before + paddings[axis].after),
  ];
  const walk = windowsOfMaps(whole, options);
  const y = graph.tensor(whole, x.needsGradient);
  graph.emit('fill', y, 0);
  graph.emit('copyStrided', x, 0, y, 0, true, ...sixAxes(walk.sizes, stridesOf(walk.sizes), walk.strides));
  const node = graph.node('fold', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('copyStrided', dy, 0, dx, 0, false, ...sixAxes(walk.sizes, walk.strides, stridesOf(walk.sizes)));
    gradients.add(x, dx);
  });
  return pad(
    graph,
    node,
    paddings.map(({ axis, before, after }) => ({ axis, before: -before, after: -after })),
  );
}

/** `[n, channels factor², h, w]` → `[n, channels, h factor, w factor]` (PyTorch's `pixel_shuffle`). */
export function pixelShuffle(graph: Graph, x: Tensor, factor: number): Tensor {
  const [batch, all, height, width] = x.shape as readonly [number, number, number, number];
  const channels = all / (factor * factor);
  const parted = reshape(graph, x, [batch, channels, factor, factor, height, width]);
  const placed = permute(graph, parted, [0, 1, 4, 2, 5, 3]);
  return reshape(graph, placed, [batch, channels, height * factor, width * factor]);
}

/** The way back. */
export function pixelUnshuffle(graph: Graph, x: Tensor, factor: number): Tensor {
  const [batch, channels, height, width] = x.shape as readonly [number, number, number, number];
  const [high, wide] = [height / factor, width / factor];
  const parted = reshape(graph, x, [batch, channels, high, factor, wide, factor]);
  const placed = permute(graph, parted, [0, 1, 3, 5, 2, 4]);
  return reshape(graph, placed, [batch, channels * factor * factor, high, wide]);
}

function paddingOf({ kernel, padding, paddingAfter = padding }: WindowOptions): {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}[] {
  return kernel.map((_, axis) => ({ axis: 2 + axis, before: padding[axis], after: paddingAfter[axis] }));
}

interface Walk {
  /** Batch, channels, places in the kernel, windows. */
  readonly sizes: readonly number[];
  /** From one to the next of each, in the maps. */
  readonly strides: readonly number[];
  /** Shape of the windows as columns. */
  readonly columns: readonly number[];
}

/** The windows over maps whose padding has been put around them. */
function windowsOfMaps(shape: readonly number[], { kernel, stride, dilation }: WindowOptions): Walk {
  const [batch, channels, ...lengths] = shape as readonly [number, number, ...number[]];
  const windows = lengths.map((length, axis) => windowCount(length, kernel[axis], stride[axis], dilation[axis]));
  const [image, map, ...along] = stridesOf(shape) as [number, number, ...number[]];
  return {
    sizes: [batch, channels, ...kernel, ...windows],
    strides: [
      image,
      map,
      ...along.map((step, axis) => step * dilation[axis]),
      ...along.map((step, axis) => step * stride[axis]),
    ],
    columns: [batch, channels * sizeOf(kernel), sizeOf(windows)],
  };
}
