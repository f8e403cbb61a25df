// Short names for operations on four float32 lanes, and loads and stores of fewer than four.
import { FLUSH_BOUND, number, SIZE_BITS } from './constants';

/** The value in all four lanes. */
// @ts-ignore: decorator
@inline
export function all(value: f32): v128 {
  return f32x4.splat(value);
}

/** a b + c, rounded twice: plain SIMD128 has no fused multiply-add, and the same bits everywhere are worth more. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Lanes of `yes` where `mask` is set, of `no` elsewhere. */
// @ts-ignore: decorator
@inline
export function select(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask);
}

/** The lanes as they are kept: 0 where they are smaller than the bound of `flush.ts`. NaN stays. */
// @ts-ignore: decorator
@inline
export function flushed(x: v128): v128 {
  return flushedBelow(x, number(FLUSH_BOUND), number(SIZE_BITS));
}

/** The same with both constants in locals, for many vectors in a row. */
// @ts-ignore: decorator
@inline
export function flushedBelow(x: v128, bound: v128, sizeBits: v128): v128 {
  return v128.andnot(x, f32x4.lt(v128.and(x, sizeBits), bound));
}

/** The same of one float. */
// @ts-ignore: decorator
@inline
export function flushedFloat(x: f32): f32 {
  return abs(x) < load<f32>(FLUSH_BOUND) ? 0 : x;
}

/** `count` (1 to 3) floats at `at`; the other lanes are 0. */
export function loadPart(at: usize, count: i32): v128 {
  let x = v128.load32_zero(at);
  if (count > 1) x = v128.load32_lane(at + 4, x, 1);
  if (count > 2) x = v128.load32_lane(at + 8, x, 2);
  return x;
}

/** Stores the first `count` (1 to 3) lanes. */
export function storePart(at: usize, x: v128, count: i32): void {
  v128.store32_lane(at, x, 0);
  if (count > 1) v128.store32_lane(at + 4, x, 1);
  if (count > 2) v128.store32_lane(at + 8, x, 2);
}

/** Lanes 0 and 1 in double precision. */
// @ts-ignore: decorator
@inline
export function lowDoubles(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** Lanes 2 and 3 in double precision. */
// @ts-ignore: decorator
@inline
export function highDoubles(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** Sum of the two double lanes. */
// @ts-ignore: decorator
@inline
export function sumOfDoubles(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Four floats, or `count` of them where that is less. */
// @ts-ignore: decorator
@inline
export function loadUpTo(at: usize, count: i32): v128 {
  return count >= 4 ? v128.load(at) : loadPart(at, count);
}

/** Stores four lanes, or `count` of them where that is less. */
// @ts-ignore: decorator
@inline
export function storeUpTo(at: usize, x: v128, count: i32): void {
  if (count >= 4) v128.store(at, x);
  else storePart(at, x, count);
}

// The pairs are added to each other first, so that a sum waits for one addition a turn and not for two.

/** Sum of the four lanes' squares, in two double lanes, on top of `sum`. */
// @ts-ignore: decorator
@inline
export function addSquares(sum: v128, x: v128): v128 {
  const low = lowDoubles(x), high = highDoubles(x);
  return f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
}

/** Sum of the four lanes, in two double lanes, on top of `sum`. */
// @ts-ignore: decorator
@inline
export function addLanes(sum: v128, x: v128): v128 {
  return f64x2.add(sum, f64x2.add(lowDoubles(x), highDoubles(x)));
}

/** (a * b) rounded once per lane, summed in two double lanes on top of `sum`. */
// @ts-ignore: decorator
@inline
export function addProducts(sum: v128, a: v128, b: v128): v128 {
  const low = f64x2.mul(lowDoubles(a), lowDoubles(b));
  return f64x2.add(sum, f64x2.add(low, f64x2.mul(highDoubles(a), highDoubles(b))));
}

/** Four doubles, as two pairs, rounded to float32 lanes. */
// @ts-ignore: decorator
@inline
export function fromDoubles(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** Ones in the first `count` lanes: a mask. */
export function laneMask(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
}
