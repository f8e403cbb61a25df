// Products of two operands that are both small, of which a weight gradient is made where signal and gradient vanish. Each number may
// be normal and most products subnormal, which costs a hundred cycles each. Factors all of whose products are too small to matter
// are left out of the packed operands.
import { number, SIZE_BITS } from './constants';
import { all, flushedBelow, loadPart } from './float32x4';

/** 2^-106: so many products of a sum as there are would have to be added to reach what is kept, 2^-100. */
export const SMALLEST_PRODUCT: f64 = 1.232595164407831e-32;
/** Where the largest numbers' product is above 2^-60, the products that are subnormal are few. */
const LARGE_PRODUCT: f64 = 8.673617379884035e-19;
/** One row of so many is looked at to tell whether operands are small. */
const SAMPLED_ROWS: i32 = 16;

/** Whether products of a[depth, m] and b[depth, n] may be subnormal in number, by a sample of both. */
export function mayBeSmall(a: usize, m: i32, b: usize, n: i32, depth: i32): bool {
  return largestOf(a, m, depth, SAMPLED_ROWS) * largestOf(b, n, depth, SAMPLED_ROWS) < LARGE_PRODUCT;
}

/** The same of two blocks of maps, by every 16th map. */
export function mayBeSmallMaps(a: usize, maps: i32, size: i32, b: usize, otherMaps: i32, otherSize: i32): bool {
  return largestOf(a, size, maps, SAMPLED_ROWS) * largestOf(b, otherSize, otherMaps, SAMPLED_ROWS) < LARGE_PRODUCT;
}

/** The largest size in every `step`-th row of a matrix [rows, columns], NaN passed over. */
export function largestOf(x: usize, columns: i32, rows: i32, step: i32): f64 {
  const sizeBits = number(SIZE_BITS), rowBytes = (<usize>columns) << 2;
  let even = all(0), odd = all(0);
  for (let r = 0; r < rows; r += step) {
    let at = x + <usize>r * rowBytes;
    let left = columns;
    for (; left >= 8; left -= 8) {
      even = f32x4.pmax(even, v128.and(v128.load(at), sizeBits));
      odd = f32x4.pmax(odd, v128.and(v128.load(at, 16), sizeBits));
      at += 32;
    }
    if (left >= 4) {
      even = f32x4.pmax(even, v128.and(v128.load(at), sizeBits));
      at += 16;
      left -= 4;
    }
    if (left > 0) odd = f32x4.pmax(odd, v128.and(loadPart(at, left), sizeBits));
  }
  const four = f32x4.pmax(even, odd);
  const two = f32x4.pmax(four, i64x2.shuffle(four, four, 1, 0));
  return <f64>max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
}

/** x[i] = 0 where it is smaller than `least`, for n floats, a multiple of 4. */
export function leaveOutSmaller(least: f64, x: usize, n: i32): void {
  const bound = all(<f32>least), sizeBits = number(SIZE_BITS);
  for (; n > 0; n -= 4) {
    v128.store(x, flushedBelow(v128.load(x), bound, sizeBits));
    x += 16;
  }
}
