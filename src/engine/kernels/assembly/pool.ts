// Max pooling over windows of maps. Shapes: `map-kernels.ts`. Four windows side by side are looked at together where none of them
// reaches over the edge.
import { endInside, firstInside, loadStrided } from './rows';
import { all, select } from './float32x4';

/** The largest of a window and where it stands: elements from the beginning of the map. */
let largest: f32 = 0;
let largestAt: i32 = 0;

/** y[n, c, p, q] = the largest of its window, a NaN being larger than all */
export function maxPool(
  x: usize, y: usize, batch: i32, channels: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, paddingHeight: i32, paddingWidth: i32, dilationHeight: i32, dilationWidth: i32,
  outHeight: i32, outWidth: i32,
): void {
  const first = firstInside(-paddingWidth, strideWidth, outWidth);
  const end = endInside((kernelWidth - 1) * dilationWidth - paddingWidth, strideWidth, width, outWidth);
  for (let map = batch * channels; map > 0; map--) {
    for (let p = 0; p < outHeight; p++) {
      const top = p * strideHeight - paddingHeight;
      const start = firstInside(top, dilationHeight, kernelHeight), stop = endInside(top, dilationHeight, height, kernelHeight);
      for (let q = 0; q < outWidth;) {
        const left = q * strideWidth - paddingWidth;
        if (q < first || q + 4 > end) {
          findLargest(x, width, kernelWidth, dilationHeight, dilationWidth, top, left, start, stop);
          store<f32>(y, largest);
          y += 4;
          q++;
          continue;
        }
        let best = all(0);
        for (let i = start; i < stop; i++) {
          let at = x + ((<usize>((top + i * dilationHeight) * width + left)) << 2);
          for (let j = 0; j < kernelWidth; j++) {
            const value = loadStrided(at, strideWidth);
            best = (i == start && j == 0) ? value : select(v128.or(f32x4.gt(value, best), f32x4.ne(value, value)), value, best);
            at += (<usize>dilationWidth) << 2;
          }
        }
        v128.store(y, best);
        y += 16;
        q += 4;
      }
    }
    x += (<usize>(height * width)) << 2;
  }
}

/** dx = the sum of dy over the windows of which an element is the (first) largest */
export function maxPoolBackward(
  x: usize, dy: usize, dx: usize, batch: i32, channels: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, paddingHeight: i32, paddingWidth: i32, dilationHeight: i32, dilationWidth: i32,
  outHeight: i32, outWidth: i32,
): void {
  memory.fill(dx, 0, (<usize>(batch * channels * height * width)) << 2);
  const first = firstInside(-paddingWidth, strideWidth, outWidth);
  const end = endInside((kernelWidth - 1) * dilationWidth - paddingWidth, strideWidth, width, outWidth);
  const steps = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(strideWidth));
  for (let map = batch * channels; map > 0; map--) {
    for (let p = 0; p < outHeight; p++) {
      const top = p * strideHeight - paddingHeight;
      const start = firstInside(top, dilationHeight, kernelHeight), stop = endInside(top, dilationHeight, height, kernelHeight);
      for (let q = 0; q < outWidth;) {
        const left = q * strideWidth - paddingWidth;
        if (q < first || q + 4 > end) {
          findLargest(x, width, kernelWidth, dilationHeight, dilationWidth, top, left, start, stop);
          addAt(dx, largestAt, load<f32>(dy));
          dy += 4;
          q++;
          continue;
        }
        let best = all(0), places = i32x4.splat(0);
        for (let i = start; i < stop; i++) {
          let from = (top + i * dilationHeight) * width + left;
          for (let j = 0; j < kernelWidth; j++) {
            const value = loadStrided(x + ((<usize>from) << 2), strideWidth);
            const place = i32x4.add(i32x4.splat(from), steps);
            const larger = (i == start && j == 0)
              ? i32x4.splat(-1)
              : v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
            best = select(larger, value, best);
            places = select(larger, place, places);
            from += dilationWidth;
          }
        }
        addAt(dx, i32x4.extract_lane(places, 0), load<f32>(dy));
        addAt(dx, i32x4.extract_lane(places, 1), load<f32>(dy, 4));
        addAt(dx, i32x4.extract_lane(places, 2), load<f32>(dy, 8));
        addAt(dx, i32x4.extract_lane(places, 3), load<f32>(dy, 12));
        dy += 16;
        q += 4;
      }
    }
    x += (<usize>(height * width)) << 2;
    dx += (<usize>(height * width)) << 2;
  }
}

// @ts-ignore: decorator
@inline
function addAt(dx: usize, place: i32, value: f32): void {
  const at = dx + ((<usize>place) << 2);
  store<f32>(at, load<f32>(at) + value);
}

/** Finds the largest of one window, whose rows `start` to `stop` are on the map. */
function findLargest(
  x: usize, width: i32, kernelWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32, start: i32, stop: i32,
): void {
  const from = firstInside(left, dilationWidth, kernelWidth), to = endInside(left, dilationWidth, width, kernelWidth);
  largestAt = (top + start * dilationHeight) * width + left + from * dilationWidth;
  largest = load<f32>(x + ((<usize>largestAt) << 2));
  for (let i = start; i < stop; i++) {
    for (let j = from; j < to; j++) {
      const place = (top + i * dilationHeight) * width + left + j * dilationWidth;
      const value = load<f32>(x + ((<usize>place) << 2));
      if (value > largest || value != value) {
        largest = value;
        largestAt = place;
      }
    }
  }
}
