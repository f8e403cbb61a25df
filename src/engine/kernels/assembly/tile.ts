// The inner loops of every matrix product: a tile of 4 rows × 8 columns in eight registers. The loop over the summed axis is not
// unrolled by hand, which the compilers of several browsers' engines punish with spilled registers.
import { EDGE_TILE } from './scratch';

/**
 * c[rows, columns] = a b, or += with `accumulate`, rows <= 4 and columns <= 8, the sum running over `depth` >= 1. b: eight floats
 * every `bStride` bytes. a: each row on its own, `aRow` bytes apart; rows that are not there are read as the first.
 */
export function tileOfRows(
  a: usize, aRow: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  let a0 = a;
  let a1 = rows > 1 ? a + aRow : a;
  let a2 = rows > 2 ? a + 2 * aRow : a;
  let a3 = rows > 3 ? a + 3 * aRow : a;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += bStride;
  } while (--depth);
  storeTile(c00, c01, c10, c11, c20, c21, c30, c31, c, cRow, rows, columns, accumulate);
}

/** The same with a's four rows side by side, `aStride` bytes from one step of the sum to the next: packed, or a matrix's columns. */
export function tileOfColumns(
  a: usize, aStride: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
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
    a += aStride;
    b += bStride;
  } while (--depth);
  storeTile(c00, c01, c10, c11, c20, c21, c30, c31, c, cRow, rows, columns, accumulate);
}

// @ts-ignore: decorator
@inline
function storeTile(
  c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128,
  c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  if (rows == 4 && columns == 8) {
    const second = c + cRow, third = second + cRow, fourth = third + cRow;
    if (accumulate) {
      c00 = f32x4.add(v128.load(c), c00);
      c01 = f32x4.add(v128.load(c, 16), c01);
      c10 = f32x4.add(v128.load(second), c10);
      c11 = f32x4.add(v128.load(second, 16), c11);
      c20 = f32x4.add(v128.load(third), c20);
      c21 = f32x4.add(v128.load(third, 16), c21);
      c30 = f32x4.add(v128.load(fourth), c30);
      c31 = f32x4.add(v128.load(fourth, 16), c31);
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(second, c10);
    v128.store(second, c11, 16);
    v128.store(third, c20);
    v128.store(third, c21, 16);
    v128.store(fourth, c30);
    v128.store(fourth, c31, 16);
    return;
  }
  v128.store(EDGE_TILE, c00);
  v128.store(EDGE_TILE, c01, 16);
  v128.store(EDGE_TILE, c10, 32);
  v128.store(EDGE_TILE, c11, 48);
  v128.store(EDGE_TILE, c20, 64);
  v128.store(EDGE_TILE, c21, 80);
  v128.store(EDGE_TILE, c30, 96);
  v128.store(EDGE_TILE, c31, 112);
  copyEdge(c, cRow, rows, columns, accumulate);
}

function copyEdge(c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool): void {
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
