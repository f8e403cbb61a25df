import type { RecurrentKernels } from '../recurrent-kernels';
import { multiply, multiplyTransposedB } from './matrix';
import { ACTIVATION_DERIVATIVES, ACTIVATIONS } from './activations';

/** The definition of `RecurrentKernels`. */
export const recurrentKernels: RecurrentKernels = {
  rnn(
    { data: projected },
    { data: weight },
    { data: biasIh },
    { data: biasHh },
    { data: h },
    _,
    time,
    batch,
    units,
    nonlinearity,
  ) {
    const f = ACTIVATIONS[nonlinearity];
    const size = batch * units;
    for (let t = 0; t < time; t++) {
      const next = (t + 1) * size;
      multiplyTransposedB(h, t * size, weight, 0, h, next, batch, units, units, false);
      for (let i = 0; i < size; i++) {
        const u = i % units;
        const z = h[next + i] + projected[t * size + i] + biasIh[u] + biasHh[u];
        h[next + i] = f(z);
      }
    }
  },
  rnnBackward(
    { data: weight },
    { data: h },
    { data: dHidden },
    { data: dGates },
    { data: dInitial },
    _,
    time,
    batch,
    units,
    nonlinearity,
  ) {
    const slope = ACTIVATION_DERIVATIVES[nonlinearity];
    const size = batch * units;
    for (let t = time - 1; t >= 0; t--) {
      for (let i = t * size; i < (t + 1) * size; i++) dGates[i] = dHidden[i] * slope(h[size + i]);
      if (t > 0) multiply(dGates, t * size, weight, 0, dHidden, (t - 1) * size, batch, units, units, true);
      else multiply(dGates, 0, weight, 0, dInitial, 0, batch, units, units, false);
    }
  },

  lstm(
    { data: gates },
    { data: weight },
    { data: biasIh },
    { data: biasHh },
    { data: h },
    { data: c },
    _,
    time,
    batch,
    units,
    activation,
    gate,
  ) {
    const [phi, sigma] = [ACTIVATIONS[activation], ACTIVATIONS[gate]];
    const size = batch * units;
    for (let t = 0; t < time; t++) {
      const first = t * size * 4;
      multiplyTransposedB(h, t * size, weight, 0, gates, first, batch, 4 * units, units, true);
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const at = first + b * 4 * units + u;
          const z = (index: number): number =>
            gates[at + index * units] + biasIh[index * units + u] + biasHh[index * units + u];
          const [i, f, g, o] = [sigma(z(0)), sigma(z(1)), phi(z(2)), sigma(z(3))];
          [gates[at], gates[at + units], gates[at + 2 * units], gates[at + 3 * units]] = [i, f, g, o];
          const state = t * size + b * units + u;
          c[state + size] = f * c[state] + i * g;
          h[state + size] = o * phi(c[state + size]);
        }
      }
    }
  },
  lstmBackward(
    { data: weight },
    { data: gates },
    { data: c },
    { data: dHidden },
    { data: dCells },
    { data: dGates },
    { data: dInitial },
    _,
    time,
    batch,
    units,
    activation,
    gate,
  ) {
    const phi = ACTIVATIONS[activation];
    const [slope, gateSlope] = [ACTIVATION_DERIVATIVES[activation], ACTIVATION_DERIVATIVES[gate]];
    const size = batch * units;
    for (let t = time - 1; t >= 0; t--) {
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const at = (t * batch + b) * 4 * units + u;
          const state = t * size + b * units + u;
          const [i, f, g, o] = [gates[at], gates[at + units], gates[at + 2 * units], gates[at + 3 * units]];
          const shown = phi(c[state + size]);
          const later = t + 1 < time ? dCells[state + size] * gates[at + 4 * size + units] : dCells[state];
          const dC = dHidden[state] * o * slope(shown) + later;
          dCells[state] = dC;
          dGates[at] = dC * g * gateSlope(i);
          dGates[at + units] = dC * c[state] * gateSlope(f);
          dGates[at + 2 * units] = dC * i * slope(g);
          dGates[at + 3 * units] = dHidden[state] * shown * gateSlope(o);
        }
      }
      if (t > 0) multiply(dGates, t * size * 4, weight, 0, dHidden, (t - 1) * size, batch, units, 4 * units, true);
      else multiply(dGates, 0, weight, 0, dInitial, 0, batch, units, 4 * units, false);
    }
  },

  gru(
    { data: gates },
    { data: weight },
    { data: biasIh },
    { data: biasHh },
    { data: h },
    { data: newHidden },
    scratch,
    time,
    batch,
    units,
    activation,
    gate,
  ) {
    const [phi, sigma] = [ACTIVATIONS[activation], ACTIVATIONS[gate]];
    const size = batch * units;
    const product = scratch.data;
    for (let t = 0; t < time; t++) {
      multiplyTransposedB(h, t * size, weight, 0, product, 0, batch, 3 * units, units, false);
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const inStep = b * 3 * units + u;
          const at = t * size * 3 + inStep;
          const recurrent = (index: number): number => product[inStep + index * units] + biasHh[index * units + u];
          const projected = (index: number): number => gates[at + index * units] + biasIh[index * units + u];
          const [r, z] = [sigma(projected(0) + recurrent(0)), sigma(projected(1) + recurrent(1))];
          const state = t * size + b * units + u;
          newHidden[state] = recurrent(2);
          const n = phi(projected(2) + r * newHidden[state]);
          [gates[at], gates[at + units], gates[at + 2 * units]] = [r, z, n];
          h[state + size] = (1 - z) * n + z * h[state];
        }
      }
    }
  },
  gruBackward(
    { data: weight },
    { data: gates },
    { data: h },
    { data: newHidden },
    { data: dHidden },
    { data: dGates },
    { data: dRecurrent },
    { data: dInitial },
    _,
    time,
    batch,
    units,
    activation,
    gate,
  ) {
    const [slope, gateSlope] = [ACTIVATION_DERIVATIVES[activation], ACTIVATION_DERIVATIVES[gate]];
    const size = batch * units;
    for (let t = time - 1; t >= 0; t--) {
      const [before, beforeStart] = t > 0 ? [dHidden, (t - 1) * size] : [dInitial, 0];
      if (t === 0) dInitial.fill(0);
      for (let b = 0; b < batch; b++) {
        for (let u = 0; u < units; u++) {
          const at = (t * batch + b) * 3 * units + u;
          const state = t * size + b * units + u;
          const [r, z, n] = [gates[at], gates[at + units], gates[at + 2 * units]];
          const d = dHidden[state];
          const dN = d * (1 - z) * slope(n);
          const dZ = d * (h[state] - n) * gateSlope(z);
          const dR = dN * newHidden[state] * gateSlope(r);
          [dGates[at], dGates[at + units], dGates[at + 2 * units]] = [dR, dZ, dN];
          [dRecurrent[at], dRecurrent[at + units], dRecurrent[at + 2 * units]] = [dR, dZ, dN * r];
          before[beforeStart + b * units + u] += d * z;
        }
      }
      multiply(dRecurrent, t * size * 3, weight, 0, before, beforeStart, batch, units, 3 * units, true);
    }
  },
};
