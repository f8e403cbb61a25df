import type { ConvolutionSizes } from '../../../src/engine/kernels/convolution-sizes';
import { convolutionScratch, type ConvolutionKernels } from '../../../src/engine/kernels/convolution-kernels';
import { Random } from '../../../src/engine/random';
import type { Cases, Draw } from './draw';
import type { KernelCase } from './twin-run';

type Pair = readonly [number, number];

/** So many windows along each axis, on maps that are larger than they need by `rest`. */
function sizesOf(
  batch: number,
  groups: number,
  [depth, rows]: Pair,
  kernel: Pair,
  stride: Pair,
  dilation: Pair,
  out: Pair,
  rest: Pair = [0, 0],
): ConvolutionSizes {
  const [height, width] = [0, 1].map(
    axis => (out[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1 + rest[axis],
  ) as [number, number];
  return [batch, groups * depth, height, width, groups * rows, groups, ...kernel, ...stride, ...dilation, ...out];
}

/**
 * What Winograd's method computes: whole tiles and tiles over either edge, rows of one to many tiles, one block of them
 * and several, channels and filters that fill no four, groups, maps larger than need be.
 */
export const WINOGRAD_SIZES: readonly ConvolutionSizes[] = [
  sizesOf(3, 1, [8, 4], [3, 3], [1, 1], [1, 1], [14, 14]),
  sizesOf(1, 1, [9, 5], [3, 3], [1, 1], [1, 1], [13, 16]),
  sizesOf(5, 1, [10, 13], [3, 3], [1, 1], [1, 1], [8, 7]),
  sizesOf(2, 1, [11, 17], [3, 3], [1, 1], [1, 1], [9, 11]),
  sizesOf(20, 1, [8, 7], [3, 3], [1, 1], [1, 1], [2, 2]),
  sizesOf(9, 1, [8, 6], [3, 3], [1, 1], [1, 1], [10, 4]),
  sizesOf(8, 1, [13, 4], [3, 3], [1, 1], [1, 1], [8, 5]),
  sizesOf(2, 3, [9, 6], [3, 3], [1, 1], [1, 1], [8, 8], [1, 0]),
  sizesOf(1, 1, [8, 4], [3, 3], [1, 1], [1, 1], [3, 250], [0, 1]),
  sizesOf(3, 1, [70, 90], [3, 3], [1, 1], [1, 1], [6, 10]),
];

/** Where blocks of windows, of filters and of weights end, and windows of several images come side by side. */
const CHOSEN: readonly ConvolutionSizes[] = [
  sizesOf(1, 1, [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]),
  sizesOf(19, 1, [3, 5], [2, 2], [1, 1], [1, 1], [1, 1]),
  sizesOf(3, 1, [2, 7], [3, 3], [1, 1], [1, 1], [14, 14]),
  sizesOf(2, 1, [1, 16], [3, 3], [1, 1], [1, 1], [17, 31]),
  sizesOf(3, 1, [30, 6], [3, 3], [1, 1], [1, 1], [3, 5]),
  sizesOf(2, 1, [3, 270], [1, 3], [1, 1], [1, 1], [1, 9]),
  sizesOf(2, 1, [5, 4], [1, 5], [1, 1], [1, 2], [1, 300]),
  sizesOf(2, 9, [1, 1], [3, 3], [1, 1], [1, 1], [9, 10]),
  sizesOf(2, 5, [1, 2], [3, 3], [2, 2], [1, 1], [7, 6], [1, 1]),
];

function drawSizes(): readonly ConvolutionSizes[] {
  const random = new Random(5);
  const pair = (least: number, choices: number): Pair => [
    least + random.integer(choices),
    least + random.integer(choices),
  ];
  return Array.from({ length: 50 }, () =>
    sizesOf(
      1 + random.integer(3),
      1 + random.integer(3),
      pair(1, 6),
      pair(1, 4),
      pair(1, 4),
      pair(1, 3),
      pair(1, 12),
      pair(0, 3),
    ),
  );
}

function cases(args: (draw: Draw, x: number, weight: number, y: number) => KernelCase['args']): Cases {
  return draw =>
    [...CHOSEN, ...WINOGRAD_SIZES, ...drawSizes()].map(sizes => {
      const [batch, channels, height, width, filters, groups, kernelHeight, kernelWidth, , , , , outHeight, outWidth] =
        sizes;
      const weight = filters * (channels / groups) * kernelHeight * kernelWidth;
      const operands = args(draw, batch * channels * height * width, weight, batch * filters * outHeight * outWidth);
      return { args: [...operands, draw.scratch(convolutionScratch(sizes)), ...sizes], tolerance: 5e-6 };
    });
}

export const CONVOLUTION_CASES: Readonly<Record<keyof ConvolutionKernels, Cases>> = {
  convolve: cases((draw, x, weight, y) => [draw.numbers(x), draw.numbers(weight), draw.numbers(y)]),
  convolveBackwardInput: cases((draw, x, weight, y) => [draw.numbers(y), draw.numbers(weight), draw.numbers(x)]),
  flipKernel: draw =>
    [
      [1, 1, 1, 1],
      [2, 3, 4, 9],
      [3, 1, 2, 5],
    ].map(([groups, rows, columns, kernel]) => {
      const length = groups * rows * columns * kernel;
      return { args: [draw.numbers(length), draw.numbers(length), groups, rows, columns, kernel] };
    }),
  convolveBackwardWeight: cases((draw, x, weight, y) => [draw.numbers(x), draw.numbers(y), draw.numbers(weight)]),
};
