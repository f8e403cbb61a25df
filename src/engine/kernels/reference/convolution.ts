import type { ConvolutionSizes } from '../convolution-sizes';
import type { ConvolutionKernels } from '../convolution-kernels';

/**
 * Calls `run` for every weight and image with the row of `count` windows that begin at so many elements of x and y: x
 * moves on by `stride` from window to window, y by 1.
 */
function eachRow(
  [
    batch,
    channels,
    height,
    width,
    filters,
    groups,
    kernelHeight,
    kernelWidth,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
    outHeight,
    outWidth,
  ]: ConvolutionSizes,
  run: (weightAt: number, xAt: number, stride: number, yAt: number, count: number) => void,
): void {
  const [depth, rows] = [channels / groups, filters / groups];
  for (let n = 0; n < batch; n++) {
    let weightAt = 0;
    for (let f = 0; f < filters; f++) {
      for (let c = 0; c < depth; c++) {
        const map = n * channels + Math.floor(f / rows) * depth + c;
        for (let i = 0; i < kernelHeight; i++) {
          for (let j = 0; j < kernelWidth; j++, weightAt++) {
            for (let p = 0; p < outHeight; p++) {
              const row = map * height + p * strideHeight + i * dilationHeight;
              run(
                weightAt,
                row * width + j * dilationWidth,
                strideWidth,
                ((n * filters + f) * outHeight + p) * outWidth,
                outWidth,
              );
            }
          }
        }
      }
    }
  }
}

/** The definition of `ConvolutionKernels`; it needs no scratch. */
export const convolutionKernels: ConvolutionKernels = {
  convolve({ data: x }, { data: weight }, { data: y }, _scratch, ...sizes) {
    y.fill(0);
    eachRow(sizes, (weightAt, xAt, stride, yAt, count) => {
      const factor = weight[weightAt];
      for (let q = 0; q < count; q++) y[yAt + q] += factor * x[xAt + q * stride];
    });
  },
  convolveBackwardInput({ data: dy }, { data: weight }, { data: dx }, _scratch, ...sizes) {
    dx.fill(0);
    eachRow(sizes, (weightAt, xAt, stride, yAt, count) => {
      const factor = weight[weightAt];
      for (let q = 0; q < count; q++) dx[xAt + q * stride] += factor * dy[yAt + q];
    });
  },
  flipKernel({ data: weight }, { data: flipped }, groups, rows, columns, kernel) {
    for (let at = 0; at < groups * rows * columns * kernel; at++) {
      const [i, c] = [at % kernel, Math.floor(at / kernel) % columns];
      const r = Math.floor(at / (kernel * columns)) % rows;
      const g = Math.floor(at / (kernel * columns * rows));
      flipped[((g * columns + c) * rows + r) * kernel + kernel - 1 - i] = weight[at]!;
    }
  },
  convolveBackwardWeight({ data: x }, { data: dy }, { data: dWeight }, _scratch, ...sizes) {
    dWeight.fill(0);
    eachRow(sizes, (weightAt, xAt, stride, yAt, count) => {
      let sum = 0;
      for (let q = 0; q < count; q++) sum += dy[yAt + q] * x[xAt + q * stride];
      dWeight[weightAt] += sum;
    });
  },
};
