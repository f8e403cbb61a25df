import type { Windows } from '../kernels/map-kernels';
import type { TensorShape } from '../tensor';

/**
 * How windows move over maps: a number an axis, `[width]` for `[n, channels, length]`, `[height, width]` for maps of
 * two axes.
 */
export interface WindowOptions {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  /** Padding at the end, where it differs from that at the start. */
  readonly paddingAfter?: readonly number[];
  readonly dilation: readonly number[];
}

/** How many windows fit along an axis of so many elements, those of the padding included; 0 or less where none does. */
export function windowCount(size: number, kernel: number, stride: number, dilation: number): number {
  return Math.floor((size - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** The windows over x `[n, channels, ...]`, and how many there are along each axis. */
export function windowsOver(
  shape: TensorShape,
  options: WindowOptions,
): { readonly windows: Windows; readonly places: readonly number[] } {
  const { kernel, stride, padding, paddingAfter = padding, dilation } = options;
  const places = shape
    .slice(2)
    .map((size, axis) =>
      windowCount(size + padding[axis] + paddingAfter[axis], kernel[axis], stride[axis], dilation[axis]),
    );
  return { windows: windowsAt(shape, options, places), places };
}

/** So many windows along each axis of x `[n, channels, ...]`. */
export function windowsAt(
  [batch, channels, ...sizes]: TensorShape,
  { kernel, stride, padding, dilation }: WindowOptions,
  places: readonly number[],
): Windows {
  const both = (values: readonly number[], height: number): [number, number] =>
    values.length === 1 ? [height, values[0]] : [values[0], values[1]];
  return [
    batch,
    channels,
    ...both(sizes, 1),
    ...both(kernel, 1),
    ...both(stride, 1),
    ...both(padding, 0),
    ...both(dilation, 1),
    ...both(places, 1),
  ];
}
