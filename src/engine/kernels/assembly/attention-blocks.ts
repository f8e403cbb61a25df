// What attention's forward and backward pass share: the product of four packed rows, and blocks of four steps by four places.
import { packPanels } from './pack';
import { edgeTile, Kept, tile, wideTiles } from './tile';
import { column0, column1, column2, column3 } from './turn';

/** Of four steps, one a lane, those that see the second, third and fourth of the four places on the diagonal. */
export const FROM_SECOND: v128 = i32x4(0, -1, -1, -1);
export const FROM_THIRD: v128 = i32x4(0, 0, -1, -1);
export const FROM_FOURTH: v128 = i32x4(0, 0, 0, -1);

/** Longest row, in bytes, of which many stay in the first-level cache: rows further apart get in each other's way. */
const LONGEST_ROW: usize = 512;

/** Whether a head's rows, `row` bytes apart, are read by a product where they are: a tile takes eight columns or sixteen. */
// @ts-ignore: decorator
@inline
export function staysInPlace(row: usize, size: i32): bool {
  return row <= LONGEST_ROW && (size & 7) == 0;
}

/** Where products read the rows from: in place, or packed to panels. */
// @ts-ignore: decorator
@inline
export function operand(from: usize, row: usize, rows: i32, size: i32, panels: usize): usize {
  if (staysInPlace(row, size)) return from;
  packPanels(from, row, rows, size, panels);
  return panels;
}

/**
 * c[rows, columns] = a b, `rows` <= 4, rows of c `row` bytes apart. a: four rows side by side, `part` of the summed axis from `first` on.
 * b: the `operand` of as long rows, `depth` of them.
 */
export function timesOperand(
  a: usize, b: usize, depth: i32, first: i32, part: i32, c: usize, row: usize, rows: i32, columns: i32,
): void {
  const inPlace = staysInPlace(row, columns);
  let bRow = inPlace ? row : 64;
  let left = columns;
  for (; left >= 16; left -= 16) {
    wideTiles<Kept>(a, b + <usize>first * bRow, bRow, part, c, row, rows, false);
    b += inPlace ? 64 : (<usize>depth) << 6;
    c += 64;
  }
  bRow = inPlace ? row : 32;
  for (; left > 0; left -= 8) {
    const from = b + <usize>first * bRow;
    if (left >= 8 && rows == 4) tile<Kept>(a, from, bRow, part, c, row, false);
    else edgeTile(a, from, bRow, part, c, row, rows, min(8, left), false);
    b += (<usize>depth) << 5;
    c += 32;
  }
}

/** `rows` <= 4 vectors, one after another. */
// @ts-ignore: decorator
@inline
export function storeRows(to: usize, rows: i32, x0: v128, x1: v128, x2: v128, x3: v128): void {
  v128.store(to, x0);
  if (rows > 1) v128.store(to, x1, 16);
  if (rows > 2) v128.store(to, x2, 32);
  if (rows > 3) v128.store(to, x3, 48);
}

/** A block of four by four turned, and of it `rows` <= 4 rows, one after another. */
// @ts-ignore: decorator
@inline
export function storeTurned(to: usize, rows: i32, x0: v128, x1: v128, x2: v128, x3: v128): void {
  storeRows(to, rows, column0(x0, x1, x2, x3), column1(x0, x1, x2, x3), column2(x0, x1, x2, x3), column3(x0, x1, x2, x3));
}

/** Floats of a head's weights, in fours of places: `attendWeights` of the contract. */
// @ts-ignore: decorator
@inline
export function floatsOfWeights(time: i32, places: i32, causal: bool): i32 {
  const fours = (places + 3) >> 2;
  return causal ? 4 * fours * time - 8 * fours * (fours - 1) : 4 * fours * time;
}
