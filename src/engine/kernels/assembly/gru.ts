// The GRU over a whole sequence, gates in the order r, z, n. Shapes and formulas: `recurrent-kernels.ts`.
import { SIGMOID, TANH } from './activation-curves';
import { cellSlope, cellValue } from './cell-activations';
import { number, ONE } from './constants';
import { flushed, loadUpTo, multiplyAdd, storeUpTo } from './float32x4';
import { throughSigmoid, throughTanh } from './lstm';
import { rowsTimesPanels } from './matmul';
import { sigmoid4, tanh4 } from './math';
import { addBiases, biasPlace, gradientByState, packBackward, packForward } from './recurrent-step';

export function gru(
  gates: usize, weight: usize, biasIh: usize, biasHh: usize, hidden: usize, newHidden: usize, scratch: usize,
  time: i32, batch: i32, units: i32, activation: i32, gate: i32,
): void {
  const usual = activation == TANH && gate == SIGMOID;
  const row = (<usize>units) << 2;
  const bias = biasPlace(scratch, 3, units);
  // r and z go on top of the projected input, n to a place of its own: two sets of panels
  const newPanels = scratch + ((<usize>((2 * units + 7) & ~7) * <usize>units) << 2);
  packForward(weight, 2 * units, units, scratch);
  packForward(weight + <usize>(2 * units) * row, units, units, newPanels);
  addBiases(biasIh, biasHh, bias, 2 * units);
  for (let t = 0; t < time; t++) {
    const step = <usize>batch * row;
    rowsTimesPanels(hidden, row, scratch, units, gates, 3 * row, batch, 2 * units, true);
    rowsTimesPanels(hidden, row, newPanels, units, newHidden, row, batch, units, false);
    for (let r = 0; r < batch; r++) {
      const biasIn = biasIh + 2 * row, biasHn = biasHh + 2 * row;
      if (usual) cellRow(gates, bias, biasIn, biasHn, hidden, hidden + step, newHidden, row, units, TANH, SIGMOID, true);
      else cellRow(gates, bias, biasIn, biasHn, hidden, hidden + step, newHidden, row, units, activation, gate, false);
      gates += 3 * row;
      hidden += row;
      newHidden += row;
    }
  }
}

/**
 * One example at one time step; `usual`: the functions are tanh and sigmoid, which are then inlined. First the gates r and z, then n:
 * in one loop each turn would be one long chain.
 */
// @ts-ignore: decorator
@inline
function cellRow(
  gates: usize, bias: usize, biasIn: usize, biasHn: usize, hidden: usize, nextHidden: usize, newHidden: usize, row: usize,
  units: i32, activation: i32, gate: i32, usual: bool,
): void {
  let at: usize = 0;
  let left = 2 * units;
  for (; left >= 8; left -= 8) {
    const z0 = f32x4.add(v128.load(gates + at), v128.load(bias + at)), z1 = f32x4.add(v128.load(gates + at, 16), v128.load(bias + at, 16));
    const y0 = flushed(usual ? sigmoid4(z0) : cellValue(gate, z0)), y1 = flushed(usual ? sigmoid4(z1) : cellValue(gate, z1));
    v128.store(gates + at, y0);
    v128.store(gates + at, y1, 16);
    at += 32;
  }
  for (; left > 0; left -= 4) {
    const z = f32x4.add(loadUpTo(gates + at, left), loadUpTo(bias + at, left));
    storeUpTo(gates + at, flushed(usual ? sigmoid4(z) : cellValue(gate, z)), left);
    at += 16;
  }
  at = 0;
  for (left = units; left > 0; left -= 4) {
    newState4(
      gates + at, biasIn + at, biasHn + at, hidden + at, nextHidden + at, newHidden + at, row, left, activation, usual,
    );
    at += 16;
  }
}

// @ts-ignore: decorator
@inline
function newState4(
  gates: usize, biasIn: usize, biasHn: usize, hidden: usize, nextHidden: usize, newHidden: usize, row: usize, count: i32,
  activation: i32, usual: bool,
): void {
  const r = loadUpTo(gates, count), z = loadUpTo(gates + row, count);
  const recurrent = f32x4.add(loadUpTo(newHidden, count), loadUpTo(biasHn, count));
  storeUpTo(newHidden, recurrent, count);
  const zn = multiplyAdd(r, recurrent, f32x4.add(loadUpTo(gates + 2 * row, count), loadUpTo(biasIn, count)));
  const n = usual ? tanh4(zn) : cellValue(activation, zn);
  storeUpTo(gates + 2 * row, n, count);
  const kept = f32x4.mul(z, loadUpTo(hidden, count));
  storeUpTo(nextHidden, flushed(multiplyAdd(f32x4.sub(number(ONE), z), n, kept)), count);
}

export function gruBackward(
  weight: usize, gates: usize, hidden: usize, newHidden: usize, dHidden: usize, dGates: usize, dRecurrent: usize, dInitial: usize,
  scratch: usize, time: i32, batch: i32, units: i32, activation: i32, gate: i32,
): void {
  const usual = activation == TANH && gate == SIGMOID;
  const row = (<usize>units) << 2;
  const step = <usize>batch * row;
  packBackward(weight, 3 * units, units, scratch);
  for (let t = time - 1; t >= 0; t--) {
    const at = <usize>t * step;
    // the direct path d z, then the one through the gates, both on what the step before has from outside
    const before = t > 0 ? dHidden + at - step : dInitial;
    for (let r: usize = 0; r < step; r += row) {
      const here = at + r;
      if (!usual) {
        backwardRow(
          gates + 3 * here, hidden + here, newHidden + here, dHidden + here, dGates + 3 * here, dRecurrent + 3 * here,
          before + r, row, units, t > 0, activation, gate, false,
        );
      } else if (t > 0) {
        backwardRow(
          gates + 3 * here, hidden + here, newHidden + here, dHidden + here, dGates + 3 * here, dRecurrent + 3 * here,
          before + r, row, units, true, TANH, SIGMOID, true,
        );
      } else {
        backwardRow(
          gates + 3 * here, hidden + here, newHidden + here, dHidden + here, dGates + 3 * here, dRecurrent + 3 * here,
          before + r, row, units, false, TANH, SIGMOID, true,
        );
      }
    }
    gradientByState(dRecurrent + 3 * at, scratch, before, batch, 3 * units, units, true);
  }
}

// @ts-ignore: decorator
@inline
function backwardRow(
  gates: usize, hidden: usize, newHidden: usize, dHidden: usize, dGates: usize, dRecurrent: usize, before: usize, row: usize,
  units: i32, accumulate: bool, activation: i32, gate: i32, usual: bool,
): void {
  let left = units;
  for (; left >= 4; left -= 4) {
    backward4(gates, hidden, newHidden, dHidden, dGates, dRecurrent, before, row, accumulate, 4, activation, gate, usual);
    gates += 16;
    hidden += 16;
    newHidden += 16;
    dHidden += 16;
    dGates += 16;
    dRecurrent += 16;
    before += 16;
  }
  if (left > 0) backward4(gates, hidden, newHidden, dHidden, dGates, dRecurrent, before, row, accumulate, left, activation, gate, usual);
}

// @ts-ignore: decorator
@inline
function backward4(
  gates: usize, hidden: usize, newHidden: usize, dHidden: usize, dGates: usize, dRecurrent: usize, before: usize, row: usize,
  accumulate: bool, count: i32, activation: i32, gate: i32, usual: bool,
): void {
  const r = loadUpTo(gates, count), z = loadUpTo(gates + row, count), n = loadUpTo(gates + 2 * row, count);
  const d = loadUpTo(dHidden, count);
  const throughNew = usual ? throughTanh(n) : cellSlope(activation, n);
  const dn = flushed(f32x4.mul(f32x4.mul(d, f32x4.sub(number(ONE), z)), throughNew));
  const dz = flushed(f32x4.mul(f32x4.mul(d, f32x4.sub(loadUpTo(hidden, count), n)), usual ? throughSigmoid(z) : cellSlope(gate, z)));
  const dr = flushed(f32x4.mul(f32x4.mul(dn, loadUpTo(newHidden, count)), usual ? throughSigmoid(r) : cellSlope(gate, r)));
  storeUpTo(dGates, dr, count);
  storeUpTo(dGates + row, dz, count);
  storeUpTo(dGates + 2 * row, dn, count);
  storeUpTo(dRecurrent, dr, count);
  storeUpTo(dRecurrent + row, dz, count);
  storeUpTo(dRecurrent + 2 * row, flushed(f32x4.mul(dn, r)), count);
  const direct = flushed(f32x4.mul(d, z));
  storeUpTo(before, accumulate ? f32x4.add(loadUpTo(before, count), direct) : direct, count);
}
