// Rows of maps read or written at a stride: what unfolding and pooling are made of.
import { loadUpTo, storeUpTo } from './float32x4';

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

/** y[i] = x[i stride] for i < n */
export function gatherRow(x: usize, stride: i32, y: usize, n: i32): void {
  const four = (<usize>stride) << 4, one = (<usize>stride) << 2;
  for (; n >= 4; n -= 4) {
    v128.store(y, loadStrided(x, stride));
    x += four;
    y += 16;
  }
  for (; n > 0; n--) {
    store<f32>(y, load<f32>(x));
    x += one;
    y += 4;
  }
}

/** y[i stride] += x[i] for i < n */
export function addScatteredRow(x: usize, y: usize, stride: i32, n: i32): void {
  if (stride == 1) {
    for (; n > 0; n -= 4) {
      storeUpTo(y, f32x4.add(loadUpTo(y, n), loadUpTo(x, n)), n);
      x += 16;
      y += 16;
    }
    return;
  }
  const one = (<usize>stride) << 2;
  for (; n > 0; n--) {
    store<f32>(y, load<f32>(y) + load<f32>(x));
    x += 4;
    y += one;
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
