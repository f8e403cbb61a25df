// Max pooling over windows of maps. Shapes: `map-kernels.ts`. Four windows side by side are looked at together where none of them
// reaches over the edge.
import { endInside, firstInside, loadStrided } from './rows';
import { flushedFloat, select } from './float32x4';

/** The largest of a window and where it stands: elements from the beginning of the map. */
let largest: f32 = 0;
let largestAt: i32 = 0;

/** y[n, c, p, q] = the (first) largest of its window, a NaN being larger than all, and where it stands on its map */
export function maxPool(
  x: usize, y: usize, places: usize, batch: i32, channels: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, paddingHeight: i32, paddingWidth: i32, dilationHeight: i32, dilationWidth: i32,
  outHeight: i32, outWidth: i32,
): void {
  const first = firstInside(-paddingWidth, strideWidth, outWidth);
  const end = endInside((kernelWidth - 1) * dilationWidth - paddingWidth, strideWidth, width, outWidth);
  const steps = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(strideWidth));
  // what pooling mostly is: rows of 2 × 2 windows side by side, all inside
  const twoByTwo = kernelHeight == 2 && kernelWidth == 2 && strideWidth == 2 && dilationWidth == 1
    && end - first == outWidth && outWidth >= 4;
  for (let map = batch * channels; map > 0; map--) {
    for (let p = 0; p < outHeight; p++) {
      const top = p * strideHeight - paddingHeight;
      if (twoByTwo && top >= 0 && top + dilationHeight < height) {
        largestOfFours(x, top * width, dilationHeight * width, outWidth, y, places);
        y += (<usize>outWidth) << 2;
        places += (<usize>outWidth) << 2;
        continue;
      }
      const start = firstInside(top, dilationHeight, kernelHeight), stop = endInside(top, dilationHeight, height, kernelHeight);
      const corner = (top + start * dilationHeight) * width - paddingWidth;
      for (let q = 0; q < outWidth;) {
        if (q < first || q >= end || end - first < 4) {
          findLargest(
            x, width, kernelWidth, dilationHeight, dilationWidth, top, q * strideWidth - paddingWidth, start, stop,
          );
          store<f32>(y + ((<usize>q) << 2), largest);
          store<i32>(places + ((<usize>q) << 2), largestAt);
          q++;
          continue;
        }
        // the last four overlap with those before them
        q = min(q, end - 4);
        const from = corner + q * strideWidth, offset = (<usize>q) << 2;
        const places4 = i32x4.add(i32x4.splat(from), steps);
        const row = x + ((<usize>from) << 2), rows = stop - start, step = dilationHeight * width;
        // the stride that pooling mostly has, known to the compiler
        if (strideWidth == 2) fourLargest(row, 2, rows, step, kernelWidth, dilationWidth, y + offset, places + offset, places4);
        else fourLargest(row, strideWidth, rows, step, kernelWidth, dilationWidth, y + offset, places + offset, places4);
        q += 4;
      }
      y += (<usize>outWidth) << 2;
      places += (<usize>outWidth) << 2;
    }
    x += (<usize>(height * width)) << 2;
  }
}

/** The largest of four windows side by side, and where it stands: so far from `corners`, the first element of each. */
// @ts-ignore: decorator
@inline
function fourLargest(
  row: usize, stride: i32, rows: i32, rowStep: i32, kernelWidth: i32, dilationWidth: i32, y: usize, places: usize, corners: v128,
): void {
  let best = loadStrided(row, stride), bestAt = i32x4.splat(0);
  for (let i = 0, rowAt = 0; i < rows; i++) {
    for (let j = i == 0 ? 1 : 0; j < kernelWidth; j++) {
      const place = rowAt + j * dilationWidth;
      const value = loadStrided(row + ((<usize>place) << 2), stride);
      const larger = isLarger(value, best);
      best = select(larger, value, best);
      bestAt = select(larger, i32x4.splat(place), bestAt);
    }
    rowAt += rowStep;
  }
  v128.store(y, best);
  v128.store(places, i32x4.add(bestAt, corners));
}

/**
 * A row of windows of 2 × 2 side by side, the first at element `corner` of the map, its second row `rowStep` elements on: the first
 * largest of either row, and then of the two. The last four windows overlap with those before them.
 */
function largestOfFours(x: usize, corner: i32, rowStep: i32, windows: i32, y: usize, places: usize): void {
  const corners = i32x4.add(i32x4.splat(corner), i32x4(0, 2, 4, 6));
  const upper = x + ((<usize>corner) << 2), lower = upper + ((<usize>rowStep) << 2);
  for (let q = 0; q < windows; q += 4) {
    q = min(q, windows - 4);
    const at = (<usize>q) << 3;
    const a0 = v128.load(upper + at), a1 = v128.load(upper + at, 16), b0 = v128.load(lower + at), b1 = v128.load(lower + at, 16);
    const a = i32x4.shuffle(a0, a1, 0, 2, 4, 6), aRight = i32x4.shuffle(a0, a1, 1, 3, 5, 7);
    const b = i32x4.shuffle(b0, b1, 0, 2, 4, 6), bRight = i32x4.shuffle(b0, b1, 1, 3, 5, 7);
    const aIsRight = isLarger(aRight, a), bIsRight = isLarger(bRight, b);
    const ofA = select(aIsRight, aRight, a), ofB = select(bIsRight, bRight, b);
    const isB = isLarger(ofB, ofA);
    v128.store(y + (at >> 1), select(isB, ofB, ofA));
    // a mask is -1 where it is set
    const offset = select(isB, i32x4.sub(i32x4.splat(rowStep), bIsRight), i32x4.neg(aIsRight));
    v128.store(places + (at >> 1), i32x4.add(i32x4.add(corners, i32x4.splat(2 * q)), offset));
  }
}

/** Where x is larger than y, a NaN being larger than all. */
// @ts-ignore: decorator
@inline
function isLarger(x: v128, y: v128): v128 {
  return v128.or(f32x4.gt(x, y), f32x4.ne(x, x));
}

/** dx[map, places[map, i]] += dy[map, i], from 0 */
export function maxPoolBackward(dy: usize, places: usize, dx: usize, maps: i32, size: i32, windows: i32): void {
  const mapBytes = (<usize>size) << 2;
  memory.fill(dx, 0, <usize>maps * mapBytes);
  for (; maps > 0; maps--) {
    for (const end = dy + ((<usize>windows) << 2); dy < end; dy += 4) {
      const at = dx + ((<usize>load<u32>(places)) << 2);
      store<f32>(at, flushedFloat(load<f32>(at) + load<f32>(dy)));
      places += 4;
    }
    dx += mapBytes;
  }
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
