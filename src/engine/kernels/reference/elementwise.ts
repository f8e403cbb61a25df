import { hash32 } from '../hash';
import type { ElementwiseKernels } from '../elementwise-kernels';
import { ACTIVATION_DERIVATIVES, ACTIVATIONS } from './activations';

/** The definition of `ElementwiseKernels`. */
export const elementwiseKernels: ElementwiseKernels = {
  fill({ data: x }, value) {
    x.fill(value);
  },
  copy({ data: x }, { data: y }) {
    y.set(x);
  },
  add({ data: a }, { data: b }, { data: y }) {
    for (let i = 0; i < y.length; i++) y[i] = a[i] + b[i];
  },
  multiply({ data: a }, { data: b }, { data: y }) {
    for (let i = 0; i < y.length; i++) y[i] = a[i] * b[i];
  },
  scale({ data: x }, factor) {
    for (let i = 0; i < x.length; i++) x[i] *= factor;
  },
  clamp({ data: x }, limit) {
    for (let i = 0; i < x.length; i++) x[i] = x[i] > limit ? limit : x[i] < -limit ? -limit : x[i];
  },
  activate(kind, { data: z }, bias, { data: y }, rows, columns) {
    const f = ACTIVATIONS[kind];
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const i = r * columns + c;
        if (bias) z[i] += bias.data[c];
        y[i] = f(z[i]);
      }
    }
  },
  activateKeepingSlope(kind, { data: z }, bias, { data: y }, rows, columns) {
    const [f, slope] = [ACTIVATIONS[kind], ACTIVATION_DERIVATIVES[kind]];
    for (let i = 0; i < rows * columns; i++) {
      if (bias) z[i] += bias.data[i % columns];
      y[i] = f(z[i]);
      z[i] = slope(z[i]);
    }
  },
  activateBackward(kind, { data: saved }, { data: dy }, { data: dx }) {
    const derivative = ACTIVATION_DERIVATIVES[kind];
    for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * derivative(saved[i]);
  },
  softmax({ data: x }, { data: y }, rows, columns) {
    for (let start = 0; start < rows * columns; start += columns) {
      let largest = -Infinity;
      for (let i = start; i < start + columns; i++) largest = Math.max(largest, x[i]);
      let sum = 0;
      for (let i = start; i < start + columns; i++) sum += Math.exp(x[i] - largest);
      for (let i = start; i < start + columns; i++) y[i] = Math.exp(x[i] - largest) / sum;
    }
  },
  softmaxBackward({ data: y }, { data: dy }, { data: dx }, rows, columns) {
    for (let start = 0; start < rows * columns; start += columns) {
      let dot = 0;
      for (let i = start; i < start + columns; i++) dot += dy[i] * y[i];
      for (let i = start; i < start + columns; i++) dx[i] = y[i] * (dy[i] - dot);
    }
  },
  columnSums({ data: x }, { data: y }, rows, columns, accumulate) {
    for (let c = 0; c < columns; c++) {
      let sum = accumulate ? y[c] : 0;
      for (let r = 0; r < rows; r++) sum += x[r * columns + c];
      y[c] = sum;
    }
  },
  dropout({ data: x }, { data: y }, rate, key) {
    const threshold = Math.floor(rate * 2 ** 32);
    const scale = 1 / (1 - rate);
    for (let i = 0; i < x.length; i++)
      y[i] = hash32((Math.imul(i, 0x9e3779b9) + key) | 0) >= threshold ? x[i] * scale : 0;
  },
};
