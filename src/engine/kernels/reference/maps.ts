import { ACTIVATIONS } from './activations';
import { elementwiseKernels } from './elementwise';
import type { MapKernels, PlainMapKernels, Windows } from '../map-kernels';
import type { Numbers } from './matrix';

/** Calls `visit` for every window of every map: where its result stands, and the elements that are not padding. */
function eachWindow(
  [
    batch,
    channels,
    height,
    width,
    kernelHeight,
    kernelWidth,
    strideHeight,
    strideWidth,
    paddingHeight,
    paddingWidth,
    dilationHeight,
    dilationWidth,
    outHeight,
    outWidth,
  ]: Windows,
  visit: (to: number, elements: Int32Array, count: number) => void,
): void {
  const elements = new Int32Array(kernelHeight * kernelWidth);
  let to = 0;
  for (let map = 0; map < batch * channels; map++) {
    for (let p = 0; p < outHeight; p++) {
      for (let q = 0; q < outWidth; q++) {
        let count = 0;
        for (let i = 0; i < kernelHeight; i++) {
          const row = p * strideHeight - paddingHeight + i * dilationHeight;
          if (row < 0 || row >= height) continue;
          for (let j = 0; j < kernelWidth; j++) {
            const column = q * strideWidth - paddingWidth + j * dilationWidth;
            if (column >= 0 && column < width) elements[count++] = (map * height + row) * width + column;
          }
        }
        visit(to++, elements, count);
      }
    }
  }
}

/** Which of the elements is the first largest; a NaN is larger than all. */
function largestOf(x: Numbers, elements: Int32Array, count: number): number {
  let largest = elements[0];
  for (let i = 1; i < count; i++) {
    const value = x[elements[i]];
    if (value > x[largest] || Number.isNaN(value)) largest = elements[i]!;
  }
  return largest;
}

/** The definition of `MapKernels`. */
export const mapKernels: MapKernels = {
  padMaps({ data: x }, { data: y }, maps, height, width, outHeight, outWidth, top, left) {
    for (let i = 0; i < maps * outHeight * outWidth; i++) {
      const row = (Math.floor(i / outWidth) % outHeight) - top;
      const column = (i % outWidth) - left;
      const map = Math.floor(i / (outHeight * outWidth));
      const inside = row >= 0 && row < height && column >= 0 && column < width;
      y[i] = inside ? x[(map * height + row) * width + column] : 0;
    }
  },
  maxPool({ data: x }, { data: y }, { data: places }, ...windows) {
    const [, , height, width] = windows;
    eachWindow(windows, (to, elements, count) => {
      const largest = largestOf(x, elements, count);
      y[to] = x[largest]!;
      places[to] = largest % (height * width);
    });
  },
  maxPoolBackward({ data: dy }, { data: places }, { data: dx }, maps, size, windows) {
    dx.fill(0);
    for (let i = 0; i < maps * windows; i++) dx[Math.floor(i / windows) * size + places[i]] += dy[i];
  },
  averagePool({ data: x }, { data: y }, padded, ...windows) {
    eachWindow(windows, (to, elements, count) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += x[elements[i]];
      y[to] = sum / (padded ? elements.length : count);
    });
  },
  averagePoolBackward({ data: dy }, { data: dx }, padded, ...windows) {
    dx.fill(0);
    eachWindow(windows, (to, elements, count) => {
      for (let i = 0; i < count; i++) dx[elements[i]] += dy[to] / (padded ? elements.length : count);
    });
  },
  activateChannels(kind, { data: z }, { data: bias }, outer, channels, inner) {
    for (let row = 0; row < outer * channels; row++) {
      const value = bias[row % channels];
      for (let i = row * inner; i < (row + 1) * inner; i++) z[i] = ACTIVATIONS[kind](z[i] + value);
    }
  },
  activateChannelsBackward(kind, saved, dy, dx, dBias, outer, channels, inner) {
    elementwiseKernels.activateBackward(kind, saved, dy, dx);
    mapKernels.channelSums(dx, dBias, outer, channels, inner);
  },
  channelSums({ data: x }, { data: y }, outer, channels, inner) {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let o = 0; o < outer; o++) {
        const start = (o * channels + c) * inner;
        for (let i = start; i < start + inner; i++) sum += x[i];
      }
      y[c] = sum;
    }
  },
};

/** The definition of `PlainMapKernels`. */
export const plainMapKernels: PlainMapKernels = {
  upsample({ data: x }, { data: y }, maps, height, width, factorHeight, factorWidth) {
    let to = 0;
    for (let row = 0; row < maps * height * factorHeight; row++) {
      const from = Math.floor(row / factorHeight) * width;
      for (let q = 0; q < width * factorWidth; q++) y[to++] = x[from + Math.floor(q / factorWidth)]!;
    }
  },
  upsampleBackward({ data: dy }, { data: dx }, maps, height, width, factorHeight, factorWidth) {
    const rowLength = width * factorWidth;
    for (let row = 0; row < maps * height; row++) {
      for (let q = 0; q < width; q++) {
        let sum = 0;
        for (let i = 0; i < factorHeight; i++) {
          const start = (row * factorHeight + i) * rowLength + q * factorWidth;
          for (let j = start; j < start + factorWidth; j++) sum += dy[j];
        }
        dx[row * width + q] = sum;
      }
    }
  },
};
