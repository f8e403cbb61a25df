// Copies of matrix blocks in the order in which the tiles read them.

/**
 * `columns` <= 8 columns of a matrix whose rows are `rowBytes` apart, `depth` rows of it, as rows of eight floats at `to`. Missing
 * columns are 0.
 */
export function packColumns(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize): void {
  if (columns == 8) {
    for (let p = 0; p < depth; p++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += rowBytes;
      to += 32;
    }
    return;
  }
  for (let p = 0; p < depth; p++) {
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
    for (let column: usize = 0; column < <usize>columns; column++) store<f32>(to + (column << 2), load<f32>(from + (column << 2)));
    from += rowBytes;
    to += 32;
  }
}

/** `columns` <= 8 rows of a matrix, `depth` floats of each, turned to columns: rows of eight floats at `to`. Missing ones are 0. */
export function packRowsAsColumns(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize): void {
  if (columns == 8) {
    turnFourRows(from, rowBytes, depth, to, 32);
    turnFourRows(from + 4 * rowBytes, rowBytes, depth, to + 16, 32);
    return;
  }
  memory.fill(to, 0, (<usize>depth) << 5);
  let column = 0;
  if (columns >= 4) {
    turnFourRows(from, rowBytes, depth, to, 32);
    column = 4;
  }
  for (; column < columns; column++) {
    let source = from + <usize>column * rowBytes;
    let target = to + ((<usize>column) << 2);
    for (let p = 0; p < depth; p++) {
      store<f32>(target, load<f32>(source));
      source += 4;
      target += 32;
    }
  }
}

/** Four rows, `depth` floats of each, side by side: groups of four floats every `toBytes` bytes. */
export function turnFourRows(from: usize, rowBytes: usize, depth: i32, to: usize, toBytes: usize): void {
  let r0 = from, r1 = r0 + rowBytes, r2 = r1 + rowBytes, r3 = r2 + rowBytes;
  let left = depth;
  for (; left >= 4; left -= 4) {
    const x0 = v128.load(r0), x1 = v128.load(r1), x2 = v128.load(r2), x3 = v128.load(r3);
    const low01 = i32x4.shuffle(x0, x1, 0, 4, 1, 5), high01 = i32x4.shuffle(x0, x1, 2, 6, 3, 7);
    const low23 = i32x4.shuffle(x2, x3, 0, 4, 1, 5), high23 = i32x4.shuffle(x2, x3, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
    to += toBytes;
    v128.store(to, i64x2.shuffle(low01, low23, 1, 3));
    to += toBytes;
    v128.store(to, i64x2.shuffle(high01, high23, 0, 2));
    to += toBytes;
    v128.store(to, i64x2.shuffle(high01, high23, 1, 3));
    to += toBytes;
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
  }
  for (; left > 0; left--) {
    store<f32>(to, load<f32>(r0));
    store<f32>(to, load<f32>(r1), 4);
    store<f32>(to, load<f32>(r2), 8);
    store<f32>(to, load<f32>(r3), 12);
    to += toBytes;
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
  }
}
