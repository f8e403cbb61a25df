import type { LayoutKernels } from '../layout-kernels';

/** The definition of `LayoutKernels`. */
export const layoutKernels: LayoutKernels = {
  copyRows({ data: x }, xStart, xStride, { data: y }, yStart, yStride, rows, columns) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) y[yStart + r * yStride + c] = x[xStart + r * xStride + c]!;
    }
  },
  toTimeMajor({ data: x }, { data: y }, batch, time, columns, xColumns, xColumn, reverse) {
    for (let t = 0; t < time; t++) {
      const position = reverse ? time - 1 - t : t;
      for (let b = 0; b < batch; b++) {
        for (let c = 0; c < columns; c++)
          y[(t * batch + b) * columns + c] = x[(b * time + position) * xColumns + xColumn + c]!;
      }
    }
  },
  fromTimeMajor({ data: x }, { data: y }, batch, time, columns, yColumns, yColumn, reverse, accumulate) {
    for (let t = 0; t < time; t++) {
      const position = reverse ? time - 1 - t : t;
      for (let b = 0; b < batch; b++) {
        for (let c = 0; c < columns; c++) {
          const i = (b * time + position) * yColumns + yColumn + c;
          y[i] = (accumulate ? y[i] : 0) + x[(t * batch + b) * columns + c];
        }
      }
    }
  },
  meanOverMiddle({ data: x }, { data: y }, outer, middle, inner) {
    for (let o = 0; o < outer; o++) {
      for (let c = 0; c < inner; c++) {
        let sum = 0;
        for (let m = 0; m < middle; m++) sum += x[(o * middle + m) * inner + c];
        y[o * inner + c] = sum / middle;
      }
    }
  },
  meanOverMiddleBackward({ data: dy }, { data: dx }, outer, middle, inner) {
    for (let o = 0; o < outer; o++) {
      for (let m = 0; m < middle; m++) {
        for (let c = 0; c < inner; c++) dx[(o * middle + m) * inner + c] = dy[o * inner + c] / middle;
      }
    }
  },
  embed({ data: ids }, { data: weight }, { data: y }, units) {
    for (let i = 0; i < ids.length; i++) {
      for (let u = 0; u < units; u++) y[i * units + u] = weight[ids[i] * units + u]!;
    }
  },
  embedBackward({ data: ids }, { data: dy }, { data: dWeight }, units) {
    for (let i = 0; i < ids.length; i++) {
      for (let u = 0; u < units; u++) dWeight[ids[i] * units + u] += dy[i * units + u];
    }
  },
};
