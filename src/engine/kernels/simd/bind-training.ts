import type { OptimizerKernels } from '../optimizer-kernels';
import type { RecurrentKernels } from '../recurrent-kernels';
import type { StatisticKernels } from '../statistic-kernels';
import { ACTIVATION_CODES } from './codes';
import type { WasmKernels } from './wasm-kernels';

/** No address: the arena never begins at 0. */
const NONE = 0;

export function bindRecurrent(wasm: WasmKernels): RecurrentKernels {
  return {
    rnn: (projected, weightHh, biasIh, biasHh, hidden, scratch, time, batch, units, nonlinearity) =>
      wasm.rnn(
        projected.offset,
        weightHh.offset,
        biasIh.offset,
        biasHh.offset,
        hidden.offset,
        scratch.offset,
        time,
        batch,
        units,
        ACTIVATION_CODES[nonlinearity],
      ),
    rnnBackward: (weightHh, hidden, dHidden, dGates, dInitial, scratch, time, batch, units, nonlinearity) =>
      wasm.rnnBackward(
        weightHh.offset,
        hidden.offset,
        dHidden.offset,
        dGates.offset,
        dInitial.offset,
        scratch.offset,
        time,
        batch,
        units,
        ACTIVATION_CODES[nonlinearity],
      ),
    lstm: (gates, weightHh, biasIh, biasHh, hidden, cells, scratch, time, batch, units, activation, gate) =>
      wasm.lstm(
        gates.offset,
        weightHh.offset,
        biasIh.offset,
        biasHh.offset,
        hidden.offset,
        cells.offset,
        scratch.offset,
        time,
        batch,
        units,
        ACTIVATION_CODES[activation],
        ACTIVATION_CODES[gate],
      ),
    lstmBackward: (
      weightHh,
      gates,
      cells,
      dHidden,
      dCells,
      dGates,
      dInitial,
      scratch,
      time,
      batch,
      units,
      activation,
      gate,
    ) =>
      wasm.lstmBackward(
        weightHh.offset,
        gates.offset,
        cells.offset,
        dHidden.offset,
        dCells.offset,
        dGates.offset,
        dInitial.offset,
        scratch.offset,
        time,
        batch,
        units,
        ACTIVATION_CODES[activation],
        ACTIVATION_CODES[gate],
      ),
    gru: (gates, weightHh, biasIh, biasHh, hidden, newHidden, scratch, time, batch, units, activation, gate) =>
      wasm.gru(
        gates.offset,
        weightHh.offset,
        biasIh.offset,
        biasHh.offset,
        hidden.offset,
        newHidden.offset,
        scratch.offset,
        time,
        batch,
        units,
        ACTIVATION_CODES[activation],
        ACTIVATION_CODES[gate],
      ),
    gruBackward: (
      weightHh,
      gates,
      hidden,
      newHidden,
      dHidden,
      dGates,
      dRecurrent,
      dInitial,
      scratch,
      time,
      batch,
      units,
      activation,
      gate,
    ) =>
      wasm.gruBackward(
        weightHh.offset,
        gates.offset,
        hidden.offset,
        newHidden.offset,
        dHidden.offset,
        dGates.offset,
        dRecurrent.offset,
        dInitial.offset,
        scratch.offset,
        time,
        batch,
        units,
        ACTIVATION_CODES[activation],
        ACTIVATION_CODES[gate],
      ),
  };
}

export function bindOptimizers(wasm: WasmKernels): OptimizerKernels {
  return {
    sgd: (p, g, velocity, step, rate, weightDecay, momentum, nesterov) =>
      wasm.sgd(
        p.offset,
        g.offset,
        velocity?.offset ?? NONE,
        p.length,
        step === 1,
        rate,
        weightDecay,
        momentum,
        nesterov,
      ),
    rmsprop: (p, g, square, velocity, rate, weightDecay, alpha, epsilon, momentum) =>
      wasm.rmsprop(
        p.offset,
        g.offset,
        square.offset,
        velocity?.offset ?? NONE,
        p.length,
        rate,
        weightDecay,
        alpha,
        epsilon,
        momentum,
      ),
    adagrad: (p, g, sum, rate, weightDecay, epsilon) =>
      wasm.adagrad(p.offset, g.offset, sum.offset, p.length, rate, weightDecay, epsilon),
    adam: (p, g, mean, square, step, rate, weightDecay, beta1, beta2, epsilon, decoupled) =>
      wasm.adam(
        p.offset,
        g.offset,
        mean.offset,
        square.offset,
        p.length,
        step,
        rate,
        weightDecay,
        beta1,
        beta2,
        epsilon,
        decoupled,
      ),
    penalty: (p, g, l1, l2) => wasm.penalty(p.offset, g.offset, p.length, l1, l2),
  };
}

export function bindStatistics(wasm: WasmKernels): StatisticKernels {
  return {
    norm: x => wasm.norm(x.offset, x.length),
    rowNorms: (x, result, rows, columns) => wasm.rowNorms(x.offset, result.offset, rows, columns),
    outputStatistics: (x, result, outer, units, inner, low, high) =>
      wasm.outputStatistics(x.offset, result.offset, outer, units, inner, low, high),
  };
}
