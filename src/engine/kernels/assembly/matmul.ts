// Matrix products in three layouts. Blocks of both operands are packed in the order in which the tiles read them; the order of
// the sums depends on the shapes alone.
import { packColumns, packPanels, packRows, packTurnedPanels } from './pack';
import { BLOCK_COLUMNS, BLOCK_ROWS, DEPTH, LEFT_PANELS, RIGHT_PANELS } from './scratch';
import { edgeTile, tile } from './tile';

/** With fewer rows than this, packing a right operand that can be read where it is would cost more than it saves. */
const ROWS_WORTH_PACKING: i32 = 12;

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
    if (m < ROWS_WORTH_PACKING) {
      packRows(left, aRow, depth, m, LEFT_PANELS);
      j = n & ~7;
      packedTimesPanels(right, row, 32, depth, c, row, m, j, adds);
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

/** c[m, n] = a[k, m]ᵀ b[k, n], or += */
export function matmulTransposedA(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, accumulate: bool): void {
  if (k == 0) return clearUnless(accumulate, c, m, n);
  const aRow = (<usize>m) << 2, row = (<usize>n) << 2;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    for (let j = 0; j < n; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, n - j);
      packPanels(b + <usize>p * row + ((<usize>j) << 2), row, depth, columns, RIGHT_PANELS);
      for (let i = 0; i < m; i += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - i);
        packColumns(a + <usize>p * aRow + ((<usize>i) << 2), aRow, depth, rows, LEFT_PANELS);
        const at = c + <usize>i * row + ((<usize>j) << 2);
        packedTimesPanels(RIGHT_PANELS, 32, (<usize>depth) << 5, depth, at, row, rows, columns, accumulate || p > 0);
      }
    }
  }
}

/** c[m, columns] = a[m, depth] times panels packed over the whole depth, or += */
export function rowsTimesPanels(
  a: usize, aRow: usize, panels: usize, depth: i32, c: usize, cRow: usize, m: i32, columns: i32, accumulate: bool,
): void {
  const panelBytes = (<usize>depth) << 5;
  for (let p = 0; p < depth; p += DEPTH) {
    const part = min(DEPTH, depth - p);
    for (let i = 0; i < m; i += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, m - i);
      packRows(a + <usize>i * aRow + ((<usize>p) << 2), aRow, part, rows, LEFT_PANELS);
      const at = panels + ((<usize>p) << 5);
      packedTimesPanels(at, 32, panelBytes, part, c + <usize>i * cRow, cRow, rows, columns, accumulate || p > 0);
    }
  }
}

/** c = what LEFT_PANELS holds times a right operand whose groups of eight columns lie `panelBytes` apart, or += */
function packedTimesPanels(
  panels: usize, bStride: usize, panelBytes: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool,
): void {
  for (let j = 0; j < columns; j += 8) {
    let left = LEFT_PANELS;
    let to = c;
    for (let i = 0; i < rows; i += 4) {
      if (i + 4 <= rows && j + 8 <= columns) tile(left, panels, bStride, depth, to, cRow, accumulate);
      else edgeTile(left, panels, bStride, depth, to, cRow, min(4, rows - i), min(8, columns - j), accumulate);
      left += (<usize>depth) << 4;
      to += cRow << 2;
    }
    panels += panelBytes;
    c += 32;
  }
}

function clearUnless(accumulate: bool, c: usize, m: i32, n: i32): void {
  if (!accumulate) memory.fill(c, 0, (<usize>m * <usize>n) << 2);
}
