// The plain recurrent layer over a whole sequence. Shapes and formulas: `recurrent-kernels.ts`.
import { RELU, slope, TANH, value } from './activations';
import { cellSlope, cellValue } from './cell-activations';
import { loadUpTo, storeUpTo } from './float32x4';
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
    for (let r: usize = 0; r < step; r += row) {
      if (kind == TANH) finishRow(projected + r, bias, next + r, units, TANH, true);
      else if (kind == RELU) finishRow(projected + r, bias, next + r, units, RELU, true);
      else finishRow(projected + r, bias, next + r, units, kind, false);
    }
    hidden = next;
    projected += step;
  }
}

/** hidden = f(projected + bias + hidden); `usual`: the kind is a constant. */
// @ts-ignore: decorator
@inline
function finishRow(projected: usize, bias: usize, hidden: usize, units: i32, kind: i32, usual: bool): void {
  let left = units;
  for (; left >= 4; left -= 4) {
    finish(projected, bias, hidden, 4, kind, usual);
    projected += 16;
    bias += 16;
    hidden += 16;
  }
  if (left > 0) finish(projected, bias, hidden, left, kind, usual);
}

// @ts-ignore: decorator
@inline
function finish(projected: usize, bias: usize, hidden: usize, count: i32, kind: i32, usual: bool): void {
  const sum = f32x4.add(f32x4.add(loadUpTo(projected, count), loadUpTo(bias, count)), loadUpTo(hidden, count));
  storeUpTo(hidden, usual ? value(kind, sum) : cellValue(kind, sum), count);
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
    if (kind == TANH) throughNonlinearity(hidden + step + at, dHidden + at, dGates + at, batch * units, TANH, true);
    else if (kind == RELU) throughNonlinearity(hidden + step + at, dHidden + at, dGates + at, batch * units, RELU, true);
    else throughNonlinearity(hidden + step + at, dHidden + at, dGates + at, batch * units, kind, false);
  }
  gradientByState(dGates, scratch, dInitial, batch, units, units, false);
}

/** dGates = dHidden f'(h); `usual` as above. */
// @ts-ignore: decorator
@inline
function throughNonlinearity(h: usize, dHidden: usize, dGates: usize, n: i32, kind: i32, usual: bool): void {
  for (let left = n; left > 0; left -= 4) {
    const y = loadUpTo(h, left), d = loadUpTo(dHidden, left);
    storeUpTo(dGates, f32x4.mul(d, usual ? slope(kind, y) : cellSlope(kind, y)), left);
    h += 16;
    dHidden += 16;
    dGates += 16;
  }
}
