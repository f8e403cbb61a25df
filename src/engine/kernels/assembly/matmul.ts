// Matrix products in three layouts. Blocks of both operands are packed in the order in which the tiles read them; the order of
// the sums depends on the shapes alone.
import { packColumns, packPanels, packRows, packTurnedPanels } from './pack';
import { largestOf, leaveOutSmaller, mayBeSmall, SMALLEST_PRODUCT } from './small-products';
import { BLOCK_COLUMNS, BLOCK_ROWS, DEPTH, LEFT_PANELS, RIGHT_PANELS } from './scratch';
import { edgeTile, Kept, tile, wideTiles } from './tile';

/** With fewer rows than this, packing a right operand that can be read where it is would cost more than it saves. */
const ROWS_WORTH_PACKING: i32 = 12;
/** Nor is a right operand of as many bytes worth packing: it stays in the first-level cache as it is. */
const BYTES_IN_CACHE: usize = 16384;

/** Whether a right operand [depth, n], rows `row` bytes apart, is read where it is. */
// @ts-ignore: decorator
@inline
function inPlace(m: i32, depth: i32, row: usize): bool {
  return m < ROWS_WORTH_PACKING || <usize>depth * row <= BYTES_IN_CACHE;
}

/** c[m, n] = a[m, k] b[k, n], or += */
export function matmul(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, accumulate: bool): void {
  if (k == 0) return clearUnless(accumulate, c, m, n);
  const aRow = (<usize>k) << 2, row = (<usize>n) << 2;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    const left = a + ((<usize>p) << 2);
    const right = b + <usize>p * row;
    const adds = accumulate || p > 0;
    let j = 0;
    if (inPlace(m, depth, row)) {
      j = n & ~7;
      for (let i = 0; i < m; i += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - i);
        packRows(left + <usize>i * aRow, aRow, depth, rows, LEFT_PANELS);
        packedTimesRows(right, row, depth, c + <usize>i * row, row, rows, j, adds);
      }
    }
    for (; j < n; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, n - j);
      const offset = (<usize>j) << 2;
      packPanels(right + offset, row, depth, columns, RIGHT_PANELS);
      rowsTimesPanels(left, aRow, RIGHT_PANELS, depth, c + offset, row, m, columns, adds);
    }
  }
}

/** c[m, n] = a[m, k] b[n, k]ᵀ, or += */
export function matmulTransposedB(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, accumulate: bool): void {
  if (k == 0) return clearUnless(accumulate, c, m, n);
  const row = (<usize>k) << 2, cRow = (<usize>n) << 2;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    const offset = (<usize>p) << 2;
    for (let j = 0; j < n; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, n - j);
      packTurnedPanels(b + <usize>j * row + offset, row, depth, columns, RIGHT_PANELS);
      rowsTimesPanels(a + offset, row, RIGHT_PANELS, depth, c + ((<usize>j) << 2), cRow, m, columns, accumulate || p > 0);
    }
  }
}

/** c[m, n] = a[k, m]ᵀ b[k, n], or +=. Of a weight gradient both operands may be small, and then what is too small is left out. */
export function matmulTransposedA(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, accumulate: bool): void {
  if (k == 0) return clearUnless(accumulate, c, m, n);
  const aRow = (<usize>m) << 2, row = (<usize>n) << 2;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    const left = a + <usize>p * aRow, right = b + <usize>p * row;
    const small = mayBeSmall(left, m, right, n, depth);
    const least = small ? SMALLEST_PRODUCT / largestOf(right, n, depth, 1) : 0;
    const leastRight = small ? SMALLEST_PRODUCT / largestOf(left, m, depth, 1) : 0;
    let j = 0;
    if (!small && inPlace(m, depth, row)) {
      j = n & ~7;
      for (let i = 0; i < m; i += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - i);
        packColumns(left + ((<usize>i) << 2), aRow, depth, rows, LEFT_PANELS);
        packedTimesRows(right, row, depth, c + <usize>i * row, row, rows, j, accumulate || p > 0);
      }
    }
    for (; j < n; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, n - j);
      packPanels(right + ((<usize>j) << 2), row, depth, columns, RIGHT_PANELS);
      if (small) leaveOutSmaller(leastRight, RIGHT_PANELS, depth * ((columns + 7) & ~7));
      for (let i = 0; i < m; i += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - i);
        packColumns(left + ((<usize>i) << 2), aRow, depth, rows, LEFT_PANELS);
        if (small) leaveOutSmaller(least, LEFT_PANELS, depth * ((rows + 3) & ~3));
        const at = c + <usize>i * row + ((<usize>j) << 2);
        packedTimesPanels(RIGHT_PANELS, depth, 0, depth, at, row, rows, columns, accumulate || p > 0);
      }
    }
  }
}

/** c[m, columns] = a[m, depth] times panels packed over the whole depth, or += */
export function rowsTimesPanels(
  a: usize, aRow: usize, panels: usize, depth: i32, c: usize, cRow: usize, m: i32, columns: i32, accumulate: bool,
): void {
  for (let p = 0; p < depth; p += DEPTH) {
    const part = min(DEPTH, depth - p);
    for (let i = 0; i < m; i += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, m - i);
      packRows(a + <usize>i * aRow + ((<usize>p) << 2), aRow, part, rows, LEFT_PANELS);
      packedTimesPanels(panels, depth, p, part, c + <usize>i * cRow, cRow, rows, columns, accumulate || p > 0);
    }
  }
}

/** c = what LEFT_PANELS holds, `part` of the summed axis from `first` on, times panels packed over the whole `depth`, or += */
export function packedTimesPanels(
  panels: usize, depth: i32, first: i32, part: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    wideTiles<Kept>(LEFT_PANELS, panels + ((<usize>first) << 6), 64, part, c, cRow, rows, accumulate);
    panels += (<usize>depth) << 6;
    c += 64;
  }
  for (; j < columns; j += 8) {
    packedTimesEight(panels + ((<usize>first) << 5), 32, part, c, cRow, rows, min(8, columns - j), accumulate);
    panels += (<usize>depth) << 5;
    c += 32;
  }
}

/** c = what LEFT_PANELS holds times a right operand that is read where it is, rows `bRow` bytes apart; `columns` is a multiple of 8 */
function packedTimesRows(
  b: usize, bRow: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    wideTiles<Kept>(LEFT_PANELS, b, bRow, depth, c, cRow, rows, accumulate);
    b += 64;
    c += 64;
  }
  if (j < columns) packedTimesEight(b, bRow, depth, c, cRow, rows, 8, accumulate);
}

// @ts-ignore: decorator
@inline
function packedTimesEight(
  b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  let left = LEFT_PANELS;
  for (let i = 0; i < rows; i += 4) {
    if (i + 4 <= rows && columns == 8) tile<Kept>(left, b, bStride, depth, c, cRow, accumulate);
    else edgeTile(left, b, bStride, depth, c, cRow, min(4, rows - i), columns, accumulate);
    left += (<usize>depth) << 4;
    c += cRow << 2;
  }
}

function clearUnless(accumulate: bool, c: usize, m: i32, n: i32): void {
  if (!accumulate) memory.fill(c, 0, (<usize>m * <usize>n) << 2);
}
