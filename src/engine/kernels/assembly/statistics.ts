// Measurements, summed in double precision. Meanings: `statistic-kernels.ts`.
import { addSquares, all, highDoubles, laneMask, loadUpTo, lowDoubles, sumOfDoubles } from './float32x4';

/** Euclidean norm: squares of float32 numbers neither overflow nor vanish in double precision. */
export function norm(x: usize, n: i32): f64 {
  let first = f64x2.splat(0), second = f64x2.splat(0), third = f64x2.splat(0), fourth = f64x2.splat(0);
  let left = n;
  for (; left >= 16; left -= 16) {
    first = addSquares(first, v128.load(x));
    second = addSquares(second, v128.load(x, 16));
    third = addSquares(third, v128.load(x, 32));
    fourth = addSquares(fourth, v128.load(x, 48));
    x += 64;
  }
  for (; left > 0; left -= 4) {
    first = addSquares(first, loadUpTo(x, left));
    x += 16;
  }
  return sqrt(sumOfDoubles(f64x2.add(f64x2.add(first, second), f64x2.add(third, fourth))));
}

/** result[r] = norm of x[r, :] */
export function rowNorms(x: usize, result: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    store<f64>(result, norm(x, columns));
    x += (<usize>columns) << 2;
    result += 8;
  }
}

/** result: mean, deviation, largest |x|, share of zeros, share outside [low, high], share of units that are always 0. */
export function outputStatistics(x: usize, result: usize, outer: i32, units: i32, inner: i32, low: f32, high: f32): void {
  const n = outer * units * inner;
  const first = <f64>load<f32>(x);
  const origin = f64x2.splat(first);
  let sum = f64x2.splat(0), squares = f64x2.splat(0);
  let largest = all(0);
  // a mask is -1 in each lane where it holds
  let zeros = i32x4.splat(0), saturated = i32x4.splat(0);
  let at = x;
  let left = n;
  for (; left >= 4; left -= 4) {
    const value = v128.load(at);
    zeros = i32x4.sub(zeros, f32x4.eq(value, all(0)));
    saturated = i32x4.sub(saturated, v128.or(f32x4.lt(value, all(low)), f32x4.gt(value, all(high))));
    largest = f32x4.pmax(f32x4.abs(value), largest);
    const a = f64x2.sub(lowDoubles(value), origin), b = f64x2.sub(highDoubles(value), origin);
    sum = f64x2.add(sum, f64x2.add(a, b));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
    at += 16;
  }
  let total = sumOfDoubles(sum), totalSquares = sumOfDoubles(squares);
  let zeroCount = sumOfLanes(zeros), saturatedCount = sumOfLanes(saturated);
  for (; left > 0; left--) {
    const value = load<f32>(at);
    if (value == 0) zeroCount++;
    if (value < low || value > high) saturatedCount++;
    largest = f32x4.pmax(all(abs(value)), largest);
    const difference = <f64>value - first;
    total += difference;
    totalSquares += difference * difference;
    at += 4;
  }
  const count = <f64>n;
  const shift = total / count;
  store<f64>(result, first + shift);
  // wasm's max keeps NaN
  store<f64>(result, sqrt(max<f64>(totalSquares / count - shift * shift, 0)), 8);
  const pair = f32x4.max(largest, i64x2.shuffle(largest, largest, 1, 0));
  // pmax lets go of a NaN that it met before; the mean does not
  const size = max(f32x4.extract_lane(pair, 0), f32x4.extract_lane(pair, 1));
  store<f64>(result, hasNaN(x, n, total) ? NaN : <f64>size, 16);
  store<f64>(result, <f64>zeroCount / count, 24);
  store<f64>(result, <f64>saturatedCount / count, 32);
  store<f64>(result, <f64>countDeadUnits(x, outer, units, inner) / <f64>units, 40);
}

/** Whether x has a NaN, given the sum of its differences to x[0]: infinities make that NaN too. */
function hasNaN(x: usize, n: i32, total: f64): bool {
  if (total == total) return false;
  for (let i = 0; i < n; i++) {
    const value = load<f32>(x);
    if (value != value) return true;
    x += 4;
  }
  return false;
}

function sumOfLanes(x: v128): i32 {
  return i32x4.extract_lane(x, 0) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3);
}

/** Units that are 0 throughout: most show otherwise within a few rows, and the search stops there. */
function countDeadUnits(x: usize, outer: i32, units: i32, inner: i32): i32 {
  const row = (<usize>(units * inner)) << 2;
  let dead = 0;
  if (inner == 1) {
    for (let u = 0; u < units; u += 4) {
      const left = units - u;
      const real = laneMask(left);
      let alive = all(0);
      let at = x + ((<usize>u) << 2);
      for (let o = 0; o < outer; o++) {
        alive = v128.or(alive, v128.and(f32x4.ne(loadUpTo(at, left), all(0)), real));
        if (i32x4.bitmask(alive) == i32x4.bitmask(real)) break;
        at += row;
      }
      dead += popcnt<i32>(i32x4.bitmask(v128.andnot(real, alive)));
    }
    return dead;
  }
  for (let u = 0; u < units; u++) {
    if (!hasNonZero(x + ((<usize>(u * inner)) << 2), row, outer, inner)) dead++;
  }
  return dead;
}

function hasNonZero(x: usize, row: usize, outer: i32, inner: i32): bool {
  for (let o = 0; o < outer; o++) {
    let at = x;
    for (let left = inner; left > 0; left -= 4) {
      if (v128.any_true(f32x4.ne(loadUpTo(at, left), all(0)))) return true;
      at += 16;
    }
    x += row;
  }
  return false;
}
