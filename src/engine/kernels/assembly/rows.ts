// Rows of maps copied, or read at a stride, and which windows lie inside.

/** x[0], x[stride], x[2 stride], x[3 stride]; `stride` in elements. */
// @ts-ignore: decorator
@inline
export function loadStrided(x: usize, stride: i32): v128 {
  if (stride == 1) return v128.load(x);
  // from the fourth element on, so that nothing is read beyond the seventh
  if (stride == 2) return i32x4.shuffle(v128.load(x), v128.load(x, 12), 0, 2, 5, 7);
  const step = (<usize>stride) << 2;
  let four = v128.load32_zero(x);
  four = v128.load32_lane(x + step, four, 1);
  four = v128.load32_lane(x + 2 * step, four, 2);
  return v128.load32_lane(x + 3 * step, four, 3);
}

/** y[i] = x[i] for i < n; the last four overlap with those before them. */
// @ts-ignore: decorator
@inline
export function copyRow(x: usize, y: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  if (n >= 4) {
    for (let at: usize = 0; at < bytes - 16; at += 16) v128.store(y + at, v128.load(x + at));
    v128.store(y + bytes - 16, v128.load(x + bytes - 16));
  } else if (n > 0) {
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(y + at, load<f32>(x + at));
  }
}

/** The first place q >= 0 of a window's element for which q stride + left lies on the map, at most `places`. */
// @ts-ignore: decorator
@inline
export function firstInside(left: i32, stride: i32, places: i32): i32 {
  return left >= 0 ? 0 : min(places, (stride - 1 - left) / stride);
}

/** The end of those places: after the last for which q stride + left < size. */
// @ts-ignore: decorator
@inline
export function endInside(left: i32, stride: i32, size: i32, places: i32): i32 {
  return left >= size ? 0 : min(places, (size - 1 - left) / stride + 1);
}
