import type { NormalizationKernels } from '../normalization-kernels';

/** The definition of `NormalizationKernels`. */
export const normalizationKernels: NormalizationKernels = {
  batchNorm(
    { data: x },
    { data: weight },
    { data: bias },
    { data: y },
    { data: mean },
    { data: inverseStd },
    { data: runningMean },
    { data: runningVariance },
    outer,
    channels,
    inner,
    momentum,
    epsilon,
  ) {
    const n = outer * inner;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) sum += x[(o * channels + c) * inner + i];
      }
      const average = sum / n;
      let squares = 0;
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) squares += (x[(o * channels + c) * inner + i] - average) ** 2;
      }
      const inverse = 1 / Math.sqrt(squares / n + epsilon);
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const at = (o * channels + c) * inner + i;
          y[at] = (x[at] - average) * inverse * weight[c] + bias[c];
        }
      }
      mean[c] = average;
      inverseStd[c] = inverse;
      runningMean[c] = (1 - momentum) * runningMean[c] + momentum * average;
      runningVariance[c] = (1 - momentum) * runningVariance[c] + (momentum * squares) / Math.max(1, n - 1);
    }
  },
  batchNormInference(
    { data: x },
    { data: weight },
    { data: bias },
    { data: y },
    { data: runningMean },
    { data: runningVariance },
    outer,
    channels,
    inner,
    epsilon,
  ) {
    for (let c = 0; c < channels; c++) {
      const inverse = 1 / Math.sqrt(runningVariance[c] + epsilon);
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const at = (o * channels + c) * inner + i;
          y[at] = (x[at] - runningMean[c]) * inverse * weight[c] + bias[c];
        }
      }
    }
  },
  batchNormBackward(
    { data: x },
    { data: weight },
    { data: mean },
    { data: inverseStd },
    { data: dy },
    { data: dx },
    { data: dWeight },
    { data: dBias },
    outer,
    channels,
    inner,
  ) {
    const n = outer * inner;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      let sumNormalized = 0;
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const at = (o * channels + c) * inner + i;
          sum += dy[at];
          sumNormalized += dy[at] * (x[at] - mean[c]) * inverseStd[c];
        }
      }
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const at = (o * channels + c) * inner + i;
          const normalized = (x[at] - mean[c]) * inverseStd[c];
          dx[at] = weight[c] * inverseStd[c] * (dy[at] - sum / n - (normalized * sumNormalized) / n);
        }
      }
      dBias[c] = sum;
      dWeight[c] = sumNormalized;
    }
  },
  layerNorm(
    { data: x },
    { data: weight },
    { data: bias },
    { data: y },
    { data: mean },
    { data: inverseStd },
    rows,
    columns,
    epsilon,
  ) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += x[start + c];
      const average = sum / columns;
      let squares = 0;
      for (let c = 0; c < columns; c++) squares += (x[start + c] - average) ** 2;
      const inverse = 1 / Math.sqrt(squares / columns + epsilon);
      for (let c = 0; c < columns; c++) y[start + c] = (x[start + c] - average) * inverse * weight[c] + bias[c];
      mean[r] = average;
      inverseStd[r] = inverse;
    }
  },
  layerNormBackward(
    { data: x },
    { data: weight },
    { data: mean },
    { data: inverseStd },
    { data: dy },
    { data: dx },
    { data: dWeight },
    { data: dBias },
    rows,
    columns,
  ) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      let sumNormalized = 0;
      for (let r = 0; r < rows; r++) {
        sum += dy[r * columns + c];
        sumNormalized += dy[r * columns + c] * (x[r * columns + c] - mean[r]) * inverseStd[r];
      }
      dBias[c] = sum;
      dWeight[c] = sumNormalized;
    }
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let sum = 0;
      let sumNormalized = 0;
      for (let c = 0; c < columns; c++) {
        const g = dy[start + c] * weight[c];
        sum += g;
        sumNormalized += g * (x[start + c] - mean[r]) * inverseStd[r];
      }
      for (let c = 0; c < columns; c++) {
        const normalized = (x[start + c] - mean[r]) * inverseStd[r];
        dx[start + c] =
          inverseStd[r] * (dy[start + c] * weight[c] - sum / columns - (normalized * sumNormalized) / columns);
      }
    }
  },
  rmsNorm({ data: x }, { data: weight }, { data: y }, { data: inverseRms }, rows, columns, epsilon) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let squares = 0;
      for (let c = 0; c < columns; c++) squares += x[start + c] ** 2;
      const inverse = 1 / Math.sqrt(squares / columns + epsilon);
      for (let c = 0; c < columns; c++) y[start + c] = x[start + c] * inverse * weight[c];
      inverseRms[r] = inverse;
    }
  },
  rmsNormBackward(
    { data: x },
    { data: weight },
    { data: inverseRms },
    { data: dy },
    { data: dx },
    { data: dWeight },
    rows,
    columns,
  ) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += dy[r * columns + c] * x[r * columns + c] * inverseRms[r];
      dWeight[c] = sum;
    }
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += dy[start + c] * weight[c] * x[start + c] * inverseRms[r];
      for (let c = 0; c < columns; c++) {
        const normalized = x[start + c] * inverseRms[r];
        dx[start + c] = inverseRms[r] * (dy[start + c] * weight[c] - (normalized * sum) / columns);
      }
    }
  },
};
