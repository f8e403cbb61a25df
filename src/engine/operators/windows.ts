import type { Windows } from '../kernels/map-kernels';
import type { TensorShape } from '../tensor';

/** How windows move over maps: a number an axis, `[width]` for `[n, channels, length]`, `[height, width]` for maps of two axes. */
export interface WindowOptions {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** How many windows fit along an axis; 0 or less where none does. */
export function windowCount(size: number, kernel: number, stride: number, padding: number, dilation: number): number {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** The windows over x `[n, channels, ...]`, and how many there are along each axis. */
export function windowsOver(
  shape: TensorShape, { kernel, stride, padding, dilation }: WindowOptions,
): { readonly windows: Windows; readonly places: readonly number[] } {
  const [batch, channels, ...sizes] = shape as readonly [number, number, ...number[]];
  const places = sizes.map((size, axis) => windowCount(size, kernel[axis]!, stride[axis]!, padding[axis]!, dilation[axis]!));
  const both = (values: readonly number[], height: number): [number, number] =>
    values.length === 1 ? [height, values[0]!] : [values[0]!, values[1]!];
  return {
    windows: [
      batch, channels, ...both(sizes, 1), ...both(kernel, 1), ...both(stride, 1), ...both(padding, 0), ...both(dilation, 1),
      ...both(places, 1),
    ],
    places,
  };
}
