// The LSTM over a whole sequence, gates in the order i, f, g, o. Shapes and formulas: `recurrent-kernels.ts`.
import { SIGMOID, TANH, Tanh } from './activation-curves';
import { values } from './activations';
import { cellSlope, cellValue } from './cell-activations';
import { number, ONE } from './constants';
import { flushed, loadUpTo, multiplyAdd, storeUpTo } from './float32x4';
import { rowsTimesPanels } from './matmul';
import { sigmoid4, tanh4 } from './math';
import { addBiases, biasPlace, gradientByState, packBackward, packForward } from './recurrent-step';

export function lstm(
  gates: usize, weight: usize, biasIh: usize, biasHh: usize, hidden: usize, cells: usize, scratch: usize, time: i32, batch: i32,
  units: i32, activation: i32, gate: i32,
): void {
  const usual = activation == TANH && gate == SIGMOID;
  const row = (<usize>units) << 2;
  const bias = biasPlace(scratch, 4, units);
  packForward(weight, 4 * units, units, scratch);
  addBiases(biasIh, biasHh, bias, 4 * units);
  for (let t = 0; t < time; t++) {
    const step = <usize>batch * row;
    rowsTimesPanels(hidden, row, scratch, units, gates, 4 * row, batch, 4 * units, true);
    for (let r = 0; r < batch; r++) {
      if (usual) cellRow(gates, bias, cells, cells + step, hidden + step, row, units, TANH, SIGMOID, true);
      else cellRow(gates, bias, cells, cells + step, hidden + step, row, units, activation, gate, false);
      gates += 4 * row;
      cells += row;
      hidden += row;
    }
  }
}

/**
 * One example at one time step; `usual`: the functions are tanh and sigmoid, which are then inlined. First the gates, then the
 * cells: with tanh c in the same loop, which waits for all four gates, each turn would be one long chain.
 */
// @ts-ignore: decorator
@inline
function cellRow(
  gates: usize, bias: usize, cell: usize, nextCell: usize, nextHidden: usize, row: usize, units: i32, activation: i32, gate: i32,
  usual: bool,
): void {
  let at: usize = 0;
  let left = units;
  for (; left >= 4; left -= 4) {
    gates4(gates + at, bias + at, row, 4, activation, gate, usual);
    at += 16;
  }
  if (left > 0) gates4(gates + at, bias + at, row, left, activation, gate, usual);
  at = 0;
  left = units;
  for (; left >= 8; left -= 8) {
    twoCells4(gates + at, cell + at, nextCell + at, nextHidden + at, row, activation, usual);
    at += 32;
  }
  for (; left > 0; left -= 4) {
    cell4(gates + at, cell + at, nextCell + at, nextHidden + at, row, left, activation, usual);
    at += 16;
  }
}

// @ts-ignore: decorator
@inline
function gates4(gates: usize, bias: usize, row: usize, count: i32, activation: i32, gate: i32, usual: bool): void {
  const zi = f32x4.add(loadUpTo(gates, count), loadUpTo(bias, count));
  const zf = f32x4.add(loadUpTo(gates + row, count), loadUpTo(bias + row, count));
  const zg = f32x4.add(loadUpTo(gates + 2 * row, count), loadUpTo(bias + 2 * row, count));
  const zo = f32x4.add(loadUpTo(gates + 3 * row, count), loadUpTo(bias + 3 * row, count));
  const i = flushed(usual ? sigmoid4(zi) : cellValue(gate, zi));
  const f = flushed(usual ? sigmoid4(zf) : cellValue(gate, zf));
  const g = usual ? tanh4(zg) : cellValue(activation, zg);
  const o = flushed(usual ? sigmoid4(zo) : cellValue(gate, zo));
  storeUpTo(gates, i, count);
  storeUpTo(gates + row, f, count);
  storeUpTo(gates + 2 * row, g, count);
  storeUpTo(gates + 3 * row, o, count);
}

// @ts-ignore: decorator
@inline
function cell4(
  gates: usize, cell: usize, nextCell: usize, nextHidden: usize, row: usize, count: i32, activation: i32, usual: bool,
): void {
  const kept = f32x4.mul(loadUpTo(gates, count), loadUpTo(gates + 2 * row, count));
  const c = flushed(multiplyAdd(loadUpTo(gates + row, count), loadUpTo(cell, count), kept));
  storeUpTo(nextCell, c, count);
  storeUpTo(nextHidden, flushed(f32x4.mul(loadUpTo(gates + 3 * row, count), usual ? tanh4(c) : cellValue(activation, c))), count);
}

/** Two chains side by side. */
// @ts-ignore: decorator
@inline
function twoCells4(
  gates: usize, cell: usize, nextCell: usize, nextHidden: usize, row: usize, activation: i32, usual: bool,
): void {
  const forget = gates + row, output = gates + 3 * row;
  const c0 = flushed(multiplyAdd(v128.load(forget), v128.load(cell), f32x4.mul(v128.load(gates), v128.load(gates + 2 * row))));
  const c1 = flushed(multiplyAdd(v128.load(forget, 16), v128.load(cell, 16), f32x4.mul(v128.load(gates, 16), v128.load(gates + 2 * row, 16))));
  const shown0 = usual ? tanh4(c0) : cellValue(activation, c0), shown1 = usual ? tanh4(c1) : cellValue(activation, c1);
  v128.store(nextCell, c0);
  v128.store(nextCell, c1, 16);
  v128.store(nextHidden, flushed(f32x4.mul(v128.load(output), shown0)));
  v128.store(nextHidden, flushed(f32x4.mul(v128.load(output, 16), shown1)), 16);
}

export function lstmBackward(
  weight: usize, gates: usize, cells: usize, dHidden: usize, dCells: usize, dGates: usize, dInitial: usize, scratch: usize,
  time: i32, batch: i32, units: i32, activation: i32, gate: i32,
): void {
  const usual = activation == TANH && gate == SIGMOID;
  const row = (<usize>units) << 2;
  const step = <usize>batch * row;
  packBackward(weight, 4 * units, units, scratch);
  for (let t = time - 1; t >= 0; t--) {
    const last = t + 1 == time;
    const at = <usize>t * step;
    if (!last) gradientByState(dGates + 4 * (at + step), scratch, dHidden + at, batch, 4 * units, units, true);
    for (let r = 0; r < batch; r++) {
      const here = at + <usize>r * row;
      const ofGates = gates + 4 * here, dOfGates = dGates + 4 * here;
      const cell = cells + here, dh = dHidden + here, dc = dCells + here;
      if (!usual) backwardRow(ofGates, cell, step, dh, dc, dOfGates, row, units, last, activation, gate, false);
      else if (last) backwardRow(ofGates, cell, step, dh, dc, dOfGates, row, units, true, TANH, SIGMOID, true);
      else backwardRow(ofGates, cell, step, dh, dc, dOfGates, row, units, false, TANH, SIGMOID, true);
    }
  }
  gradientByState(dGates, scratch, dInitial, batch, 4 * units, units, false);
}

/**
 * One example at one time step; the next time step's cells, gates and gradients lie `step` (gates: 4 `step`) bytes on. First tanh c,
 * in the place of the output gate's gradient, for the same reason as in the forward pass.
 */
// @ts-ignore: decorator
@inline
function backwardRow(
  gates: usize, cell: usize, step: usize, dHidden: usize, dCell: usize, dGates: usize, row: usize, units: i32, last: bool,
  activation: i32, gate: i32, usual: bool,
): void {
  showCells(cell + step, dGates + 3 * row, units, activation, usual);
  let left = units;
  for (; left >= 4; left -= 4) {
    backward4(gates, cell, step, dHidden, dCell, dGates, row, last, 4, activation, gate, usual);
    gates += 16;
    cell += 16;
    dHidden += 16;
    dCell += 16;
    dGates += 16;
  }
  if (left > 0) backward4(gates, cell, step, dHidden, dCell, dGates, row, last, left, activation, gate, usual);
}

/** shown[i] = f(cells[i]) */
// @ts-ignore: decorator
@inline
function showCells(cells: usize, shown: usize, units: i32, activation: i32, usual: bool): void {
  if (usual) return values<Tanh>(cells, shown, units);
  for (let left = units; left > 0; left -= 4) {
    storeUpTo(shown, cellValue(activation, loadUpTo(cells, left)), left);
    cells += 16;
    shown += 16;
  }
}

// @ts-ignore: decorator
@inline
function backward4(
  gates: usize, cell: usize, step: usize, dHidden: usize, dCell: usize, dGates: usize, row: usize, last: bool, count: i32,
  activation: i32, gate: i32, usual: bool,
): void {
  const i = loadUpTo(gates, count), f = loadUpTo(gates + row, count);
  const g = loadUpTo(gates + 2 * row, count), o = loadUpTo(gates + 3 * row, count);
  const shown = loadUpTo(dGates + 3 * row, count);
  const dh = loadUpTo(dHidden, count);
  const through = usual ? throughTanh(shown) : cellSlope(activation, shown);
  let dc = f32x4.mul(f32x4.mul(dh, o), through);
  if (last) dc = f32x4.add(dc, loadUpTo(dCell, count));
  else dc = multiplyAdd(loadUpTo(dCell + step, count), loadUpTo(gates + 4 * step + row, count), dc);
  dc = flushed(dc);
  storeUpTo(dCell, dc, count);
  storeUpTo(dGates, flushed(f32x4.mul(f32x4.mul(dc, g), usual ? throughSigmoid(i) : cellSlope(gate, i))), count);
  storeUpTo(dGates + row, flushed(f32x4.mul(f32x4.mul(dc, loadUpTo(cell, count)), usual ? throughSigmoid(f) : cellSlope(gate, f))), count);
  storeUpTo(dGates + 2 * row, flushed(f32x4.mul(f32x4.mul(dc, i), usual ? throughTanh(g) : cellSlope(activation, g))), count);
  storeUpTo(dGates + 3 * row, flushed(f32x4.mul(f32x4.mul(dh, shown), usual ? throughSigmoid(o) : cellSlope(gate, o))), count);
}

/** The sigmoid's slope from its value. */
// @ts-ignore: decorator
@inline
export function throughSigmoid(y: v128): v128 {
  return f32x4.mul(y, f32x4.sub(number(ONE), y));
}

/** Tanh's slope from its value. */
// @ts-ignore: decorator
@inline
export function throughTanh(y: v128): v128 {
  return f32x4.sub(number(ONE), f32x4.mul(y, y));
}
