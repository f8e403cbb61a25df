// The plain recurrent layer over a whole sequence. Shapes and formulas: `recurrent-kernels.ts`.
import { RELU, Relu, slope, TANH, Tanh, value } from './activations';
import { cellSlope, cellValue, Chosen } from './cell-activations';
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
      if (kind == TANH) finishRow<Tanh>(projected + r, bias, next + r, units, kind);
      else if (kind == RELU) finishRow<Relu>(projected + r, bias, next + r, units, kind);
      else finishRow<Chosen>(projected + r, bias, next + r, units, kind);
    }
    hidden = next;
    projected += step;
  }
}

/** hidden = f(projected + bias + hidden), f being K's, or that of `kind` where K is Chosen */
// @ts-ignore: decorator
@inline
function finishRow<K>(projected: usize, bias: usize, hidden: usize, units: i32, kind: i32): void {
  let left = units;
  for (; left >= 4; left -= 4) {
    finish<K>(projected, bias, hidden, 4, kind);
    projected += 16;
    bias += 16;
    hidden += 16;
  }
  if (left > 0) finish<K>(projected, bias, hidden, left, kind);
}

// @ts-ignore: decorator
@inline
function finish<K>(projected: usize, bias: usize, hidden: usize, count: i32, kind: i32): void {
  const sum = f32x4.add(f32x4.add(loadUpTo(projected, count), loadUpTo(bias, count)), loadUpTo(hidden, count));
  storeUpTo(hidden, idof<K>() == idof<Chosen>() ? cellValue(kind, sum) : value<K>(sum), count);
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
    storeUpTo(dGates, f32x4.mul(d, idof<K>() == idof<Chosen>() ? cellSlope(kind, y) : slope<K>(y)), left);
    h += 16;
    dHidden += 16;
    dGates += 16;
  }
}
