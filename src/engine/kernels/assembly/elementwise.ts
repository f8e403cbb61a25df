// Kernels without a formula of their own: fill, copy, add, multiply, scale, clamp, dropout, sums of columns.
import { FLUSH_BOUND, number, SIZE_BITS } from './constants';
import {
  addLanes, all, flushed, flushedBelow, fromDoubles, highDoubles, loadPart, loadUpTo, lowDoubles, storePart, storeUpTo,
} from './float32x4';

export function fill(x: usize, n: i32, value: f32): void {
  const four = all(value);
  let left = n;
  for (; left >= 16; left -= 16) {
    v128.store(x, four);
    v128.store(x, four, 16);
    v128.store(x, four, 32);
    v128.store(x, four, 48);
    x += 64;
  }
  for (; left > 0; left -= 4) {
    storeUpTo(x, four, left);
    x += 16;
  }
}

/** x[i] = 0 where it is smaller than the bound of `flush.ts` */
export function flush(x: usize, n: i32): void {
  const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
  let left = n;
  for (; left >= 16; left -= 16) {
    v128.store(x, flushedBelow(v128.load(x), bound, sizeBits));
    v128.store(x, flushedBelow(v128.load(x, 16), bound, sizeBits), 16);
    v128.store(x, flushedBelow(v128.load(x, 32), bound, sizeBits), 32);
    v128.store(x, flushedBelow(v128.load(x, 48), bound, sizeBits), 48);
    x += 64;
  }
  for (; left > 0; left -= 4) {
    storeUpTo(x, flushedBelow(loadUpTo(x, left), bound, sizeBits), left);
    x += 16;
  }
}

/** to[i] = from[i]: faster than `memory.copy` for short rows. */
export function copyFloats(from: usize, to: usize, n: i32): void {
  let left = n;
  for (; left >= 16; left -= 16) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    from += 64;
    to += 64;
  }
  for (; left > 0; left -= 4) {
    storeUpTo(to, loadUpTo(from, left), left);
    from += 16;
    to += 16;
  }
}

/** y[i] = a[i] + b[i] */
export function add(a: usize, b: usize, y: usize, n: i32): void {
  const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
  let left = n;
  for (; left >= 16; left -= 16) {
    v128.store(y, flushedBelow(f32x4.add(v128.load(a), v128.load(b)), bound, sizeBits));
    v128.store(y, flushedBelow(f32x4.add(v128.load(a, 16), v128.load(b, 16)), bound, sizeBits), 16);
    v128.store(y, flushedBelow(f32x4.add(v128.load(a, 32), v128.load(b, 32)), bound, sizeBits), 32);
    v128.store(y, flushedBelow(f32x4.add(v128.load(a, 48), v128.load(b, 48)), bound, sizeBits), 48);
    a += 64;
    b += 64;
    y += 64;
  }
  for (; left > 0; left -= 4) {
    storeUpTo(y, flushedBelow(f32x4.add(loadUpTo(a, left), loadUpTo(b, left)), bound, sizeBits), left);
    a += 16;
    b += 16;
    y += 16;
  }
}

/** y[i] = a[i] b[i] */
export function multiply(a: usize, b: usize, y: usize, n: i32): void {
  const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
  let left = n;
  for (; left >= 16; left -= 16) {
    v128.store(y, flushedBelow(f32x4.mul(v128.load(a), v128.load(b)), bound, sizeBits));
    v128.store(y, flushedBelow(f32x4.mul(v128.load(a, 16), v128.load(b, 16)), bound, sizeBits), 16);
    v128.store(y, flushedBelow(f32x4.mul(v128.load(a, 32), v128.load(b, 32)), bound, sizeBits), 32);
    v128.store(y, flushedBelow(f32x4.mul(v128.load(a, 48), v128.load(b, 48)), bound, sizeBits), 48);
    a += 64;
    b += 64;
    y += 64;
  }
  for (; left > 0; left -= 4) {
    storeUpTo(y, flushedBelow(f32x4.mul(loadUpTo(a, left), loadUpTo(b, left)), bound, sizeBits), left);
    a += 16;
    b += 16;
    y += 16;
  }
}

/** y[i] = factor x[i] */
export function scaleTo(x: usize, y: usize, n: i32, factor: f32): void {
  const four = all(factor);
  const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
  let left = n;
  for (; left >= 16; left -= 16) {
    v128.store(y, flushedBelow(f32x4.mul(v128.load(x), four), bound, sizeBits));
    v128.store(y, flushedBelow(f32x4.mul(v128.load(x, 16), four), bound, sizeBits), 16);
    v128.store(y, flushedBelow(f32x4.mul(v128.load(x, 32), four), bound, sizeBits), 32);
    v128.store(y, flushedBelow(f32x4.mul(v128.load(x, 48), four), bound, sizeBits), 48);
    x += 64;
    y += 64;
  }
  for (; left > 0; left -= 4) {
    storeUpTo(y, flushedBelow(f32x4.mul(loadUpTo(x, left), four), bound, sizeBits), left);
    x += 16;
    y += 16;
  }
}

/** pmin and pmax keep a NaN in their first operand, and take one instruction where min and max take seven. */
export function clamp(x: usize, n: i32, limit: f32): void {
  const high = all(limit), low = all(-limit);
  for (let left = n; left > 0; left -= 4) {
    storeUpTo(x, flushed(f32x4.pmax(f32x4.pmin(loadUpTo(x, left), high), low)), left);
    x += 16;
  }
}

/** z[r, c] += bias[c]. The sum of two numbers above the bound of `flush.ts` is normal, so that it is kept as it is. */
export function addBias(z: usize, bias: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    let from = bias;
    let left = columns;
    for (; left >= 16; left -= 16) {
      v128.store(z, f32x4.add(v128.load(z), v128.load(from)));
      v128.store(z, f32x4.add(v128.load(z, 16), v128.load(from, 16)), 16);
      v128.store(z, f32x4.add(v128.load(z, 32), v128.load(from, 32)), 32);
      v128.store(z, f32x4.add(v128.load(z, 48), v128.load(from, 48)), 48);
      z += 64;
      from += 64;
    }
    for (; left >= 4; left -= 4) {
      v128.store(z, f32x4.add(v128.load(z), v128.load(from)));
      z += 16;
      from += 16;
    }
    if (left > 0) {
      storePart(z, f32x4.add(loadPart(z, left), loadPart(from, left)), left);
      z += (<usize>left) << 2;
    }
  }
}

/**
 * Keeps x[i] scaled by `factor` where hash32(i * 0x9E3779B9 + key) >= threshold, else 0. `hash32` as in `hash.ts`, on four
 * lanes.
 */
export function dropout(x: usize, y: usize, n: i32, threshold: u32, factor: f32, key: u32): void {
  let position = i32x4.add(i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(0x9e3779b9)), i32x4.splat(key));
  const step = i32x4.splat(4 * 0x9e3779b9);
  for (let left = n; left > 0; left -= 4) {
    let h = i32x4.mul(v128.xor(position, i32x4.shr_u(position, 16)), i32x4.splat(0x7feb352d));
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x846ca68b));
    h = v128.xor(h, i32x4.shr_u(h, 16));
    const kept = i32x4.ge_u(h, i32x4.splat(threshold));
    storeUpTo(y, v128.and(f32x4.mul(loadUpTo(x, left), all(factor)), kept), left);
    position = i32x4.add(position, step);
    x += 16;
    y += 16;
  }
}

/** Rows added in single precision before their sum goes on in double. */
const BLOCK_ROWS: i32 = 16;

/** y[c] = or += Σ_r x[r, c], by blocks of rows in single precision, the blocks in double. */
export function columnSums(x: usize, y: usize, rows: i32, columns: i32, accumulate: bool): void {
  const row = (<usize>columns) << 2;
  let left = columns;
  for (; left >= 16; left -= 16) {
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    let s4 = f64x2.splat(0), s5 = f64x2.splat(0), s6 = f64x2.splat(0), s7 = f64x2.splat(0);
    let at = x;
    for (let r = 0; r < rows; r += BLOCK_ROWS) {
      let b0 = all(0), b1 = all(0), b2 = all(0), b3 = all(0);
      for (let p = min(BLOCK_ROWS, rows - r); p > 0; p--) {
        b0 = f32x4.add(b0, v128.load(at));
        b1 = f32x4.add(b1, v128.load(at, 16));
        b2 = f32x4.add(b2, v128.load(at, 32));
        b3 = f32x4.add(b3, v128.load(at, 48));
        at += row;
      }
      s0 = f64x2.add(s0, lowDoubles(b0));
      s1 = f64x2.add(s1, highDoubles(b0));
      s2 = f64x2.add(s2, lowDoubles(b1));
      s3 = f64x2.add(s3, highDoubles(b1));
      s4 = f64x2.add(s4, lowDoubles(b2));
      s5 = f64x2.add(s5, highDoubles(b2));
      s6 = f64x2.add(s6, lowDoubles(b3));
      s7 = f64x2.add(s7, highDoubles(b3));
    }
    putSums(y, s0, s1, accumulate, 4);
    putSums(y + 16, s2, s3, accumulate, 4);
    putSums(y + 32, s4, s5, accumulate, 4);
    putSums(y + 48, s6, s7, accumulate, 4);
    x += 64;
    y += 64;
  }
  for (; left > 0; left -= 4) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    let at = x;
    for (let r = 0; r < rows; r += BLOCK_ROWS) {
      let block = all(0);
      for (let p = min(BLOCK_ROWS, rows - r); p > 0; p--) {
        block = f32x4.add(block, loadUpTo(at, left));
        at += row;
      }
      low = f64x2.add(low, lowDoubles(block));
      high = f64x2.add(high, highDoubles(block));
    }
    putSums(y, low, high, accumulate, left);
    x += 16;
    y += 16;
  }
}

// @ts-ignore: decorator
@inline
function putSums(y: usize, low: v128, high: v128, accumulate: bool, count: i32): void {
  const sums = fromDoubles(low, high);
  storeUpTo(y, flushed(accumulate ? f32x4.add(loadUpTo(y, count), sums) : sums), count);
}

/** Σ x[i] in double precision, as two lanes. */
// @ts-ignore: decorator
@inline
export function sumLanes(x: usize, n: i32): v128 {
  let sum = f64x2.splat(0);
  let left = n;
  for (; left >= 16; left -= 16) {
    sum = addLanes(addLanes(sum, v128.load(x)), v128.load(x, 16));
    sum = addLanes(addLanes(sum, v128.load(x, 32)), v128.load(x, 48));
    x += 64;
  }
  for (; left > 0; left -= 4) {
    sum = addLanes(sum, loadUpTo(x, left));
    x += 16;
  }
  return sum;
}
