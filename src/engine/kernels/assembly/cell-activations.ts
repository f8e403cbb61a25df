// The functions inside a recurrence that are seldom used: chosen anew for every four numbers, so that they take little code.
import { HARD_SIGMOID, HardSigmoid, RELU, Relu, SIGMOID, Sigmoid, slope, TANH, Tanh, value } from './activation-curves';

/** A kind that is only known when it runs. */
export class Chosen {}

/** f(x); `kind`: see `CellActivation`. */
export function cellValue(kind: i32, x: v128): v128 {
  if (kind == TANH) return value<Tanh>(x);
  if (kind == RELU) return value<Relu>(x);
  if (kind == SIGMOID) return value<Sigmoid>(x);
  if (kind == HARD_SIGMOID) return value<HardSigmoid>(x);
  return x;
}

/** f'(x), given y = f(x). */
export function cellSlope(kind: i32, y: v128): v128 {
  if (kind == TANH) return slope<Tanh>(y);
  if (kind == RELU) return slope<Relu>(y);
  if (kind == SIGMOID) return slope<Sigmoid>(y);
  if (kind == HARD_SIGMOID) return slope<HardSigmoid>(y);
  return f32x4.splat(1);
}
