// A block of 4 × 4 floats turned around its diagonal: of four rows, the columns. What the four functions share is computed once, since
// the compiler sees that it is the same.

/** First of the columns of four rows. */
// @ts-ignore: decorator
@inline
export function column0(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  return i64x2.shuffle(i32x4.shuffle(x0, x1, 0, 4, 1, 5), i32x4.shuffle(x2, x3, 0, 4, 1, 5), 0, 2);
}

// @ts-ignore: decorator
@inline
export function column1(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  return i64x2.shuffle(i32x4.shuffle(x0, x1, 0, 4, 1, 5), i32x4.shuffle(x2, x3, 0, 4, 1, 5), 1, 3);
}

// @ts-ignore: decorator
@inline
export function column2(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  return i64x2.shuffle(i32x4.shuffle(x0, x1, 2, 6, 3, 7), i32x4.shuffle(x2, x3, 2, 6, 3, 7), 0, 2);
}

// @ts-ignore: decorator
@inline
export function column3(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  return i64x2.shuffle(i32x4.shuffle(x0, x1, 2, 6, 3, 7), i32x4.shuffle(x2, x3, 2, 6, 3, 7), 1, 3);
}

/** Four floats from each of four rows go to four places `step` bytes apart, each with a float of every row. */
// @ts-ignore: decorator
@inline
export function turnFour(row0: usize, row1: usize, row2: usize, row3: usize, to: usize, step: usize): void {
  const x0 = v128.load(row0), x1 = v128.load(row1), x2 = v128.load(row2), x3 = v128.load(row3);
  v128.store(to, column0(x0, x1, x2, x3));
  v128.store(to + step, column1(x0, x1, x2, x3));
  v128.store(to + 2 * step, column2(x0, x1, x2, x3));
  v128.store(to + 3 * step, column3(x0, x1, x2, x3));
}
