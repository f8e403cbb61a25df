// Kernels that walk six axes with a stride per operand, in elements: copies, and two operands combined to one.
import { FLUSH_BOUND, HALF, number, ONE, SIZE_BITS } from './constants';
import { add, columnSums, copyFloats, fill, sumLanes } from './elementwise';
import { all, flushed, flushedBelow, flushedFloat, loadPart, select, storeUpTo, sumOfDoubles } from './float32x4';

/** Numbers of the combinations, as `simd/codes.ts` has them. */
const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const DIVIDE: i32 = 3;
const MAXIMUM: i32 = 4;
const MINIMUM: i32 = 5;
const GREATER: i32 = 6;
const GREATER_OR_EQUAL: i32 = 7;
const EQUAL: i32 = 8;
const LARGER_SHARE: i32 = 9;
const WHERE: i32 = 10;

// @ts-ignore: decorator
@inline
function bytes(elements: i32): usize {
  return (<usize>elements) << 2;
}

/** y = or += x over six axes, one place after another. */
export function copyStrided(
  x: usize, y: usize, accumulate: bool,
  n0: i32, n1: i32, n2: i32, n3: i32, n4: i32, n5: i32,
  x0: i32, x1: i32, x2: i32, x3: i32, x4: i32, x5: i32,
  y0: i32, y1: i32, y2: i32, y3: i32, y4: i32, y5: i32,
): void {
  for (let i0 = n0; i0 > 0; i0--) {
    let from1 = x, to1 = y;
    for (let i1 = n1; i1 > 0; i1--) {
      let from2 = from1, to2 = to1;
      for (let i2 = n2; i2 > 0; i2--) {
        let from3 = from2, to3 = to2;
        for (let i3 = n3; i3 > 0; i3--) {
          let from4 = from3, to4 = to3;
          for (let i4 = n4; i4 > 0; i4--) {
            copyStridedRow(from4, to4, n5, x5, y5, accumulate);
            from4 += bytes(x4);
            to4 += bytes(y4);
          }
          from3 += bytes(x3);
          to3 += bytes(y3);
        }
        from2 += bytes(x2);
        to2 += bytes(y2);
      }
      from1 += bytes(x1);
      to1 += bytes(y1);
    }
    x += bytes(x0);
    y += bytes(y0);
  }
}

function copyStridedRow(x: usize, y: usize, n: i32, xStep: i32, yStep: i32, accumulate: bool): void {
  if (yStep == 1 && xStep == 1) return accumulate ? add(x, y, y, n) : copyFloats(x, y, n);
  if (yStep == 1 && xStep == 0 && !accumulate) return fill(y, n, load<f32>(x));
  const xBytes = bytes(xStep), yBytes = bytes(yStep);
  if (accumulate) {
    for (; n > 0; n--) {
      store<f32>(y, flushedFloat(load<f32>(y) + load<f32>(x)));
      x += xBytes;
      y += yBytes;
    }
    return;
  }
  for (; n > 0; n--) {
    store<f32>(y, load<f32>(x));
    x += xBytes;
    y += yBytes;
  }
}

/** y = a and b combined, over six axes; y is dense. */
export function combine(
  kind: i32, a: usize, b: usize, y: usize,
  n0: i32, n1: i32, n2: i32, n3: i32, n4: i32, n5: i32,
  a0: i32, a1: i32, a2: i32, a3: i32, a4: i32, a5: i32,
  b0: i32, b1: i32, b2: i32, b3: i32, b4: i32, b5: i32,
): void {
  for (let i0 = n0; i0 > 0; i0--) {
    let first1 = a, second1 = b;
    for (let i1 = n1; i1 > 0; i1--) {
      let first2 = first1, second2 = second1;
      for (let i2 = n2; i2 > 0; i2--) {
        let first3 = first2, second3 = second2;
        for (let i3 = n3; i3 > 0; i3--) {
          let first4 = first3, second4 = second3;
          for (let i4 = n4; i4 > 0; i4--) {
            combineRow(kind, first4, second4, y, n5, a5, b5);
            y += bytes(n5);
            first4 += bytes(a4);
            second4 += bytes(b4);
          }
          first3 += bytes(a3);
          second3 += bytes(b3);
        }
        first2 += bytes(a2);
        second2 += bytes(b2);
      }
      first1 += bytes(a1);
      second1 += bytes(b1);
    }
    a += bytes(a0);
    b += bytes(b0);
  }
}

function combineRow(kind: i32, a: usize, b: usize, y: usize, n: i32, aStep: i32, bStep: i32): void {
  switch (kind) {
    case ADD: return arithmeticRow<Add>(kind, a, b, y, n, aStep, bStep);
    case SUBTRACT: return arithmeticRow<Subtract>(kind, a, b, y, n, aStep, bStep);
    case MULTIPLY: return arithmeticRow<Multiply>(kind, a, b, y, n, aStep, bStep);
    case DIVIDE: return arithmeticRow<Divide>(kind, a, b, y, n, aStep, bStep);
    default: return anyRow(kind, a, b, y, n, aStep, bStep);
  }
}

// The usual kinds as types, so that each gets loops of its own.
class Add {}
class Subtract {}
class Multiply {}
class Divide {}

// @ts-ignore: decorator
@inline
function arithmetic<K>(a: v128, b: v128): v128 {
  if (idof<K>() == idof<Add>()) return f32x4.add(a, b);
  if (idof<K>() == idof<Subtract>()) return f32x4.sub(a, b);
  if (idof<K>() == idof<Multiply>()) return f32x4.mul(a, b);
  return f32x4.div(a, b);
}

/** Rows of which both operands are side by side or one number, eight floats at a time; what is left is any row's. */
function arithmeticRow<K>(kind: i32, a: usize, b: usize, y: usize, n: i32, aStep: i32, bStep: i32): void {
  const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
  let left = n;
  if (aStep == 1 && bStep == 1) {
    for (; left >= 8; left -= 8) {
      v128.store(y, flushedBelow(arithmetic<K>(v128.load(a), v128.load(b)), bound, sizeBits));
      v128.store(y, flushedBelow(arithmetic<K>(v128.load(a, 16), v128.load(b, 16)), bound, sizeBits), 16);
      a += 32;
      b += 32;
      y += 32;
    }
  } else if (aStep == 1 && bStep == 0) {
    const other = v128.load32_splat(b);
    for (; left >= 8; left -= 8) {
      v128.store(y, flushedBelow(arithmetic<K>(v128.load(a), other), bound, sizeBits));
      v128.store(y, flushedBelow(arithmetic<K>(v128.load(a, 16), other), bound, sizeBits), 16);
      a += 32;
      y += 32;
    }
  } else if (aStep == 0 && bStep == 1) {
    const other = v128.load32_splat(a);
    for (; left >= 8; left -= 8) {
      v128.store(y, flushedBelow(arithmetic<K>(other, v128.load(b)), bound, sizeBits));
      v128.store(y, flushedBelow(arithmetic<K>(other, v128.load(b, 16)), bound, sizeBits), 16);
      b += 32;
      y += 32;
    }
  }
  if (left > 0) anyRow(kind, a, b, y, left, aStep, bStep);
}

/** The kind is chosen anew for every four numbers: one loop for all. */
function anyRow(kind: i32, a: usize, b: usize, y: usize, n: i32, aStep: i32, bStep: i32): void {
  const aBytes = bytes(aStep) << 2, bBytes = bytes(bStep) << 2;
  for (let left = n; left > 0; left -= 4) {
    storeUpTo(y, flushed(combination(kind, lanes(a, aStep, left), lanes(b, bStep, left))), left);
    a += aBytes;
    b += bBytes;
    y += 16;
  }
}

/** Four floats `step` apart, or `count` of them where that is less. */
// @ts-ignore: decorator
@inline
function lanes(at: usize, step: i32, count: i32): v128 {
  if (step == 0) return v128.load32_splat(at);
  if (step == 1) return count >= 4 ? v128.load(at) : loadPart(at, count);
  return scattered(at, bytes(step), count);
}

function scattered(at: usize, step: usize, count: i32): v128 {
  let x = v128.load32_zero(at);
  if (count > 1) x = v128.load32_lane(at + step, x, 1);
  if (count > 2) x = v128.load32_lane(at + 2 * step, x, 2);
  if (count > 3) x = v128.load32_lane(at + 3 * step, x, 3);
  return x;
}

// @ts-ignore: decorator
@inline
function combination(kind: i32, a: v128, b: v128): v128 {
  switch (kind) {
    case ADD: return f32x4.add(a, b);
    case SUBTRACT: return f32x4.sub(a, b);
    case MULTIPLY: return f32x4.mul(a, b);
    case DIVIDE: return f32x4.div(a, b);
    case MAXIMUM: return f32x4.max(a, b);
    case MINIMUM: return f32x4.min(a, b);
    case GREATER: return v128.and(f32x4.gt(a, b), number(ONE));
    case GREATER_OR_EQUAL: return v128.and(f32x4.ge(a, b), number(ONE));
    case EQUAL: return v128.and(f32x4.eq(a, b), number(ONE));
    case LARGER_SHARE: return select(f32x4.eq(a, b), number(HALF), v128.and(f32x4.gt(a, b), number(ONE)));
    case WHERE: return v128.and(a, f32x4.ne(b, all(0)));
    default: return v128.and(a, f32x4.eq(b, all(0)));
  }
}

/** y[o, i] = Σ_m x[o, m, i] */
export function sumMiddle(x: usize, y: usize, outer: i32, middle: i32, inner: i32): void {
  const block = bytes(middle * inner), row = bytes(inner);
  for (let o = outer; o > 0; o--) {
    if (inner == 1) store<f32>(y, flushedFloat(<f32>sumOfDoubles(sumLanes(x, middle))));
    else columnSums(x, y, middle, inner, false);
    x += block;
    y += row;
  }
}
