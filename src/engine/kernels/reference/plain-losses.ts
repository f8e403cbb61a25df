import { exponential, logarithm } from '../../elementary';
import type { PlainLossKernels } from '../plain-loss-kernels';
import type { Numbers } from './matrix';
import { squaredLogarithmicError } from './squared-logarithmic-error';

/** e^x for x <= 0, -infinity included; a NaN stays one. */
function decay(x: number): number {
  return x < -700 ? 0 : exponential(x);
}

function weightOf(weights: Numbers, target: Int32Array, rows: number, ignored: number): number {
  let sum = 0;
  for (let r = 0; r < rows; r++) if (target[r] !== ignored) sum += weights[target[r]];
  return sum;
}

/** The definition of `PlainLossKernels`. */
export const plainLossKernels: PlainLossKernels = {
  ...squaredLogarithmicError,
  weightedCrossEntropy(
    { data: x },
    { data: target },
    { data: weights },
    { data: probabilities },
    rows,
    classes,
    smoothing,
    ignored,
  ) {
    let total = 0;
    for (let r = 0; r < rows; r++) {
      const start = r * classes;
      let largest = -Infinity;
      for (let j = 0; j < classes; j++) largest = Math.max(largest, x[start + j]);
      let sum = 0;
      for (let j = 0; j < classes; j++) sum += decay(x[start + j] - largest);
      const logSum = largest - logarithm(1 / sum);
      let smooth = 0;
      for (let j = 0; j < classes; j++) {
        probabilities[start + j] = decay(x[start + j] - largest) / sum;
        if (smoothing > 0) smooth += weights[j] * (logSum - x[start + j]);
      }
      const y = target[r];
      if (y === ignored) continue;
      total += (1 - smoothing) * weights[y] * (logSum - x[start + y]) + (smoothing / classes) * smooth;
    }
    return total / weightOf(weights, target, rows, ignored);
  },
  weightedCrossEntropyBackward(
    { data: probabilities },
    { data: target },
    { data: weights },
    { data: dx },
    rows,
    classes,
    smoothing,
    ignored,
  ) {
    const total = weightOf(weights, target, rows, ignored);
    let all = 0;
    for (let j = 0; j < classes; j++) all += weights[j];
    for (let r = 0; r < rows; r++) {
      const y = target[r];
      const right = (1 - smoothing) * weights[y];
      const sum = right + (smoothing / classes) * all;
      for (let j = 0; j < classes; j++) {
        const q = (smoothing / classes) * weights[j] + (j === y ? right : 0);
        dx[r * classes + j] = y === ignored ? 0 : (sum * probabilities[r * classes + j] - q) / total;
      }
    }
  },
  weightedBinaryCrossEntropy({ data: x }, { data: target }, count, posWeight) {
    let total = 0;
    for (let i = 0; i < count; i++) {
      const softplus = Math.max(-x[i], 0) - logarithm(1 / (1 + decay(-Math.abs(x[i]))));
      total += (1 - target[i]) * x[i] + (1 + (posWeight - 1) * target[i]) * softplus;
    }
    return total / count;
  },
  weightedBinaryCrossEntropyBackward({ data: x }, { data: target }, { data: dx }, count, posWeight) {
    for (let i = 0; i < count; i++) {
      const e = decay(-Math.abs(x[i]));
      const no = (x[i] > 0 ? e : 1) / (1 + e);
      dx[i] = (1 - target[i] - (1 + (posWeight - 1) * target[i]) * no) / count;
    }
  },
};
