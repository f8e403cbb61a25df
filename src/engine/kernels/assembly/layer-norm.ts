// Layer normalisation of rows. Formulas: `normalization-kernels.ts`. Means and sums are taken in double precision.
import {
  addProducts, all, fromDoubles, highDoubles, laneMask, loadUpTo, lowDoubles, multiplyAdd, storeUpTo, sumOfDoubles,
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
    store<f32>(mean, <f32>average);
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
  for (; left >= 4; left -= 4) {
    const value = v128.load(x);
    const low = f64x2.sub(lowDoubles(value), center), high = f64x2.sub(highDoubles(value), center);
    sum = f64x2.add(f64x2.add(sum, f64x2.mul(low, low)), f64x2.mul(high, high));
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
function normalizeRow(x: usize, weight: usize, bias: usize, y: usize, columns: i32, mean: f32, inverse: f32): void {
  for (let left = columns; left > 0; left -= 4) {
    const normalized = f32x4.mul(f32x4.sub(loadUpTo(x, left), all(mean)), all(inverse));
    storeUpTo(y, multiplyAdd(normalized, loadUpTo(weight, left), loadUpTo(bias, left)), left);
    x += 16;
    weight += 16;
    bias += 16;
    y += 16;
  }
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

/** dBias[c] = Σ_r dy, dWeight[c] = Σ_r dy h, by four columns at a time */
function parameterGradients(
  x: usize, mean: usize, inverseStd: usize, dy: usize, dWeight: usize, dBias: usize, rows: i32, columns: i32,
): void {
  const row = (<usize>columns) << 2;
  for (let left = columns; left > 0; left -= 4) {
    let low = f64x2.splat(0), high = f64x2.splat(0), weightedLow = f64x2.splat(0), weightedHigh = f64x2.splat(0);
    let at: usize = 0;
    for (let r: usize = 0; r < <usize>rows; r++) {
      const d = loadUpTo(dy + at, left);
      const center = v128.load32_splat(mean + (r << 2)), inverse = v128.load32_splat(inverseStd + (r << 2));
      const h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), inverse);
      const dLow = lowDoubles(d), dHigh = highDoubles(d);
      low = f64x2.add(low, dLow);
      high = f64x2.add(high, dHigh);
      weightedLow = f64x2.add(weightedLow, f64x2.mul(dLow, lowDoubles(h)));
      weightedHigh = f64x2.add(weightedHigh, f64x2.mul(dHigh, highDoubles(h)));
      at += row;
    }
    storeUpTo(dBias, fromDoubles(low, high), left);
    storeUpTo(dWeight, fromDoubles(weightedLow, weightedHigh), left);
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
  for (let left = columns; left > 0; left -= 4) {
    const g = f32x4.mul(loadUpTo(dy + at, left), loadUpTo(weight + at, left));
    let h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), factor);
    // lanes past the end hold the mean's own difference, which may be infinite
    if (left < 4) h = v128.and(h, laneMask(left));
    sum = f64x2.add(f64x2.add(sum, lowDoubles(g)), highDoubles(g));
    weighted = addProducts(weighted, g, h);
    at += 16;
  }
  const meanG = all(<f32>(sumOfDoubles(sum) / <f64>columns));
  const meanGh = all(<f32>(sumOfDoubles(weighted) / <f64>columns));
  at = 0;
  for (let left = columns; left > 0; left -= 4) {
    const g = f32x4.mul(loadUpTo(dy + at, left), loadUpTo(weight + at, left));
    const h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), factor);
    storeUpTo(dx + at, f32x4.mul(factor, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(h, meanGh))), left);
    at += 16;
  }
}
