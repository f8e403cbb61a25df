import type { ConvolutionKernels } from '../convolution-kernels';
import { winogradBlocks } from '../winograd-blocks';
import type { WasmKernels } from './wasm-kernels';

/** Convolutions by Winograd's method where that is faster and nothing overflows in it, directly elsewhere. */
export function bindConvolution(wasm: WasmKernels): ConvolutionKernels {
  return {
    convolve: ({ offset: x }, { offset: weight }, { offset: y }, { offset: scratch }, ...sizes) => {
      const [batch, channels, height, width, filters, groups] = sizes;
      const [outHeight, outWidth] = [sizes[12], sizes[13]];
      const blocks = winogradBlocks(sizes);
      const isDone =
        blocks &&
        wasm.winogradConvolve(
          x,
          weight,
          y,
          scratch,
          batch,
          channels,
          height,
          width,
          filters,
          groups,
          outHeight,
          outWidth,
          blocks.rows,
          blocks.stride,
        );
      if (!isDone) wasm.convolve(x, weight, y, scratch, ...sizes);
    },
    convolveBackwardInput: (dy, weight, dx, scratch, ...sizes) =>
      wasm.convolveBackwardInput(dy.offset, weight.offset, dx.offset, scratch.offset, ...sizes),
    flipKernel: (weight, flipped, groups, rows, columns, kernel) =>
      wasm.flipKernel(weight.offset, flipped.offset, groups, rows, columns, kernel),
    convolveBackwardWeight: ({ offset: x }, { offset: dy }, { offset: dWeight }, { offset: scratch }, ...sizes) => {
      const [batch, channels, height, width, filters, groups] = sizes;
      const [outHeight, outWidth] = [sizes[12], sizes[13]];
      const blocks = winogradBlocks(sizes);
      const isDone =
        blocks &&
        wasm.winogradBackwardWeight(
          x,
          dy,
          dWeight,
          scratch,
          batch,
          channels,
          height,
          width,
          filters,
          groups,
          outHeight,
          outWidth,
          blocks.rows,
        );
      if (!isDone) wasm.convolveBackwardWeight(x, dy, dWeight, scratch, ...sizes);
    },
  };
}
