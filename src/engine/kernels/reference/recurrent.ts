import type { RecurrentKernels } from '../recurrent-kernels';
import { multiply, multiplyTransposedB } from './matrix';
import { sigmoid } from './activations';

/** The definition of `RecurrentKernels`. */
export const recurrentKernels: RecurrentKernels = {
  rnn(
    { data: projected }, { data: weight }, { data: biasIh }, { data: biasHh }, { data: h }, _, time, batch, units, nonlinearity,
  ) {
    const size = batch * units;
    for (let t = 0; t < time; t++) {
      const next = (t + 1) * size;
      multiplyTransposedB(h, t * size, weight, 0, h, next, batch, units, units, false);
      for (let i = 0; i < size; i++) {
        const u = i % units;
        const z = h[next + i]! + projected[t * size + i]! + biasIh[u]! + biasHh[u]!;
        h[next + i] = nonlinearity === 'tanh' ? Math.tanh(z) : z < 0 ? 0 : z;
      }
    }
  },
  rnnBackward(
    { data: weight }, { data: h }, { data: dHidden }, { data: dGates }, { data: dInitial }, _, time, batch, units, nonlinearity,
  ) {
    const size = batch * units;
    for (let t = time - 1; t >= 0; t--) {
      for (let i = t * size; i < (t + 1) * size; i++) {
        const y = h[size + i]!;
        dGates[i] = dHidden[i]! * (nonlinearity === 'tanh' ? 1 - y * y : y > 0 ? 1 : 0);
      }
      if (t > 0) multiply(dGates, t * size, weight, 0, dHidden, (t - 1) * size, batch, units, units, true);
      else multiply(dGates, 0, weight, 0, dInitial, 0, batch, units, units, false);
    }
  },

  lstm({ data: gates }, { data: weight }, { data: biasIh }, { data: biasHh }, { data: h }, { data: c }, _, time, batch, units) {
    const size = batch * units;
    for (let t = 0; t < time; t++) {
      const first = t * size * 4;
      multiplyTransposedB(h, t * size, weight, 0, gates, first, batch, 4 * units, units, true);
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const at = first + b * 4 * units + u;
          const z = (gate: number): number => gates[at + gate * units]! + biasIh[gate * units + u]! + biasHh[gate * units + u]!;
          const [i, f, g, o] = [sigmoid(z(0)), sigmoid(z(1)), Math.tanh(z(2)), sigmoid(z(3))];
          [gates[at], gates[at + units], gates[at + 2 * units], gates[at + 3 * units]] = [i, f, g, o];
          const state = t * size + b * units + u;
          c[state + size] = f * c[state]! + i * g;
          h[state + size] = o * Math.tanh(c[state + size]!);
        }
      }
    }
  },
  lstmBackward(
    { data: weight }, { data: gates }, { data: c }, { data: dHidden }, { data: dCells }, { data: dGates }, { data: dInitial }, _,
    time, batch, units,
  ) {
    const size = batch * units;
    for (let t = time - 1; t >= 0; t--) {
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const at = (t * batch + b) * 4 * units + u;
          const state = t * size + b * units + u;
          const [i, f, g, o] = [gates[at]!, gates[at + units]!, gates[at + 2 * units]!, gates[at + 3 * units]!];
          const tanhC = Math.tanh(c[state + size]!);
          const later = t + 1 < time ? dCells[state + size]! * gates[at + 4 * size + units]! : dCells[state]!;
          const dC = dHidden[state]! * o * (1 - tanhC * tanhC) + later;
          dCells[state] = dC;
          dGates[at] = dC * g * i * (1 - i);
          dGates[at + units] = dC * c[state]! * f * (1 - f);
          dGates[at + 2 * units] = dC * i * (1 - g * g);
          dGates[at + 3 * units] = dHidden[state]! * tanhC * o * (1 - o);
        }
      }
      if (t > 0) multiply(dGates, t * size * 4, weight, 0, dHidden, (t - 1) * size, batch, units, 4 * units, true);
      else multiply(dGates, 0, weight, 0, dInitial, 0, batch, units, 4 * units, false);
    }
  },

  gru(
    { data: gates }, { data: weight }, { data: biasIh }, { data: biasHh }, { data: h }, { data: newHidden }, scratch,
    time, batch, units,
  ) {
    const size = batch * units;
    const product = scratch.data;
    for (let t = 0; t < time; t++) {
      multiplyTransposedB(h, t * size, weight, 0, product, 0, batch, 3 * units, units, false);
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const inStep = b * 3 * units + u;
          const at = t * size * 3 + inStep;
          const recurrent = (gate: number): number => product[inStep + gate * units]! + biasHh[gate * units + u]!;
          const projected = (gate: number): number => gates[at + gate * units]! + biasIh[gate * units + u]!;
          const [r, z] = [sigmoid(projected(0) + recurrent(0)), sigmoid(projected(1) + recurrent(1))];
          const state = t * size + b * units + u;
          newHidden[state] = recurrent(2);
          const n = Math.tanh(projected(2) + r * newHidden[state]!);
          [gates[at], gates[at + units], gates[at + 2 * units]] = [r, z, n];
          h[state + size] = (1 - z) * n + z * h[state]!;
        }
      }
    }
  },
  gruBackward(
    { data: weight }, { data: gates }, { data: h }, { data: newHidden }, { data: dHidden }, { data: dGates },
    { data: dRecurrent },
    { data: dInitial }, _, time, batch, units,
  ) {
    const size = batch * units;
    for (let t = time - 1; t >= 0; t--) {
      const [before, beforeStart] = t > 0 ? [dHidden, (t - 1) * size] : [dInitial, 0];
      if (t === 0) dInitial.fill(0);
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const at = (t * batch + b) * 3 * units + u;
          const state = t * size + b * units + u;
          const [r, z, n] = [gates[at]!, gates[at + units]!, gates[at + 2 * units]!];
          const d = dHidden[state]!;
          const dN = d * (1 - z) * (1 - n * n);
          const dZ = d * (h[state]! - n) * z * (1 - z);
          const dR = dN * newHidden[state]! * r * (1 - r);
          [dGates[at], dGates[at + units], dGates[at + 2 * units]] = [dR, dZ, dN];
          [dRecurrent[at], dRecurrent[at + units], dRecurrent[at + 2 * units]] = [dR, dZ, dN * r];
          before[beforeStart + b * units + u]! += d * z;
        }
      }
      multiply(dRecurrent, t * size * 3, weight, 0, before, beforeStart, batch, units, 3 * units, true);
    }
  },
};
