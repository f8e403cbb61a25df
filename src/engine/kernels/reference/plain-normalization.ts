import { square } from '../../elementary';
import type { PlainNormalizationKernels } from '../plain-normalization-kernels';
import type { Numbers } from './matrix';

function normOf(x: Numbers, start: number, count: number): number {
  let squares = 0;
  for (let i = start; i < start + count; i++) squares += x[i] * x[i];
  return Math.sqrt(squares);
}

/** The definition of `PlainNormalizationKernels`. */
export const plainNormalizationKernels: PlainNormalizationKernels = {
  weightNorm({ data: v }, { data: g }, { data: w }, rows, columns) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      const factor = g[r] / normOf(v, start, columns);
      for (let i = start; i < start + columns; i++) w[i] = factor * v[i];
    }
  },
  weightNormBackward({ data: v }, { data: g }, { data: dw }, { data: dv }, { data: dg }, rows, columns) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      const norm = normOf(v, start, columns);
      let along = 0;
      for (let i = start; i < start + columns; i++) along += dw[i] * (v[i] / norm);
      for (let i = start; i < start + columns; i++) dv[i] = (g[r] / norm) * (dw[i] - (v[i] / norm) * along);
      dg[r] = along;
    }
  },
  groupNorm(
    { data: x },
    { data: weight },
    { data: bias },
    { data: y },
    { data: mean },
    { data: inverseStd },
    outer,
    channels,
    inner,
    groups,
    epsilon,
  ) {
    const count = (channels / groups) * inner;
    for (let part = 0; part < outer * groups; part++) {
      const start = part * count;
      const channel = (part % groups) * (channels / groups);
      let sum = 0;
      for (let i = 0; i < count; i++) sum += x[start + i];
      const average = sum / count;
      let squares = 0;
      for (let i = 0; i < count; i++) squares += square(x[start + i] - average);
      const inverse = 1 / Math.sqrt(squares / count + epsilon);
      for (let i = 0; i < count; i++) {
        const c = channel + Math.floor(i / inner);
        y[start + i] = (x[start + i] - average) * inverse * weight[c] + bias[c];
      }
      mean[part] = average;
      inverseStd[part] = inverse;
    }
  },
  groupNormBackward(
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
    groups,
  ) {
    const size = channels / groups;
    const count = size * inner;
    for (let c = 0; c < channels; c++) {
      const group = Math.floor(c / size);
      let sum = 0;
      let sumNormalized = 0;
      for (let o = 0; o < outer; o++) {
        const part = o * groups + group;
        const start = (o * channels + c) * inner;
        for (let i = start; i < start + inner; i++) {
          sum += dy[i];
          sumNormalized += dy[i] * (x[i] - mean[part]) * inverseStd[part];
        }
      }
      dBias[c] = sum;
      dWeight[c] = sumNormalized;
    }
    for (let part = 0; part < outer * groups; part++) {
      const start = part * count;
      const channel = (part % groups) * size;
      let sum = 0;
      let sumNormalized = 0;
      for (let i = 0; i < count; i++) {
        const d = dy[start + i] * weight[channel + Math.floor(i / inner)];
        sum += d;
        sumNormalized += d * (x[start + i] - mean[part]) * inverseStd[part];
      }
      for (let i = 0; i < count; i++) {
        const d = dy[start + i] * weight[channel + Math.floor(i / inner)];
        const normalized = (x[start + i] - mean[part]) * inverseStd[part];
        dx[start + i] = inverseStd[part] * (d - sum / count - (normalized * sumNormalized) / count);
      }
    }
  },
};
