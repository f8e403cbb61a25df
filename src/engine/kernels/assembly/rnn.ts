// The plain recurrent layer over a whole sequence. Shapes and formulas: `recurrent-kernels.ts`.
import { RELU, Relu, slope, TANH, Tanh } from './activation-curves';
import { values } from './activations';
import { cellSlope, cellValue, Chosen } from './cell-activations';
import { flushed, loadUpTo, storeUpTo } from './float32x4';
import { rowsTimesPanels } from './matmul';
import { addBiases, biasPlace, gradientByState, packBackward, packForward } from './recurrent-step';

export function rnn(
  projected: usize, weight: usize, biasIh: usize, biasHh: usize, hidden: usize, scratch: usize, time: i32, batch: i32,
  units: i32, kind: i32,
): void {
  const row = (<usize>units) << 2;
  const step = <usize>batch * row;
  const bias = biasPlace(scratch, 1, units);
  packForward(weight, units, units, scratch);
  addBiases(biasIh, biasHh, bias, units);
  for (let t = 0; t < time; t++) {
    const next = hidden + step;
    rowsTimesPanels(hidden, row, scratch, units, next, row, batch, units, false);
    for (let r: usize = 0; r < step; r += row) addProjected(projected + r, bias, next + r, units);
    if (kind == TANH) values<Tanh>(next, next, batch * units);
    else if (kind == RELU) values<Relu>(next, next, batch * units);
    else chosenValues(kind, next, batch * units);
    hidden = next;
    projected += step;
  }
}

/** hidden = projected + bias + hidden */
// @ts-ignore: decorator
@inline
function addProjected(projected: usize, bias: usize, hidden: usize, units: i32): void {
  for (let left = units; left > 0; left -= 4) {
    storeUpTo(hidden, f32x4.add(f32x4.add(loadUpTo(projected, left), loadUpTo(bias, left)), loadUpTo(hidden, left)), left);
    projected += 16;
    bias += 16;
    hidden += 16;
  }
}

/** h = f(h) for a kind that is seldom used */
function chosenValues(kind: i32, h: usize, n: i32): void {
  for (let left = n; left > 0; left -= 4) {
    storeUpTo(h, flushed(cellValue(kind, loadUpTo(h, left))), left);
    h += 16;
  }
}

export function rnnBackward(
  weight: usize, hidden: usize, dHidden: usize, dGates: usize, dInitial: usize, scratch: usize, time: i32, batch: i32,
  units: i32, kind: i32,
): void {
  const step = (<usize>batch * <usize>units) << 2;
  packBackward(weight, units, units, scratch);
  for (let t = time - 1; t >= 0; t--) {
    const at = <usize>t * step;
    if (t + 1 < time) gradientByState(dGates + at + step, scratch, dHidden + at, batch, units, units, true);
    if (kind == TANH) throughNonlinearity<Tanh>(hidden + step + at, dHidden + at, dGates + at, batch * units, kind);
    else if (kind == RELU) throughNonlinearity<Relu>(hidden + step + at, dHidden + at, dGates + at, batch * units, kind);
    else throughNonlinearity<Chosen>(hidden + step + at, dHidden + at, dGates + at, batch * units, kind);
  }
  gradientByState(dGates, scratch, dInitial, batch, units, units, false);
}

/** dGates = dHidden f'(h), f as above */
// @ts-ignore: decorator
@inline
function throughNonlinearity<K>(h: usize, dHidden: usize, dGates: usize, n: i32, kind: i32): void {
  for (let left = n; left > 0; left -= 4) {
    const y = loadUpTo(h, left), d = loadUpTo(dHidden, left);
    storeUpTo(dGates, flushed(f32x4.mul(d, idof<K>() == idof<Chosen>() ? cellSlope(kind, y) : slope<K>(y))), left);
    h += 16;
    dHidden += 16;
    dGates += 16;
  }
}
