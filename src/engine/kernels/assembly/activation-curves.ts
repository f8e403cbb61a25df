// The activations' formulas on four float32 lanes, as `reference/activations.ts` has them. Each kind is a type, by which the formulas
// are chosen when they are compiled, so that each gets a loop of its own. As a number it would not: the optimizer folds loops that
// differ in a constant into one, and that one would choose anew for every four numbers.
import { HALF, number, ONE, TWO } from './constants';
import { all, multiplyAdd, select } from './float32x4';
import {
  exp4, expOfNegative4, expMinusOneOfNegative4, gaussian4, logOnePlus4, normalDistribution4, sigmoid4, softplus4, tanh4,
} from './math';

/** Numbers of the activations, as `simd/codes.ts` has them. */
export const IDENTITY: i32 = 0;
export const RELU: i32 = 1;
export const LEAKY_RELU: i32 = 2;
export const ELU: i32 = 3;
export const SELU: i32 = 4;
export const GELU: i32 = 5;
export const GELU_TANH: i32 = 6;
export const SILU: i32 = 7;
export const MISH: i32 = 8;
export const SIGMOID: i32 = 9;
export const HARD_SIGMOID: i32 = 10;
export const TANH: i32 = 11;
export const HARD_TANH: i32 = 12;
export const SOFTPLUS: i32 = 13;
export const SOFTSIGN: i32 = 14;
export const RELU6: i32 = 15;
export const EXPONENTIAL: i32 = 16;
export const HARD_SWISH: i32 = 17;
export const LOG_SIGMOID: i32 = 18;

// The same as types.
export class Identity {}
export class Relu {}
export class LeakyRelu {}
export class Elu {}
export class Selu {}
export class Gelu {}
export class GeluTanh {}
export class Silu {}
export class Mish {}
export class Sigmoid {}
export class HardSigmoid {}
export class Tanh {}
export class HardTanh {}
export class Softplus {}
export class Softsign {}
export class Relu6 {}
export class Exponential {}
export class HardSwish {}
export class LogSigmoid {}

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
export function value<K>(x: v128): v128 {
  if (idof<K>() == idof<Relu>()) return f32x4.pmax(x, all(0));
  if (idof<K>() == idof<LeakyRelu>()) return select(f32x4.gt(x, all(0)), x, f32x4.mul(x, number(LEAKY_SLOPE)));
  if (idof<K>() == idof<Elu>()) return select(f32x4.gt(x, all(0)), x, expMinusOneOfNegative4(f32x4.pmin(x, all(0))));
  if (idof<K>() == idof<Selu>()) {
    const below = f32x4.mul(expMinusOneOfNegative4(f32x4.pmin(x, all(0))), number(SELU_ALPHA));
    return f32x4.mul(select(f32x4.gt(x, all(0)), x, below), number(SELU_SCALE));
  }
  if (idof<K>() == idof<Gelu>()) return f32x4.mul(x, normalDistribution4(x, gaussian4(x)));
  if (idof<K>() == idof<GeluTanh>()) return f32x4.mul(x, sigmoid4(geluTanhArgument(x)));
  if (idof<K>() == idof<Silu>()) return f32x4.mul(x, sigmoid4(x));
  if (idof<K>() == idof<Mish>()) return f32x4.mul(x, tanhOfSoftplus(x));
  if (idof<K>() == idof<Sigmoid>()) return sigmoid4(x);
  if (idof<K>() == idof<HardSigmoid>()) return f32x4.pmax(f32x4.pmin(multiplyAdd(x, number(SIXTH), number(HALF)), number(ONE)), all(0));
  if (idof<K>() == idof<Tanh>()) return tanh4(x);
  if (idof<K>() == idof<HardTanh>()) return f32x4.pmax(f32x4.pmin(x, number(ONE)), number(MINUS_ONE));
  if (idof<K>() == idof<Softplus>()) return softplus4(x);
  if (idof<K>() == idof<Softsign>()) return f32x4.div(x, f32x4.add(number(ONE), f32x4.abs(x)));
  if (idof<K>() == idof<Relu6>()) return f32x4.pmax(f32x4.pmin(x, number(SIX)), all(0));
  if (idof<K>() == idof<Exponential>()) return exp4(x);
  if (idof<K>() == idof<HardSwish>()) return f32x4.mul(x, value<HardSigmoid>(x));
  if (idof<K>() == idof<LogSigmoid>()) {
    return f32x4.sub(f32x4.pmin(x, all(0)), logOnePlus4(expOfNegative4(f32x4.neg(f32x4.abs(x)))));
  }
  return x;
}

/** f'(x), given f's output or input as `ACTIVATION_READS` says. */
// @ts-ignore: decorator
@inline
export function slope<K>(saved: v128): v128 {
  if (idof<K>() == idof<Relu>()) return v128.and(f32x4.gt(saved, all(0)), number(ONE));
  if (idof<K>() == idof<LeakyRelu>()) return select(f32x4.gt(saved, all(0)), number(ONE), number(LEAKY_SLOPE));
  if (idof<K>() == idof<Elu>()) return select(f32x4.gt(saved, all(0)), number(ONE), f32x4.add(saved, number(ONE)));
  if (idof<K>() == idof<Selu>()) return select(f32x4.gt(saved, all(0)), number(SELU_SCALE), f32x4.add(saved, number(SELU_BOTTOM)));
  if (idof<K>() == idof<Gelu>()) {
    const gaussian = gaussian4(saved);
    return geluSlope(saved, gaussian, normalDistribution4(saved, gaussian));
  }
  if (idof<K>() == idof<GeluTanh>()) return geluTanhSlope(saved, sigmoid4(geluTanhArgument(saved)));
  if (idof<K>() == idof<Silu>()) return siluSlope(saved, sigmoid4(saved));
  if (idof<K>() == idof<Mish>()) return mishSlope(saved, tanhOfSoftplus(saved));
  if (idof<K>() == idof<Sigmoid>()) return f32x4.mul(saved, f32x4.sub(number(ONE), saved));
  if (idof<K>() == idof<HardSigmoid>()) {
    return v128.and(v128.and(f32x4.gt(saved, all(0)), f32x4.lt(saved, number(ONE))), number(SIXTH));
  }
  if (idof<K>() == idof<Tanh>()) return f32x4.sub(number(ONE), f32x4.mul(saved, saved));
  if (idof<K>() == idof<HardTanh>()) return v128.and(f32x4.lt(f32x4.abs(saved), number(ONE)), number(ONE));
  if (idof<K>() == idof<Softplus>()) return sigmoid4(saved);
  if (idof<K>() == idof<Softsign>()) {
    const left = f32x4.sub(number(ONE), f32x4.abs(saved));
    return f32x4.mul(left, left);
  }
  if (idof<K>() == idof<Relu6>()) return v128.and(v128.and(f32x4.gt(saved, all(0)), f32x4.lt(saved, number(SIX))), number(ONE));
  if (idof<K>() == idof<Exponential>()) return saved;
  if (idof<K>() == idof<HardSwish>()) {
    const between = multiplyAdd(saved, number(THIRD), number(HALF));
    const above = select(f32x4.ge(saved, number(THREE)), number(ONE), between);
    return v128.andnot(above, f32x4.lt(saved, number(MINUS_THREE)));
  }
  if (idof<K>() == idof<LogSigmoid>()) return sigmoid4(f32x4.neg(saved));
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

/** Whether f(x) may be smaller than the bound of `flush.ts` where x is not: an exponential tail, or a factor below 1. */
// @ts-ignore: decorator
@inline
export function shrinks<K>(): bool {
  return idof<K>() == idof<LeakyRelu>() || idof<K>() == idof<Gelu>() || idof<K>() == idof<GeluTanh>() || idof<K>() == idof<Silu>()
    || idof<K>() == idof<Mish>() || idof<K>() == idof<Sigmoid>() || idof<K>() == idof<Softplus>() || idof<K>() == idof<Exponential>()
    || idof<K>() == idof<HardSwish>() || idof<K>() == idof<LogSigmoid>();
}

/** Whether f' is 1 or 0 everywhere, so that a gradient passes as it is or not at all. */
// @ts-ignore: decorator
@inline
export function hasSlopeOneOrZero<K>(): bool {
  return idof<K>() == idof<Identity>() || idof<K>() == idof<Relu>() || idof<K>() == idof<HardTanh>() || idof<K>() == idof<Relu6>();
}

/** Whether f' takes a few operations only: where it is computed from f, and of hard-swish. */
// @ts-ignore: decorator
@inline
export function hasShortSlope<K>(): bool {
  return idof<K>() != idof<Gelu>() && idof<K>() != idof<GeluTanh>() && idof<K>() != idof<Silu>() && idof<K>() != idof<Mish>()
    && idof<K>() != idof<Softplus>() && idof<K>() != idof<LogSigmoid>();
}

/** What value and slope share, which is most of the work: of gelu the gaussian, of the others the whole curve. */
// @ts-ignore: decorator
@inline
export function shared<K>(x: v128): v128 {
  if (idof<K>() == idof<Gelu>()) return gaussian4(x);
  if (idof<K>() == idof<GeluTanh>()) return sigmoid4(geluTanhArgument(x));
  if (idof<K>() == idof<Silu>()) return sigmoid4(x);
  if (idof<K>() == idof<Mish>()) return tanhOfSoftplus(x);
  return value<K>(x);
}

/** The second part of it, given the first: of gelu the normal distribution. */
// @ts-ignore: decorator
@inline
export function secondShare<K>(x: v128, part: v128): v128 {
  return idof<K>() == idof<Gelu>() ? normalDistribution4(x, part) : part;
}

/** f(x), given both. */
// @ts-ignore: decorator
@inline
export function valueOfShare<K>(x: v128, share: v128): v128 {
  const isFactor = idof<K>() == idof<Gelu>() || idof<K>() == idof<GeluTanh>() || idof<K>() == idof<Silu>() || idof<K>() == idof<Mish>();
  return isFactor ? f32x4.mul(x, share) : share;
}

/** f'(x), given both. */
// @ts-ignore: decorator
@inline
export function slopeOfShares<K>(x: v128, part: v128, share: v128): v128 {
  if (idof<K>() == idof<Gelu>()) return geluSlope(x, part, share);
  if (idof<K>() == idof<GeluTanh>()) return geluTanhSlope(x, share);
  if (idof<K>() == idof<Silu>()) return siluSlope(x, share);
  if (idof<K>() == idof<Mish>()) return mishSlope(x, share);
  return slope<K>(x);
}
