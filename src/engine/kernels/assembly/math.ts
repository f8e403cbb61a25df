// Elementary functions on four float32 lanes. Error bounds are in units in the last place (ulp) of the exact result, measured
// against double precision by test/engine/simd/math.test.ts. NaN gives NaN; what would be subnormal is 0.
import { coefficient, HALF, MINUS_HALF, number, ONE, SIGN, THREE, TWO } from './constants';
import { all, multiplyAdd, select } from './float32x4';

const LOG2_E: usize = memory.data<f32>([1.44269504088896341]);
const LN2: usize = memory.data<f32>([0.69314718055994531]);
/** ln 2 in two parts: multiples of the first, which has few bits, are exact. */
const LN2_HIGH: usize = memory.data<f32>([0.693359375]);
const LN2_LOW: usize = memory.data<f32>([-2.12194440e-4]);
/** 1.5 * 2^23: adding it rounds to an integer, which then stands in the low bits. */
const ROUNDER: usize = memory.data<f32>([12582912.0]);

/** (e^r - 1 - r) / r² for |r| <= ln 2 / 2, fitted so that r + r² times it misses e^r - 1 by at most 1.4e-8 of it. */
const EXP_TAIL: usize = memory.data<f32>([
  1.3946440303698182e-3, 8.366578258574009e-3, 4.166628047823906e-2, 1.666654348373413e-1, 0.5,
]);
/** The same in s = -r, for 1 - e^r = s + s² times it. */
const MINUS_EXP_TAIL: usize = memory.data<f32>([
  -1.3946440303698182e-3, 8.366578258574009e-3, -4.166628047823906e-2, 1.666654348373413e-1, -0.5,
]);
/** Where the exponential ends and where e^x - 1 is -1 to rounding. */
const LOWEST: usize = memory.data<f32>([-87]);
/** From where on e^x is infinite, well beyond the greatest number's logarithm 88.72. */
const HIGHEST: usize = memory.data<f32>([89]);
const MINUS_THIRTY: usize = memory.data<f32>([-30]);

/** (log(1 + m) - m + m² / 2) / m³ for m in [sqrt(1/2) - 1, sqrt(2) - 1] (Cephes, Moshier). */
const LOG_TAIL: usize = memory.data<f32>([
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
]);
const SQRT_HALF_BITS: usize = memory.data<u32>([0x3f3504f3]);
const MANTISSA_BITS: usize = memory.data<u32>([0x007fffff]);

const MINUS_TEN: usize = memory.data<f32>([-10]);
const TWO_LOG2_E: usize = memory.data<f32>([2.88539008177792682]);
const MINUS_LOG2_E: usize = memory.data<f32>([-1.44269504088896341]);
const MINUS_HIGHEST: usize = memory.data<f32>([-89]);
const MINUS_LOWEST: usize = memory.data<f32>([87]);

/** Upper tail of the normal distribution over e^(-x² / 2), by u = (x - 3) / (x + 3), fitted on [0, 15] to 1.1e-8. */
const NORMAL_TAIL: usize = memory.data<f32>([
  5.267678716336377e-5, 1.1450474266894162e-4, -3.3854643697850406e-4, -9.828225011005998e-4, 2.9042139649391174e-3,
  6.1318110674619675e-3, -4.621323570609093e-2, 1.2322505563497543e-1, -2.0640261471271515e-1, 1.2151394784450531e-1,
]);
const FIFTEEN: usize = memory.data<f32>([15]);
const UPPER_BITS: usize = memory.data<u32>([0xfffff000]);

/** 2^n for n in [-126, 127], n being the low bits of `rounded` = n + ROUNDER. */
// @ts-ignore: decorator
@inline
function powerOfTwo(rounded: v128): v128 {
  return i32x4.add(i32x4.shl(rounded, 23), number(ONE));
}

// @ts-ignore: decorator
@inline
function expTail(r: v128): v128 {
  return polynomial(EXP_TAIL, r);
}

/** A polynomial with five coefficients, the highest first. */
// @ts-ignore: decorator
@inline
function polynomial(coefficients: usize, x: v128): v128 {
  let p = coefficient(coefficients, 0);
  p = multiplyAdd(p, x, coefficient(coefficients, 1));
  p = multiplyAdd(p, x, coefficient(coefficients, 2));
  p = multiplyAdd(p, x, coefficient(coefficients, 3));
  return multiplyAdd(p, x, coefficient(coefficients, 4));
}

/** e^x = power * 2^n: the power for |r| <= ln 2 / 2, given x rounded to a multiple n of ln 2. */
// @ts-ignore: decorator
@inline
function expOfRest(x: v128, n: v128): v128 {
  const r = restOf(x, n);
  return f32x4.add(multiplyAdd(expTail(r), f32x4.mul(r, r), r), number(ONE));
}

/** x - n ln 2 */
// @ts-ignore: decorator
@inline
function restOf(x: v128, n: v128): v128 {
  return f32x4.sub(f32x4.sub(x, f32x4.mul(n, number(LN2_HIGH))), f32x4.mul(n, number(LN2_LOW)));
}

/** e^x for x <= 0, 1.5 ulp; below -87, at the end of the normal range, 0. */
// @ts-ignore: decorator
@inline
export function expOfNegative4(x: v128): v128 {
  // pmin and pmax keep a NaN in their first operand, and take one instruction where min and max take seven
  const clamped = f32x4.pmax(x, number(LOWEST));
  const rounded = multiplyAdd(clamped, number(LOG2_E), number(ROUNDER));
  const p = expOfRest(clamped, f32x4.sub(rounded, number(ROUNDER)));
  return v128.andnot(f32x4.mul(p, powerOfTwo(rounded)), f32x4.lt(x, number(LOWEST)));
}

/** e^x, 1.5 ulp: 0 below -87, at the end of the normal range, and infinite where it overflows. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, number(LOWEST)), number(HIGHEST));
  const rounded = multiplyAdd(clamped, number(LOG2_E), number(ROUNDER));
  const p = expOfRest(clamped, f32x4.sub(rounded, number(ROUNDER)));
  // 2^n may be beyond the greatest number where p 2^n is not: it is applied in two halves
  const n = i32x4.sub(rounded, number(ROUNDER));
  const half = i32x4.shr_s(n, 1);
  const scaled = f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)));
  return v128.andnot(scaled, f32x4.lt(x, number(LOWEST)));
}

/** e^x - 1 for x <= 0, 1.5 ulp, near 0 too. */
// @ts-ignore: decorator
@inline
export function expMinusOneOfNegative4(x: v128): v128 {
  const clamped = f32x4.pmax(x, number(MINUS_THIRTY));
  const rounded = multiplyAdd(clamped, number(LOG2_E), number(ROUNDER));
  const r = restOf(clamped, f32x4.sub(rounded, number(ROUNDER)));
  const power = powerOfTwo(rounded);
  const small = multiplyAdd(expTail(r), f32x4.mul(r, r), r);
  return multiplyAdd(small, power, f32x4.sub(power, number(ONE)));
}

/** log(1 + m) + e ln 2 for m in [sqrt(1/2) - 1, sqrt(2) - 1]. */
// @ts-ignore: decorator
@inline
function logOfMantissa(m: v128, e: v128): v128 {
  const square = f32x4.mul(m, m);
  let p = coefficient(LOG_TAIL, 0);
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 1));
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 2));
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 3));
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 4));
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 5));
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 6));
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 7));
  p = multiplyAdd(p, m, coefficient(LOG_TAIL, 8));
  let y = f32x4.mul(f32x4.mul(p, m), square);
  y = f32x4.add(y, f32x4.mul(e, number(LN2_LOW)));
  y = f32x4.sub(y, f32x4.mul(square, number(HALF)));
  return f32x4.add(f32x4.add(m, y), f32x4.mul(e, number(LN2_HIGH)));
}

/** log x of a normal number, 1.5 ulp, or 1 ulp of 1 around x = 1; -infinity at 0, NaN below. */
export function log4(x: v128): v128 {
  const bits = i32x4.sub(x, number(SQRT_HALF_BITS));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, number(MANTISSA_BITS)), number(SQRT_HALF_BITS));
  const y = logOfMantissa(f32x4.sub(mantissa, number(ONE)), e);
  const isOrdinary = v128.and(f32x4.gt(x, all(0)), f32x4.lt(x, all(Infinity)));
  const special = select(f32x4.eq(x, all(0)), all(-Infinity), select(f32x4.lt(x, all(0)), all(NaN), x));
  return select(isOrdinary, y, special);
}

/** log(1 + x) for x in [0, 1], 2 ulp: what 1 + x loses in rounding is put back. */
// @ts-ignore: decorator
@inline
export function logOnePlus4(x: v128): v128 {
  const sum = f32x4.add(x, number(ONE));
  const lost = f32x4.sub(x, f32x4.sub(sum, number(ONE)));
  const bits = i32x4.sub(sum, number(SQRT_HALF_BITS));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, number(MANTISSA_BITS)), number(SQRT_HALF_BITS));
  const y = logOfMantissa(f32x4.sub(mantissa, number(ONE)), e);
  const corrected = f32x4.add(y, f32x4.div(lost, sum));
  return select(f32x4.eq(x, x), corrected, x);
}

/** tanh x = t / (2 - t) with the sign of x, t = 1 - e^(-2 |x|): 2.5 ulp, near 0 too. From 10 on it is 1. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const sign = v128.and(x, number(SIGN));
  const minus = f32x4.pmax(v128.or(x, number(SIGN)), number(MINUS_TEN));
  const rounded = multiplyAdd(minus, number(TWO_LOG2_E), number(ROUNDER));
  // one step suffices: where n ln 2 is rounded, the exponential is small against 1
  const r = f32x4.sub(f32x4.add(minus, minus), f32x4.mul(f32x4.sub(rounded, number(ROUNDER)), number(LN2)));
  const power = powerOfTwo(rounded);
  const small = multiplyAdd(expTail(r), f32x4.mul(r, r), r);
  const t = f32x4.sub(f32x4.sub(number(ONE), power), f32x4.mul(small, power));
  return v128.or(f32x4.div(t, f32x4.sub(number(TWO), t)), sign);
}

/**
 * 1 / (1 + e^-x), 2.5 ulp on both sides. Below -88.4, where e^-x overflows, it is 0; above 87 it has long been 1. The exponential is
 * 1 - (s + s² tail(s)) of s = -r, which spares turning the sign of x.
 */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, number(MINUS_HIGHEST)), number(MINUS_LOWEST));
  const rounded = multiplyAdd(clamped, number(MINUS_LOG2_E), number(ROUNDER));
  const n = f32x4.sub(rounded, number(ROUNDER));
  const s = f32x4.add(f32x4.add(clamped, f32x4.mul(n, number(LN2_HIGH))), f32x4.mul(n, number(LN2_LOW)));
  const p = f32x4.sub(number(ONE), multiplyAdd(polynomial(MINUS_EXP_TAIL, s), f32x4.mul(s, s), s));
  return f32x4.div(number(ONE), multiplyAdd(p, powerOfTwo(rounded), number(ONE)));
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), 2 ulp. */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, all(0)), logOnePlus4(expOfNegative4(f32x4.neg(f32x4.abs(x)))));
}

/**
 * e^(-x² / 2), 2 ulp: x is split into its upper twelve bits h and the rest, so that h² / 2 is exact and the square's rounding is not
 * blown up by the exponential; what remains of the square is added where the argument has become small.
 */
// @ts-ignore: decorator
@inline
export function gaussian4(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), number(FIFTEEN));
  const high = v128.and(size, number(UPPER_BITS));
  const square = f32x4.mul(f32x4.mul(high, high), number(MINUS_HALF));
  const rest = f32x4.mul(f32x4.mul(f32x4.sub(size, high), f32x4.add(size, high)), number(MINUS_HALF));
  const clamped = f32x4.pmax(square, number(LOWEST));
  const rounded = multiplyAdd(f32x4.add(clamped, rest), number(LOG2_E), number(ROUNDER));
  const r = f32x4.add(restOf(clamped, f32x4.sub(rounded, number(ROUNDER))), rest);
  const p = f32x4.add(multiplyAdd(expTail(r), f32x4.mul(r, r), r), number(ONE));
  return v128.andnot(f32x4.mul(p, powerOfTwo(rounded)), f32x4.lt(square, number(LOWEST)));
}

/**
 * The normal distribution (1 + erf(x / sqrt 2)) / 2, 4 ulp around 0 and 8 as far as -10, given `gaussian` = e^(-x² / 2): its
 * upper tail is
 * the gaussian times a polynomial in (|x| - 3) / (|x| + 3), fitted on [0, 15].
 */
// @ts-ignore: decorator
@inline
export function normalDistribution4(x: v128, gaussian: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), number(FIFTEEN));
  const u = f32x4.div(f32x4.sub(size, number(THREE)), f32x4.add(size, number(THREE)));
  let p = coefficient(NORMAL_TAIL, 0);
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 1));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 2));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 3));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 4));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 5));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 6));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 7));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 8));
  p = multiplyAdd(p, u, coefficient(NORMAL_TAIL, 9));
  const tail = f32x4.mul(gaussian, p);
  return select(f32x4.lt(x, all(0)), tail, f32x4.sub(number(ONE), tail));
}

/** Natural logarithm in double precision for finite x >= 1, to about 1e-15: x = m 2^e, log m = 2 artanh((m - 1) / (m + 1)). */
export function logOfDouble(x: f64): f64 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<u64>(x) - 0x3fe6a09e667f3bcd;
  const exponent = <f64>(<i64>bits >> 52);
  const mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let series: f64 = 1.0 / 21.0;
  series = series * square + 1.0 / 19.0;
  series = series * square + 1.0 / 17.0;
  series = series * square + 1.0 / 15.0;
  series = series * square + 1.0 / 13.0;
  series = series * square + 1.0 / 11.0;
  series = series * square + 1.0 / 9.0;
  series = series * square + 1.0 / 7.0;
  series = series * square + 1.0 / 5.0;
  series = series * square + 1.0 / 3.0;
  series = series * square + 1.0;
  return 2 * z * series + exponent * 0.69314718055994530942;
}
