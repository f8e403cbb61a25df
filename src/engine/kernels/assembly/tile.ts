// The inner loop of every matrix product: a tile of 4 rows × 8 columns in eight registers. The loop over the summed axis is not
// unrolled: measured on Node 20, that makes the compiler spill registers and costs a third of the speed, as do tiles of nine sums
// or more (5 × 8, 6 × 8, 3 × 12). It reaches 85 to 90 % of a loop that only multiplies and adds, and whole products of 512³ stay
// within a tenth of it: neither smaller blocks nor packing whole cache lines made them faster.
import { EDGE_TILE } from './scratch';

/**
 * c[4, 8] = a b, or += with `accumulate`, the sum running over `depth` >= 1. a: four rows side by side, packed. b: eight
 * floats every
 * `bStride` bytes. c: rows `cRow` bytes apart.
 */
export function tile(a: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, accumulate: bool): void {
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
  do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
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
  } while (--depth);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(second, c10);
  v128.store(second, c11, 16);
  v128.store(third, c20);
  v128.store(third, c21, 16);
  v128.store(fourth, c30);
  v128.store(fourth, c31, 16);
}

/** The same at an edge of the result, where only `rows` <= 4 and `columns` <= 8 of the tile exist. */
export function edgeTile(
  a: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  tile(a, b, bStride, depth, EDGE_TILE, 32, false);
  for (let row = 0; row < rows; row++) {
    const from = EDGE_TILE + ((<usize>row) << 5);
    const to = c + <usize>row * cRow;
    for (let column: usize = 0; column < <usize>columns; column++) {
      const value = load<f32>(from + (column << 2));
      const at = to + (column << 2);
      store<f32>(at, accumulate ? load<f32>(at) + value : value);
    }
  }
}
