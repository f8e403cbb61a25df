// Copies of matrix blocks in the order in which the tiles read them.
import { turnFour } from './turn';

/**
 * Columns of a matrix `[depth, columns]`, rows `rowBytes` apart, as panels side by side: of sixteen columns as long as there are as
 * many, then of eight; missing columns are 0. The panel that begins with column j lies 4 j `depth` bytes from the first.
 */
export function packPanels(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize): void {
  let left = columns;
  for (; left >= 16; left -= 16) {
    copySixteen(from, rowBytes, depth, to);
    from += 64;
    to += (<usize>depth) << 6;
  }
  for (; left > 0; left -= 8) {
    if (left >= 8) copyEight(from, rowBytes, depth, to);
    else copyFew(from, rowBytes, depth, left, to, 32);
    from += 32;
    to += (<usize>depth) << 5;
  }
}

/** Rows of a matrix `[columns, depth]`, `rowBytes` apart, turned to the same panels. */
export function packTurnedPanels(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize): void {
  let left = columns;
  for (; left >= 16; left -= 16) {
    for (let column = 0; column < 16; column += 4) {
      turnRows(from, rowBytes, depth, 4, to + ((<usize>column) << 2), 64);
      from += 4 * rowBytes;
    }
    to += (<usize>depth) << 6;
  }
  for (; left > 0; left -= 8) {
    if (left < 8) memory.fill(to, 0, (<usize>depth) << 5);
    for (let column = 0; column < min(8, left); column += 4) {
      turnRows(from + <usize>column * rowBytes, rowBytes, depth, min(4, left - column), to + ((<usize>column) << 2), 32);
    }
    from += 8 * rowBytes;
    to += (<usize>depth) << 5;
  }
}

/**
 * Rows of a matrix, `depth` floats of each, in groups of four side by side. What stands in the place of missing rows is not
 * used.
 */
export function packRows(from: usize, rowBytes: usize, depth: i32, rows: i32, to: usize): void {
  for (let left = rows; left > 0; left -= 4) {
    turnRows(from, rowBytes, depth, min(4, left), to, 16);
    from += 4 * rowBytes;
    to += (<usize>depth) << 4;
  }
}

/** Columns of a matrix `[depth, columns]`, in groups of four side by side; missing columns are 0. */
export function packColumns(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize): void {
  const group = (<usize>depth) << 4;
  let left = columns;
  // whole cache lines, as long as there are some: of long rows few stay in the cache until the next four columns
  for (; left >= 16; left -= 16) {
    spreadSixteen(from, rowBytes, depth, to, group);
    from += 64;
    to += 4 * group;
  }
  for (; left > 0; left -= 4) {
    if (left >= 4) copyFour(from, rowBytes, depth, to);
    else copyFew(from, rowBytes, depth, left, to, 16);
    from += 16;
    to += group;
  }
}

/** Sixteen columns to four groups, `group` bytes apart. */
function spreadSixteen(from: usize, rowBytes: usize, depth: i32, to: usize, group: usize): void {
  let second = to + group, third = second + group, fourth = third + group;
  for (let p = depth; p > 0; p--) {
    v128.store(to, v128.load(from));
    v128.store(second, v128.load(from, 16));
    v128.store(third, v128.load(from, 32));
    v128.store(fourth, v128.load(from, 48));
    from += rowBytes;
    to += 16;
    second += 16;
    third += 16;
    fourth += 16;
  }
}

function copySixteen(from: usize, rowBytes: usize, depth: i32, to: usize): void {
  for (let p = depth; p > 0; p--) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    from += rowBytes;
    to += 64;
  }
}

function copyEight(from: usize, rowBytes: usize, depth: i32, to: usize): void {
  for (let p = depth; p > 0; p--) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    from += rowBytes;
    to += 32;
  }
}

function copyFour(from: usize, rowBytes: usize, depth: i32, to: usize): void {
  for (let p = depth; p > 0; p--) {
    v128.store(to, v128.load(from));
    from += rowBytes;
    to += 16;
  }
}

function copyFew(from: usize, rowBytes: usize, depth: i32, columns: i32, to: usize, toBytes: usize): void {
  memory.fill(to, 0, <usize>depth * toBytes);
  for (let p = depth; p > 0; p--) {
    for (let at: usize = 0; at < (<usize>columns) << 2; at += 4) store<f32>(to + at, load<f32>(from + at));
    from += rowBytes;
    to += toBytes;
  }
}

/**
 * `rows` <= 4 rows side by side: groups of four floats every `toBytes` bytes, which callers write as a literal: as a variable it costs
 * half as much again. In the place of missing rows the first is repeated.
 */
// @ts-ignore: decorator
@inline
function turnRows(from: usize, rowBytes: usize, depth: i32, rows: i32, to: usize, toBytes: usize): void {
  let r0 = from, r1 = rows > 1 ? r0 + rowBytes : r0, r2 = rows > 2 ? r1 + rowBytes : r0, r3 = rows > 3 ? r2 + rowBytes : r0;
  let left = depth;
  for (; left >= 4; left -= 4) {
    turnFour(r0, r1, r2, r3, to, toBytes);
    to += 4 * toBytes;
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
