/** Kernels of convolutions over maps without padding: `padMaps` sets them into zeros first where there is some. */
import type { NumberBuffer, Out } from './buffers';
import type { ConvolutionSizes } from './convolution-sizes';
import { winogradScratch } from './winograd-blocks';

/** `scratch` is memory for the kernel's own use, of `convolutionScratch(sizes)` elements at least. */
export interface ConvolutionKernels {
  /**
   * y[n, f, p, q] = Σ_c Σ_i Σ_j x[n, first + c, p stride + i dilation, q …] weight[f, c, i, j], where `first` is the
   * first channel of f's group.
   */
  convolve(
    x: NumberBuffer,
    weight: NumberBuffer,
    y: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    ...sizes: ConvolutionSizes
  ): void;
  /**
   * The gradient by x: every dy is spread over its window, weight by weight; dx is their sum. A transposed convolution.
   */
  convolveBackwardInput(
    dy: NumberBuffer,
    weight: NumberBuffer,
    dx: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    ...sizes: ConvolutionSizes
  ): void;
  /**
   * The weight of the convolution that gives the gradient by x where the stride is 1, of dy set into kernel - 1 zeros
   * on each side: flipped[g, c, r, i] = weight[g, r, c, kernel - 1 - i]. weight[groups, rows, columns, kernel], the
   * kernel's elements in one axis
   */
  flipKernel(
    weight: NumberBuffer,
    flipped: Out<NumberBuffer>,
    groups: number,
    rows: number,
    columns: number,
    kernel: number,
  ): void;
  /** The gradient by the weight: the sum over batch and windows of dy times what the weight was multiplied with. */
  convolveBackwardWeight(
    x: NumberBuffer,
    dy: NumberBuffer,
    dWeight: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    ...sizes: ConvolutionSizes
  ): void;
}

/** Windows that the kernels take at once. */
const BLOCK = 256;

/**
 * Elements of scratch that any of the three kernels needs: the weights turned around, and the gradients of a block of
 * windows, or what Winograd's method transforms.
 */
export function convolutionScratch(sizes: ConvolutionSizes): number {
  const [, channels, , , filters, groups, kernelHeight, kernelWidth] = sizes;
  const [rows, kernel] = [filters / groups, kernelHeight * kernelWidth];
  const depth = (channels / groups) * kernel;
  const inFours = (count: number): number => Math.ceil(count / 4) * 4;
  const direct =
    groups * Math.max(inFours(rows) * depth, inFours(depth) * rows) + Math.min(4 * kernel, inFours(depth)) * BLOCK;
  return Math.max(direct, winogradScratch(sizes));
}
