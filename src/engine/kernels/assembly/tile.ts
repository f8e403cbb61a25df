// The inner loops of every matrix product: a wide tile of 2 rows × 16 columns where there are as many, a narrow one of 4 × 8 for the
// columns left over, both with eight sums in registers. Measured on Node 20, unrolling the loop over the summed axis makes the
// compiler spill registers and costs a third of the speed, as do tiles of nine sums or more (5 × 8, 6 × 8, 3 × 12, 2 × 20). The wide
// tile loads fewer numbers one by one and reaches 54 GFLOP/s where the narrow one reaches 44. The narrow one gets there too with two
// steps a turn and an exit between them: that halves what the loop's head costs (the check of the stack, addresses extended to
// 64 bits) and keeps loads from moving up; the wide one gains nothing by it. Which tile computes an element does not change its
// bits: the sum over the depth is taken in the same order.
import { FLUSH_BOUND, number, SIZE_BITS } from './constants';
import { flushedBelow, flushedFloat } from './float32x4';
import { EDGE_TILE } from './scratch';

/** Products that a buffer keeps: what is smaller than the bound of `flush.ts` becomes 0. */
export class Kept {}
/** Products that the kernel itself reads on: left as they are, which with few steps a tile is a tenth of the time. */
export class Passing {}


/**
 * c[4, 8] = a b, or += with `accumulate`, the sum running over `depth` >= 1. a: four rows side by side, packed. b: eight
 * floats every `bStride` bytes. c: rows `cRow` bytes apart.
 */
export function tile<K>(a: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  const second = c + cRow, third = second + cRow, fourth = third + cRow;
  // taken before the loop: added after it, they would cost registers within
  if (accumulate) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(second);
    c11 = v128.load(second, 16);
    c20 = v128.load(third);
    c21 = v128.load(third, 16);
    c30 = v128.load(fourth);
    c31 = v128.load(fourth, 16);
  }
  let b0: v128, b1: v128, x: v128;
  while (true) {
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 16;
    b += bStride;
    if (--depth == 0) break;
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 16;
    b += bStride;
    if (--depth == 0) break;
  }
  const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
  v128.store(c, result<K>(c00, bound, sizeBits));
  v128.store(c, result<K>(c01, bound, sizeBits), 16);
  v128.store(second, result<K>(c10, bound, sizeBits));
  v128.store(second, result<K>(c11, bound, sizeBits), 16);
  v128.store(third, result<K>(c20, bound, sizeBits));
  v128.store(third, result<K>(c21, bound, sizeBits), 16);
  v128.store(fourth, result<K>(c30, bound, sizeBits));
  v128.store(fourth, result<K>(c31, bound, sizeBits), 16);
}

/** Four sums as they are stored. */
// @ts-ignore: decorator
@inline
function result<K>(sum: v128, bound: v128, sizeBits: v128): v128 {
  return idof<K>() == idof<Kept>() ? flushedBelow(sum, bound, sizeBits) : sum;
}

/**
 * Wide tiles one below another: c[rows, 16] = a b, or +=. a: `rows` packed in groups of four. b: sixteen floats every `bStride` bytes.
 * They are all made in one call, which with few steps a tile is a tenth of the time.
 */
export function wideTiles<K>(a: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, rows: i32, accumulate: bool): void {
  const group = (<usize>depth) << 4;
  for (let r = 1; r < rows; r += 2) {
    let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0), c03 = f32x4.splat(0);
    let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0), c13 = f32x4.splat(0);
    const second = c + cRow;
    if (accumulate) {
      c00 = v128.load(c);
      c01 = v128.load(c, 16);
      c02 = v128.load(c, 32);
      c03 = v128.load(c, 48);
      c10 = v128.load(second);
      c11 = v128.load(second, 16);
      c12 = v128.load(second, 32);
      c13 = v128.load(second, 48);
    }
    let right = b;
    const end = a + group;
    do {
      const x = v128.load32_splat(a), y = v128.load32_splat(a, 4);
      let z = v128.load(right);
      c00 = f32x4.add(c00, f32x4.mul(x, z));
      c10 = f32x4.add(c10, f32x4.mul(y, z));
      z = v128.load(right, 16);
      c01 = f32x4.add(c01, f32x4.mul(x, z));
      c11 = f32x4.add(c11, f32x4.mul(y, z));
      z = v128.load(right, 32);
      c02 = f32x4.add(c02, f32x4.mul(x, z));
      c12 = f32x4.add(c12, f32x4.mul(y, z));
      z = v128.load(right, 48);
      c03 = f32x4.add(c03, f32x4.mul(x, z));
      c13 = f32x4.add(c13, f32x4.mul(y, z));
      a += 16;
      right += bStride;
    } while (a < end);
    const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
    v128.store(c, result<K>(c00, bound, sizeBits));
    v128.store(c, result<K>(c01, bound, sizeBits), 16);
    v128.store(c, result<K>(c02, bound, sizeBits), 32);
    v128.store(c, result<K>(c03, bound, sizeBits), 48);
    v128.store(second, result<K>(c10, bound, sizeBits));
    v128.store(second, result<K>(c11, bound, sizeBits), 16);
    v128.store(second, result<K>(c12, bound, sizeBits), 32);
    v128.store(second, result<K>(c13, bound, sizeBits), 48);
    c = second + cRow;
    // to the other two rows of the group, or from these to the next group
    a = (r & 2) == 0 ? end - group + 8 : end - 8;
  }
  if (rows & 1) {
    wideTiles<K>(a, b, bStride, depth, EDGE_TILE, 64, 2, false);
    copyEdge(64, c, cRow, 1, 16, accumulate);
  }
}

/** The narrow tile at an edge of the result, where only `rows` <= 4 and `columns` <= 8 of it exist. */
export function edgeTile(
  a: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  tile<Kept>(a, b, bStride, depth, EDGE_TILE, 32, false);
  copyEdge(32, c, cRow, rows, columns, accumulate);
}

/** What of EDGE_TILE, whose rows are `fromRow` bytes apart, the result has a place for. */
function copyEdge(fromRow: usize, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool): void {
  for (let row = 0; row < rows; row++) {
    const from = EDGE_TILE + <usize>row * fromRow;
    const to = c + <usize>row * cRow;
    for (let column: usize = 0; column < <usize>columns; column++) {
      const value = load<f32>(from + (column << 2));
      const at = to + (column << 2);
      store<f32>(at, accumulate ? flushedFloat(load<f32>(at) + value) : value);
    }
  }
}
