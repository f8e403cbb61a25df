// Layer normalisation of rows. Formulas: `normalization-kernels.ts`. Means and sums are taken in double precision.
import {
  addLanes, addProducts, all, flushed, flushedFloat, fromDoubles, highDoubles, laneMask, loadPart, loadUpTo, lowDoubles,
  multiplyAdd, storePart, storeUpTo, sumOfDoubles,
} from './float32x4';
import { sumLanes } from './elementwise';

export function layerNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, inverseStd: usize, rows: i32, columns: i32, epsilon: f64,
): void {
  const row = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    const average = sumOfDoubles(sumLanes(x, columns)) / <f64>columns;
    const inverse = 1 / sqrt(squaredDifferences(x, columns, average) / <f64>columns + epsilon);
    normalizeRow(x, weight, bias, y, columns, <f32>average, <f32>inverse);
    store<f32>(mean, flushedFloat(<f32>average));
    store<f32>(inverseStd, <f32>inverse);
    x += row;
    y += row;
    mean += 4;
    inverseStd += 4;
  }
}

/** Σ (x[i] - mean)² in double precision */
// @ts-ignore: decorator
@inline
export function squaredDifferences(x: usize, n: i32, mean: f64): f64 {
  const center = f64x2.splat(mean);
  let sum = f64x2.splat(0);
  let left = n;
  for (; left >= 16; left -= 16) {
    sum = addSquaredDifferences(addSquaredDifferences(sum, v128.load(x), center), v128.load(x, 16), center);
    sum = addSquaredDifferences(addSquaredDifferences(sum, v128.load(x, 32), center), v128.load(x, 48), center);
    x += 64;
  }
  for (; left >= 4; left -= 4) {
    sum = addSquaredDifferences(sum, v128.load(x), center);
    x += 16;
  }
  let total = sumOfDoubles(sum);
  for (; left > 0; left--) {
    const difference = <f64>load<f32>(x) - mean;
    total += difference * difference;
    x += 4;
  }
  return total;
}

// @ts-ignore: decorator
@inline
function addSquaredDifferences(sum: v128, x: v128, center: v128): v128 {
  const low = f64x2.sub(lowDoubles(x), center), high = f64x2.sub(highDoubles(x), center);
  return f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
}

// @ts-ignore: decorator
@inline
function normalizeRow(x: usize, weight: usize, bias: usize, y: usize, columns: i32, mean: f32, inverse: f32): void {
  const center = all(mean), factor = all(inverse);
  let left = columns;
  for (; left >= 16; left -= 16) {
    v128.store(y, flushed(multiplyAdd(normalized(v128.load(x), center, factor), v128.load(weight), v128.load(bias))));
    v128.store(y, flushed(multiplyAdd(normalized(v128.load(x, 16), center, factor), v128.load(weight, 16), v128.load(bias, 16))), 16);
    v128.store(y, flushed(multiplyAdd(normalized(v128.load(x, 32), center, factor), v128.load(weight, 32), v128.load(bias, 32))), 32);
    v128.store(y, flushed(multiplyAdd(normalized(v128.load(x, 48), center, factor), v128.load(weight, 48), v128.load(bias, 48))), 48);
    x += 64;
    weight += 64;
    bias += 64;
    y += 64;
  }
  for (; left >= 4; left -= 4) {
    v128.store(y, flushed(multiplyAdd(normalized(v128.load(x), center, factor), v128.load(weight), v128.load(bias))));
    x += 16;
    weight += 16;
    bias += 16;
    y += 16;
  }
  if (left > 0) {
    storePart(y, flushed(multiplyAdd(normalized(loadPart(x, left), center, factor), loadPart(weight, left), loadPart(bias, left))), left);
  }
}

// @ts-ignore: decorator
@inline
function normalized(x: v128, center: v128, factor: v128): v128 {
  return f32x4.mul(f32x4.sub(x, center), factor);
}

export function layerNormBackward(
  x: usize, weight: usize, mean: usize, inverseStd: usize, dy: usize, dx: usize, dWeight: usize, dBias: usize, rows: i32,
  columns: i32,
): void {
  // before dx, which may lie on dy
  parameterGradients(x, mean, inverseStd, dy, dWeight, dBias, rows, columns);
  const row = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    backwardRow(x, weight, load<f32>(mean), load<f32>(inverseStd), dy, dx, columns);
    x += row;
    dy += row;
    dx += row;
    mean += 4;
    inverseStd += 4;
  }
}

/** Rows added in single precision before their sum goes on in double. */
const BLOCK_ROWS: i32 = 16;

/** dBias[c] = Σ_r dy, dWeight[c] = Σ_r dy h, by eight or four columns at a time */
function parameterGradients(
  x: usize, mean: usize, inverseStd: usize, dy: usize, dWeight: usize, dBias: usize, rows: i32, columns: i32,
): void {
  const row = (<usize>columns) << 2;
  let left = columns;
  for (; left >= 8; left -= 8) {
    let low = f64x2.splat(0), high = f64x2.splat(0), weightedLow = f64x2.splat(0), weightedHigh = f64x2.splat(0);
    let nextLow = f64x2.splat(0), nextHigh = f64x2.splat(0), nextWeightedLow = f64x2.splat(0), nextWeightedHigh = f64x2.splat(0);
    let fromX = x, fromDy = dy, fromMean = mean, fromStd = inverseStd;
    for (let r = 0; r < rows; r += BLOCK_ROWS) {
      let sum = all(0), weighted = all(0), next = all(0), nextWeighted = all(0);
      for (let p = min(BLOCK_ROWS, rows - r); p > 0; p--) {
        const center = v128.load32_splat(fromMean), inverse = v128.load32_splat(fromStd);
        const d = v128.load(fromDy), nextD = v128.load(fromDy, 16);
        sum = f32x4.add(sum, d);
        next = f32x4.add(next, nextD);
        weighted = multiplyAdd(d, f32x4.mul(f32x4.sub(v128.load(fromX), center), inverse), weighted);
        nextWeighted = multiplyAdd(nextD, f32x4.mul(f32x4.sub(v128.load(fromX, 16), center), inverse), nextWeighted);
        fromX += row;
        fromDy += row;
        fromMean += 4;
        fromStd += 4;
      }
      low = f64x2.add(low, lowDoubles(sum));
      high = f64x2.add(high, highDoubles(sum));
      weightedLow = f64x2.add(weightedLow, lowDoubles(weighted));
      weightedHigh = f64x2.add(weightedHigh, highDoubles(weighted));
      nextLow = f64x2.add(nextLow, lowDoubles(next));
      nextHigh = f64x2.add(nextHigh, highDoubles(next));
      nextWeightedLow = f64x2.add(nextWeightedLow, lowDoubles(nextWeighted));
      nextWeightedHigh = f64x2.add(nextWeightedHigh, highDoubles(nextWeighted));
    }
    v128.store(dBias, flushed(fromDoubles(low, high)));
    v128.store(dBias, flushed(fromDoubles(nextLow, nextHigh)), 16);
    v128.store(dWeight, flushed(fromDoubles(weightedLow, weightedHigh)));
    v128.store(dWeight, flushed(fromDoubles(nextWeightedLow, nextWeightedHigh)), 16);
    x += 32;
    dy += 32;
    dWeight += 32;
    dBias += 32;
  }
  for (; left > 0; left -= 4) {
    let low = f64x2.splat(0), high = f64x2.splat(0), weightedLow = f64x2.splat(0), weightedHigh = f64x2.splat(0);
    let at: usize = 0;
    for (let r: usize = 0; r < <usize>rows; r += <usize>BLOCK_ROWS) {
      let sum = all(0), weighted = all(0);
      for (let p = r; p < min(r + <usize>BLOCK_ROWS, <usize>rows); p++) {
        const center = v128.load32_splat(mean + (p << 2)), inverse = v128.load32_splat(inverseStd + (p << 2));
        const d = loadUpTo(dy + at, left);
        sum = f32x4.add(sum, d);
        weighted = multiplyAdd(d, f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), inverse), weighted);
        at += row;
      }
      low = f64x2.add(low, lowDoubles(sum));
      high = f64x2.add(high, highDoubles(sum));
      weightedLow = f64x2.add(weightedLow, lowDoubles(weighted));
      weightedHigh = f64x2.add(weightedHigh, highDoubles(weighted));
    }
    storeUpTo(dBias, flushed(fromDoubles(low, high)), left);
    storeUpTo(dWeight, flushed(fromDoubles(weightedLow, weightedHigh)), left);
    x += 16;
    dy += 16;
    dWeight += 16;
    dBias += 16;
  }
}

/** dx = inverseStd (g - mean(g) - h mean(g h)), g = dy weight */
// @ts-ignore: decorator
@inline
function backwardRow(x: usize, weight: usize, mean: f32, inverse: f32, dy: usize, dx: usize, columns: i32): void {
  const center = all(mean), factor = all(inverse);
  let sum = f64x2.splat(0), weighted = f64x2.splat(0);
  let at: usize = 0;
  let left = columns;
  for (; left >= 4; left -= 4) {
    const g = f32x4.mul(v128.load(dy + at), v128.load(weight + at));
    const h = f32x4.mul(f32x4.sub(v128.load(x + at), center), factor);
    sum = addLanes(sum, g);
    weighted = addProducts(weighted, g, h);
    at += 16;
  }
  if (left > 0) {
    const g = f32x4.mul(loadPart(dy + at, left), loadPart(weight + at, left));
    // lanes past the end hold the mean's own difference, which may be infinite
    const h = v128.and(f32x4.mul(f32x4.sub(loadPart(x + at, left), center), factor), laneMask(left));
    sum = addLanes(sum, g);
    weighted = addProducts(weighted, g, h);
  }
  const meanG = all(<f32>(sumOfDoubles(sum) / <f64>columns));
  const meanGh = all(<f32>(sumOfDoubles(weighted) / <f64>columns));
  at = 0;
  left = columns;
  for (; left >= 4; left -= 4) {
    const g = f32x4.mul(v128.load(dy + at), v128.load(weight + at));
    const h = f32x4.mul(f32x4.sub(v128.load(x + at), center), factor);
    v128.store(dx + at, flushed(f32x4.mul(factor, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(h, meanGh)))));
    at += 16;
  }
  if (left > 0) {
    const g = f32x4.mul(loadPart(dy + at, left), loadPart(weight + at, left));
    const h = f32x4.mul(f32x4.sub(loadPart(x + at, left), center), factor);
    storePart(dx + at, flushed(f32x4.mul(factor, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(h, meanGh)))), left);
  }
}
