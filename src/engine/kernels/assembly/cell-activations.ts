// The functions inside a recurrence that are seldom used: chosen anew for every four numbers, so that they take little code.
import { HARD_SIGMOID, RELU, SIGMOID, slope, TANH, value } from './activations';

/** f(x); `kind`: see `CellActivation`. */
export function cellValue(kind: i32, x: v128): v128 {
  if (kind == TANH) return value(TANH, x);
  if (kind == RELU) return value(RELU, x);
  if (kind == SIGMOID) return value(SIGMOID, x);
  if (kind == HARD_SIGMOID) return value(HARD_SIGMOID, x);
  return x;
}

/** f'(x), given y = f(x). */
export function cellSlope(kind: i32, y: v128): v128 {
  if (kind == TANH) return slope(TANH, y);
  if (kind == RELU) return slope(RELU, y);
  if (kind == SIGMOID) return slope(SIGMOID, y);
  if (kind == HARD_SIGMOID) return slope(HARD_SIGMOID, y);
  return f32x4.splat(1);
}
