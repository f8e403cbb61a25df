// The activations and their gradients. Formulas: `reference/activations.ts`. `kind` is a constant wherever the formulas are
// inlined, so that each kind gets a loop of its own.
import { HALF, number, ONE, TWO } from './constants';
import { addBias } from './elementwise';
import { all, loadUpTo, multiplyAdd, select, storeUpTo } from './float32x4';
import {
  exp4, expOfNegative4, expMinusOneOfNegative4, gaussian4, logOnePlus4, normalDistribution4, sigmoid4, softplus4, tanh4,
} from './math';

/** Numbers of the activations, as `simd/codes.ts` has them. */
export const IDENTITY: i32 = 0;
export const RELU: i32 = 1;
const LEAKY_RELU: i32 = 2;
const ELU: i32 = 3;
const SELU: i32 = 4;
const GELU: i32 = 5;
const GELU_TANH: i32 = 6;
const SILU: i32 = 7;
const MISH: i32 = 8;
export const SIGMOID: i32 = 9;
export const HARD_SIGMOID: i32 = 10;
export const TANH: i32 = 11;
const HARD_TANH: i32 = 12;
const SOFTPLUS: i32 = 13;
const SOFTSIGN: i32 = 14;
const RELU6: i32 = 15;
const EXPONENTIAL: i32 = 16;
const HARD_SWISH: i32 = 17;
const LOG_SIGMOID: i32 = 18;

const LEAKY_SLOPE: usize = memory.data<f32>([0.01]);
const SIXTH: usize = memory.data<f32>([0.16666666666666666]);
const THIRD: usize = memory.data<f32>([0.3333333333333333]);
const THREE: usize = memory.data<f32>([3]);
const MINUS_THREE: usize = memory.data<f32>([-3]);
const SIX: usize = memory.data<f32>([6]);
const MINUS_ONE: usize = memory.data<f32>([-1]);
/** selu's alpha and scale, and their product. */
const SELU_ALPHA: usize = memory.data<f32>([1.6732632423543772]);
const SELU_SCALE: usize = memory.data<f32>([1.0507009873554805]);
const SELU_BOTTOM: usize = memory.data<f32>([1.7580993408473766]);
/** Of gelu's tanh form: 2 sqrt(2 / pi), the cubic term, three times it, and where a square nears overflow. */
const GELU_SCALE: usize = memory.data<f32>([1.5957691216057308]);
const GELU_CUBIC: usize = memory.data<f32>([0.044715]);
const GELU_SQUARE: usize = memory.data<f32>([0.134145]);
const SQUARABLE: usize = memory.data<f32>([1e18]);
const INVERSE_SQRT_TWO_PI: usize = memory.data<f32>([0.3989422804014327]);

/** f(x) */
// @ts-ignore: decorator
@inline
export function value(kind: i32, x: v128): v128 {
  if (kind == RELU) return f32x4.pmax(x, all(0));
  if (kind == LEAKY_RELU) return select(f32x4.gt(x, all(0)), x, f32x4.mul(x, number(LEAKY_SLOPE)));
  if (kind == ELU) return select(f32x4.gt(x, all(0)), x, expMinusOneOfNegative4(f32x4.pmin(x, all(0))));
  if (kind == SELU) {
    const below = f32x4.mul(expMinusOneOfNegative4(f32x4.pmin(x, all(0))), number(SELU_ALPHA));
    return f32x4.mul(select(f32x4.gt(x, all(0)), x, below), number(SELU_SCALE));
  }
  if (kind == GELU) return f32x4.mul(x, normalDistribution4(x, gaussian4(x)));
  if (kind == GELU_TANH) return f32x4.mul(x, sigmoid4(geluTanhArgument(x)));
  if (kind == SILU) return f32x4.mul(x, sigmoid4(x));
  if (kind == MISH) return f32x4.mul(x, tanhOfSoftplus(x));
  if (kind == SIGMOID) return sigmoid4(x);
  if (kind == HARD_SIGMOID) return f32x4.pmax(f32x4.pmin(multiplyAdd(x, number(SIXTH), number(HALF)), number(ONE)), all(0));
  if (kind == TANH) return tanh4(x);
  if (kind == HARD_TANH) return f32x4.pmax(f32x4.pmin(x, number(ONE)), number(MINUS_ONE));
  if (kind == SOFTPLUS) return softplus4(x);
  if (kind == SOFTSIGN) return f32x4.div(x, f32x4.add(number(ONE), f32x4.abs(x)));
  if (kind == RELU6) return f32x4.pmax(f32x4.pmin(x, number(SIX)), all(0));
  if (kind == EXPONENTIAL) return exp4(x);
  if (kind == HARD_SWISH) return f32x4.mul(x, value(HARD_SIGMOID, x));
  if (kind == LOG_SIGMOID) {
    return f32x4.sub(f32x4.pmin(x, all(0)), logOnePlus4(expOfNegative4(f32x4.neg(f32x4.abs(x)))));
  }
  return x;
}

/** f'(x), given f's output or input as `ACTIVATION_READS` says. */
// @ts-ignore: decorator
@inline
export function slope(kind: i32, saved: v128): v128 {
  if (kind == RELU) return v128.and(f32x4.gt(saved, all(0)), number(ONE));
  if (kind == LEAKY_RELU) return select(f32x4.gt(saved, all(0)), number(ONE), number(LEAKY_SLOPE));
  if (kind == ELU) return select(f32x4.gt(saved, all(0)), number(ONE), f32x4.add(saved, number(ONE)));
  if (kind == SELU) return select(f32x4.gt(saved, all(0)), number(SELU_SCALE), f32x4.add(saved, number(SELU_BOTTOM)));
  if (kind == GELU) {
    const gaussian = gaussian4(saved);
    return geluSlope(saved, gaussian, normalDistribution4(saved, gaussian));
  }
  if (kind == GELU_TANH) return geluTanhSlope(saved, sigmoid4(geluTanhArgument(saved)));
  if (kind == SILU) return siluSlope(saved, sigmoid4(saved));
  if (kind == MISH) return mishSlope(saved, tanhOfSoftplus(saved));
  if (kind == SIGMOID) return f32x4.mul(saved, f32x4.sub(number(ONE), saved));
  if (kind == HARD_SIGMOID) {
    return v128.and(v128.and(f32x4.gt(saved, all(0)), f32x4.lt(saved, number(ONE))), number(SIXTH));
  }
  if (kind == TANH) return f32x4.sub(number(ONE), f32x4.mul(saved, saved));
  if (kind == HARD_TANH) return v128.and(f32x4.lt(f32x4.abs(saved), number(ONE)), number(ONE));
  if (kind == SOFTPLUS) return sigmoid4(saved);
  if (kind == SOFTSIGN) {
    const left = f32x4.sub(number(ONE), f32x4.abs(saved));
    return f32x4.mul(left, left);
  }
  if (kind == RELU6) return v128.and(v128.and(f32x4.gt(saved, all(0)), f32x4.lt(saved, number(SIX))), number(ONE));
  if (kind == EXPONENTIAL) return saved;
  if (kind == HARD_SWISH) {
    const between = multiplyAdd(saved, number(THIRD), number(HALF));
    const above = select(f32x4.ge(saved, number(THREE)), number(ONE), between);
    return v128.andnot(above, f32x4.lt(saved, number(MINUS_THREE)));
  }
  if (kind == LOG_SIGMOID) return sigmoid4(f32x4.neg(saved));
  return number(ONE);
}

/** From e^(-x² / 2) and the normal distribution. */
// @ts-ignore: decorator
@inline
function geluSlope(x: v128, gaussian: v128, distribution: v128): v128 {
  return multiplyAdd(f32x4.mul(x, gaussian), number(INVERSE_SQRT_TWO_PI), distribution);
}

/** With s the sigmoid: f' = s + x s (1 - s) 2 u'. */
// @ts-ignore: decorator
@inline
function geluTanhSlope(x: v128, s: v128): v128 {
  // where the square would overflow, s (1 - s) has long been 0
  const size = f32x4.pmin(f32x4.abs(x), number(SQUARABLE));
  const inner = multiplyAdd(f32x4.mul(size, size), number(GELU_SQUARE), number(ONE));
  const curve = f32x4.mul(f32x4.mul(s, f32x4.sub(number(ONE), s)), f32x4.mul(inner, number(GELU_SCALE)));
  return multiplyAdd(x, curve, s);
}

/** With s the sigmoid. */
// @ts-ignore: decorator
@inline
function siluSlope(x: v128, s: v128): v128 {
  return f32x4.mul(s, multiplyAdd(x, f32x4.sub(number(ONE), s), number(ONE)));
}

/** With t = tanh(log(1 + e^x)). */
// @ts-ignore: decorator
@inline
function mishSlope(x: v128, t: v128): v128 {
  return multiplyAdd(f32x4.mul(x, sigmoid4(x)), f32x4.sub(number(ONE), f32x4.mul(t, t)), t);
}

/** 2 sqrt(2 / pi) (x + 0.044715 x³): (1 + tanh u) / 2 is the sigmoid of 2 u. */
// @ts-ignore: decorator
@inline
function geluTanhArgument(x: v128): v128 {
  const inner = multiplyAdd(f32x4.mul(x, x), number(GELU_CUBIC), number(ONE));
  return f32x4.mul(f32x4.mul(x, inner), number(GELU_SCALE));
}

/**
 * tanh(log(1 + e^x)) = ((1 + e^x)² - 1) / ((1 + e^x)² + 1), multiplied out so that nothing cancels or overflows on either
 * side.
 */
// @ts-ignore: decorator
@inline
function tanhOfSoftplus(x: v128): v128 {
  const e = expOfNegative4(f32x4.neg(f32x4.abs(x)));
  const twice = f32x4.add(e, e);
  const below = f32x4.mul(e, f32x4.add(e, number(TWO)));
  const above = f32x4.add(number(ONE), twice);
  const isBelow = f32x4.lt(x, all(0));
  const top = select(isBelow, below, above);
  const bottom = select(isBelow, f32x4.add(below, number(TWO)), multiplyAdd(twice, e, above));
  return f32x4.div(top, bottom);
}

// @ts-ignore: decorator
@inline
function values(kind: i32, x: usize, y: usize, n: i32): void {
  let left = n;
  for (; left >= 4; left -= 4) {
    v128.store(y, value(kind, v128.load(x)));
    x += 16;
    y += 16;
  }
  if (left > 0) storeUpTo(y, value(kind, loadUpTo(x, left)), left);
}

// @ts-ignore: decorator
@inline
function gradients(kind: i32, saved: usize, dy: usize, dx: usize, n: i32): void {
  let left = n;
  for (; left >= 4; left -= 4) {
    v128.store(dx, f32x4.mul(v128.load(dy), slope(kind, v128.load(saved))));
    saved += 16;
    dy += 16;
    dx += 16;
  }
  if (left > 0) storeUpTo(dx, f32x4.mul(loadUpTo(dy, left), slope(kind, loadUpTo(saved, left))), left);
}

/** z += bias by columns (bias 0: none), then y = f(z) */
export function activate(kind: i32, z: usize, bias: usize, y: usize, rows: i32, columns: i32): void {
  if (bias != 0) addBias(z, bias, rows, columns);
  const n = rows * columns;
  switch (kind) {
    case RELU: return values(RELU, z, y, n);
    case LEAKY_RELU: return values(LEAKY_RELU, z, y, n);
    case ELU: return values(ELU, z, y, n);
    case SELU: return values(SELU, z, y, n);
    case GELU: return values(GELU, z, y, n);
    case GELU_TANH: return values(GELU_TANH, z, y, n);
    case SILU: return values(SILU, z, y, n);
    case MISH: return values(MISH, z, y, n);
    case SIGMOID: return values(SIGMOID, z, y, n);
    case HARD_SIGMOID: return values(HARD_SIGMOID, z, y, n);
    case TANH: return values(TANH, z, y, n);
    case HARD_TANH: return values(HARD_TANH, z, y, n);
    case SOFTPLUS: return values(SOFTPLUS, z, y, n);
    case SOFTSIGN: return values(SOFTSIGN, z, y, n);
    case RELU6: return values(RELU6, z, y, n);
    case EXPONENTIAL: return values(EXPONENTIAL, z, y, n);
    case HARD_SWISH: return values(HARD_SWISH, z, y, n);
    case LOG_SIGMOID: return values(LOG_SIGMOID, z, y, n);
    default: if (y != z) values(IDENTITY, z, y, n);
  }
}

/** y = f(z), z = f'(z), for up to four elements. */
// @ts-ignore: decorator
@inline
function valueAndSlope(kind: i32, z: usize, y: usize, count: i32): void {
  const x = loadUpTo(z, count);
  let bent: v128, steepness: v128;
  if (kind == GELU) {
    const gaussian = gaussian4(x);
    const distribution = normalDistribution4(x, gaussian);
    bent = f32x4.mul(x, distribution);
    steepness = geluSlope(x, gaussian, distribution);
  } else if (kind == GELU_TANH) {
    const s = sigmoid4(geluTanhArgument(x));
    bent = f32x4.mul(x, s);
    steepness = geluTanhSlope(x, s);
  } else if (kind == SILU) {
    const s = sigmoid4(x);
    bent = f32x4.mul(x, s);
    steepness = siluSlope(x, s);
  } else if (kind == MISH) {
    const t = tanhOfSoftplus(x);
    bent = f32x4.mul(x, t);
    steepness = mishSlope(x, t);
  } else {
    bent = value(kind, x);
    steepness = slope(kind, x);
  }
  storeUpTo(y, bent, count);
  storeUpTo(z, steepness, count);
}

// @ts-ignore: decorator
@inline
function valuesAndSlopes(kind: i32, z: usize, y: usize, n: i32): void {
  let left = n;
  for (; left >= 4; left -= 4) {
    valueAndSlope(kind, z, y, 4);
    z += 16;
    y += 16;
  }
  if (left > 0) valueAndSlope(kind, z, y, left);
}

/** z += bias by columns (bias 0: none), then y = f(z) and z = f'(z); of activations whose gradient reads their input */
export function activateKeepingSlope(kind: i32, z: usize, bias: usize, y: usize, rows: i32, columns: i32): void {
  if (bias != 0) addBias(z, bias, rows, columns);
  const n = rows * columns;
  switch (kind) {
    case GELU: return valuesAndSlopes(GELU, z, y, n);
    case GELU_TANH: return valuesAndSlopes(GELU_TANH, z, y, n);
    case SILU: return valuesAndSlopes(SILU, z, y, n);
    case MISH: return valuesAndSlopes(MISH, z, y, n);
    case SOFTPLUS: return valuesAndSlopes(SOFTPLUS, z, y, n);
    case HARD_SWISH: return valuesAndSlopes(HARD_SWISH, z, y, n);
    case LOG_SIGMOID: return valuesAndSlopes(LOG_SIGMOID, z, y, n);
  }
}

/** dx = dy f' */
export function activateBackward(kind: i32, saved: usize, dy: usize, dx: usize, n: i32): void {
  switch (kind) {
    case RELU: return gradients(RELU, saved, dy, dx, n);
    case LEAKY_RELU: return gradients(LEAKY_RELU, saved, dy, dx, n);
    case ELU: return gradients(ELU, saved, dy, dx, n);
    case SELU: return gradients(SELU, saved, dy, dx, n);
    case GELU: return gradients(GELU, saved, dy, dx, n);
    case GELU_TANH: return gradients(GELU_TANH, saved, dy, dx, n);
    case SILU: return gradients(SILU, saved, dy, dx, n);
    case MISH: return gradients(MISH, saved, dy, dx, n);
    case SIGMOID: return gradients(SIGMOID, saved, dy, dx, n);
    case HARD_SIGMOID: return gradients(HARD_SIGMOID, saved, dy, dx, n);
    case TANH: return gradients(TANH, saved, dy, dx, n);
    case HARD_TANH: return gradients(HARD_TANH, saved, dy, dx, n);
    case SOFTPLUS: return gradients(SOFTPLUS, saved, dy, dx, n);
    case SOFTSIGN: return gradients(SOFTSIGN, saved, dy, dx, n);
    case RELU6: return gradients(RELU6, saved, dy, dx, n);
    case EXPONENTIAL: return gradients(EXPONENTIAL, saved, dy, dx, n);
    case HARD_SWISH: return gradients(HARD_SWISH, saved, dy, dx, n);
    case LOG_SIGMOID: return gradients(LOG_SIGMOID, saved, dy, dx, n);
    default: gradients(IDENTITY, saved, dy, dx, n);
  }
}
