// Matrix products in three layouts. Blocks of the right operand are packed into panels of eight columns, which serve every row
// of the left one; the order of the sums depends on the shapes alone.
import { packColumns, packRowsAsColumns } from './pack';
import { BLOCK_COLUMNS, DEPTH, LEFT_PANEL, RIGHT_PANELS } from './scratch';
import { tileOfColumns, tileOfRows } from './tile';

/** With fewer rows than this, packing a right operand that can be read where it is would cost more than it saves. */
const ROWS_WORTH_PACKING: i32 = 12;

/** c[m, n] = a[m, k] b[k, n], or += */
export function matmul(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, accumulate: bool): void {
  if (k == 0) return clearUnless(accumulate, c, m, n);
  const aRow = (<usize>k) << 2, bRow = (<usize>n) << 2;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    const left = a + ((<usize>p) << 2);
    const right = b + <usize>p * bRow;
    if (m < ROWS_WORTH_PACKING) {
      const whole = n & ~7;
      for (let j = 0; j < whole; j += 8) {
        const offset = (<usize>j) << 2;
        rowsTimesPanel(left, aRow, right + offset, bRow, depth, c + offset, bRow, m, 8, accumulate || p > 0);
      }
      if (whole < n) {
        const offset = (<usize>whole) << 2;
        packColumns(right + offset, bRow, depth, n - whole, RIGHT_PANELS);
        rowsTimesPanel(left, aRow, RIGHT_PANELS, 32, depth, c + offset, bRow, m, n - whole, accumulate || p > 0);
      }
      continue;
    }
    for (let j = 0; j < n; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, n - j);
      packPanels(right + ((<usize>j) << 2), bRow, depth, columns, RIGHT_PANELS);
      rowsTimesPanels(left, aRow, RIGHT_PANELS, depth, c + ((<usize>j) << 2), bRow, m, columns, accumulate || p > 0);
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
  const aRow = (<usize>m) << 2, bRow = (<usize>n) << 2;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    for (let j = 0; j < n; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, n - j);
      packPanels(b + <usize>p * bRow + ((<usize>j) << 2), bRow, depth, columns, RIGHT_PANELS);
      for (let i = 0; i < m; i += 4) {
        const rows = min(4, m - i);
        packLeftColumns(a + <usize>p * aRow + ((<usize>i) << 2), aRow, depth, rows);
        const cRows = c + <usize>i * bRow + ((<usize>j) << 2);
        for (let panel = 0; panel < columns; panel += 8) {
          const at = (<usize>panel) << 2;
          tileOfColumns(
            LEFT_PANEL, 16, RIGHT_PANELS + at * <usize>depth, 32, depth, cRows + at, bRow, rows, min(8, columns - panel), accumulate || p > 0,
          );
        }
      }
    }
  }
}

/** Columns of a matrix `[depth, columns]` as panels of eight, one after another. */
export function packPanels(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize): void {
  for (let j = 0; j < columns; j += 8) {
    packColumns(from + ((<usize>j) << 2), rowBytes, depth, min(8, columns - j), to + <usize>j * ((<usize>depth) << 2));
  }
}

/** Rows of a matrix `[columns, depth]` as panels of eight columns, one after another. */
export function packTurnedPanels(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize): void {
  for (let j = 0; j < columns; j += 8) {
    packRowsAsColumns(from + <usize>j * rowBytes, rowBytes, depth, min(8, columns - j), to + <usize>j * ((<usize>depth) << 2));
  }
}

/** c[m, columns] = a[m, depth] times packed panels, or += */
export function rowsTimesPanels(
  a: usize, aRow: usize, panels: usize, depth: i32, c: usize, cRow: usize, m: i32, columns: i32, accumulate: bool,
): void {
  for (let j = 0; j < columns; j += 8) {
    const at = (<usize>j) << 2;
    rowsTimesPanel(a, aRow, panels + at * <usize>depth, 32, depth, c + at, cRow, m, min(8, columns - j), accumulate);
  }
}

function rowsTimesPanel(
  a: usize, aRow: usize, b: usize, bStride: usize, depth: i32, c: usize, cRow: usize, m: i32, columns: i32, accumulate: bool,
): void {
  for (let i = 0; i < m; i += 4) {
    tileOfRows(a + <usize>i * aRow, aRow, b, bStride, depth, c + <usize>i * cRow, cRow, min(4, m - i), columns, accumulate);
  }
}

/** Four columns of a matrix, side by side in LEFT_PANEL; missing ones are 0. */
function packLeftColumns(from: usize, rowBytes: usize, depth: i32, columns: i32): void {
  let to = LEFT_PANEL;
  if (columns == 4) {
    for (let p = 0; p < depth; p++) {
      v128.store(to, v128.load(from));
      from += rowBytes;
      to += 16;
    }
    return;
  }
  for (let p = 0; p < depth; p++) {
    v128.store(to, f32x4.splat(0));
    for (let column: usize = 0; column < <usize>columns; column++) store<f32>(to + (column << 2), load<f32>(from + (column << 2)));
    from += rowBytes;
    to += 16;
  }
}

function clearUnless(accumulate: bool, c: usize, m: i32, n: i32): void {
  if (!accumulate) memory.fill(c, 0, (<usize>m * <usize>n) << 2);
}
