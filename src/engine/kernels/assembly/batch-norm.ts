// Batch normalisation of each channel of x[outer, channels, inner]. Formulas: `normalization-kernels.ts`. With inner 1 (features)
// four channels are taken side by side; else each channel's runs of `inner` numbers one after another.
import {
  addProducts, all, flushed, flushedFloat, fromDoubles, highDoubles, laneMask, loadUpTo, lowDoubles, multiplyAdd, storeUpTo,
  sumOfDoubles,
} from './float32x4';
import { sumLanes } from './elementwise';
import { squaredDifferences } from './layer-norm';

export function batchNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, inverseStd: usize, runningMean: usize, runningVariance: usize,
  outer: i32, channels: i32, inner: i32, momentum: f64, epsilon: f64,
): void {
  if (inner == 1) measureColumns(x, mean, inverseStd, runningMean, runningVariance, outer, channels, momentum, epsilon);
  else measureRuns(x, mean, inverseStd, runningMean, runningVariance, outer, channels, inner, momentum, epsilon);
  normalize(x, weight, bias, y, mean, inverseStd, outer, channels, inner);
}

/** By running statistics. */
export function batchNormInference(
  x: usize, weight: usize, bias: usize, y: usize, runningMean: usize, runningVariance: usize, outer: i32, channels: i32,
  inner: i32,
  epsilon: f64,
): void {
  const row = (<usize>(channels * inner)) << 2;
  for (let c: usize = 0; c < <usize>channels; c++) {
    const at = c << 2;
    const inverse = <f32>(1 / sqrt(<f64>load<f32>(runningVariance + at) + epsilon));
    const center = load<f32>(runningMean + at), factor = load<f32>(weight + at), shift = load<f32>(bias + at);
    const run = at * <usize>inner;
    for (let o: usize = 0; o < <usize>outer; o++) {
      normalizeRun(x + o * row + run, y + o * row + run, inner, center, inverse, factor, shift);
    }
  }
}

function measureColumns(
  x: usize, mean: usize, inverseStd: usize, runningMean: usize, runningVariance: usize, outer: i32, channels: i32,
  momentum: f64, epsilon: f64,
): void {
  const row = (<usize>channels) << 2;
  const n = f64x2.splat(<f64>outer);
  for (let left = channels; left > 0; left -= 4) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    let at = x;
    for (let o = 0; o < outer; o++) {
      const value = loadUpTo(at, left);
      low = f64x2.add(low, lowDoubles(value));
      high = f64x2.add(high, highDoubles(value));
      at += row;
    }
    low = f64x2.div(low, n);
    high = f64x2.div(high, n);
    let squaresLow = f64x2.splat(0), squaresHigh = f64x2.splat(0);
    at = x;
    for (let o = 0; o < outer; o++) {
      const value = loadUpTo(at, left);
      const a = f64x2.sub(lowDoubles(value), low), b = f64x2.sub(highDoubles(value), high);
      squaresLow = f64x2.add(squaresLow, f64x2.mul(a, a));
      squaresHigh = f64x2.add(squaresHigh, f64x2.mul(b, b));
      at += row;
    }
    storeUpTo(mean, flushed(fromDoubles(low, high)), left);
    storeUpTo(inverseStd, flushed(fromDoubles(inverseOf(squaresLow, n, epsilon), inverseOf(squaresHigh, n, epsilon))), left);
    mix(runningMean, fromDoubles(low, high), momentum, left);
    // Of one value the variance is 0, whatever its squares are divided by.
    const others = f64x2.splat(<f64>max(1, outer - 1));
    mix(runningVariance, fromDoubles(f64x2.div(squaresLow, others), f64x2.div(squaresHigh, others)), momentum, left);
    x += 16;
    mean += 16;
    inverseStd += 16;
    runningMean += 16;
    runningVariance += 16;
  }
}

// @ts-ignore: decorator
@inline
function inverseOf(squares: v128, n: v128, epsilon: f64): v128 {
  return f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.add(f64x2.div(squares, n), f64x2.splat(epsilon))));
}

/** running = (1 - momentum) running + momentum batch */
// @ts-ignore: decorator
@inline
function mix(running: usize, batch: v128, momentum: f64, count: i32): void {
  const kept = f32x4.mul(all(<f32>(1 - momentum)), loadUpTo(running, count));
  storeUpTo(running, flushed(multiplyAdd(all(<f32>momentum), batch, kept)), count);
}

function measureRuns(
  x: usize, mean: usize, inverseStd: usize, runningMean: usize, runningVariance: usize, outer: i32, channels: i32, inner: i32,
  momentum: f64, epsilon: f64,
): void {
  const run = (<usize>inner) << 2;
  const row = run * <usize>channels;
  const n = <f64>(outer * inner);
  for (let c: usize = 0; c < <usize>channels; c++) {
    const first = x + c * run;
    let sum: f64 = 0;
    for (let o: usize = 0; o < <usize>outer; o++) sum += sumOfDoubles(sumLanes(first + o * row, inner));
    const average = sum / n;
    let squares: f64 = 0;
    for (let o: usize = 0; o < <usize>outer; o++) squares += squaredDifferences(first + o * row, inner, average);
    const at = c << 2;
    store<f32>(mean + at, flushedFloat(<f32>average));
    store<f32>(inverseStd + at, <f32>(1 / sqrt(squares / n + epsilon)));
    store<f32>(runningMean + at, flushedFloat(<f32>((1 - momentum) * <f64>load<f32>(runningMean + at) + momentum * average)));
    store<f32>(runningVariance + at, flushedFloat(<f32>((1 - momentum) * <f64>load<f32>(runningVariance + at) + momentum * squares / max<f64>(1, n - 1))));
  }
}

/** y = (x - mean) inverseStd weight + bias */
function normalize(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, inverseStd: usize, outer: i32, channels: i32, inner: i32,
): void {
  const run = (<usize>inner) << 2;
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      let at: usize = 0;
      for (let left = channels; left > 0; left -= 4) {
        const h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), loadUpTo(mean + at, left)), loadUpTo(inverseStd + at, left));
        storeUpTo(y + at, flushed(multiplyAdd(h, loadUpTo(weight + at, left), loadUpTo(bias + at, left))), left);
        at += 16;
      }
    } else {
      for (let c: usize = 0; c < <usize>channels; c++) {
        const at = c << 2;
        normalizeRun(
          x + c * run, y + c * run, inner, load<f32>(mean + at), load<f32>(inverseStd + at), load<f32>(weight + at),
          load<f32>(bias + at),
        );
      }
    }
    x += run * <usize>channels;
    y += run * <usize>channels;
  }
}

// @ts-ignore: decorator
@inline
function normalizeRun(x: usize, y: usize, n: i32, center: f32, inverse: f32, factor: f32, shift: f32): void {
  for (let left = n; left > 0; left -= 4) {
    const h = f32x4.mul(f32x4.sub(loadUpTo(x, left), all(center)), all(inverse));
    storeUpTo(y, flushed(multiplyAdd(h, all(factor), all(shift))), left);
    x += 16;
    y += 16;
  }
}

export function batchNormBackward(
  x: usize, weight: usize, mean: usize, inverseStd: usize, dy: usize, dx: usize, dWeight: usize, dBias: usize,
  outer: i32, channels: i32, inner: i32,
): void {
  if (inner == 1) backwardColumns(x, weight, mean, inverseStd, dy, dx, dWeight, dBias, outer, channels);
  else backwardRuns(x, weight, mean, inverseStd, dy, dx, dWeight, dBias, outer, channels, inner);
}

function backwardColumns(
  x: usize, weight: usize, mean: usize, inverseStd: usize, dy: usize, dx: usize, dWeight: usize, dBias: usize, outer: i32,
  channels: i32,
): void {
  const row = (<usize>channels) << 2;
  const share = f64x2.splat(1.0 / <f64>outer);
  for (let left = channels; left > 0; left -= 4) {
    const center = loadUpTo(mean, left), inverse = loadUpTo(inverseStd, left);
    let low = f64x2.splat(0), high = f64x2.splat(0), weightedLow = f64x2.splat(0), weightedHigh = f64x2.splat(0);
    let at: usize = 0;
    for (let o = 0; o < outer; o++) {
      const d = loadUpTo(dy + at, left);
      const h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), inverse);
      const dLow = lowDoubles(d), dHigh = highDoubles(d);
      low = f64x2.add(low, dLow);
      high = f64x2.add(high, dHigh);
      weightedLow = f64x2.add(weightedLow, f64x2.mul(dLow, lowDoubles(h)));
      weightedHigh = f64x2.add(weightedHigh, f64x2.mul(dHigh, highDoubles(h)));
      at += row;
    }
    storeUpTo(dBias, flushed(fromDoubles(low, high)), left);
    storeUpTo(dWeight, flushed(fromDoubles(weightedLow, weightedHigh)), left);
    const meanD = fromDoubles(f64x2.mul(low, share), f64x2.mul(high, share));
    const meanDh = fromDoubles(f64x2.mul(weightedLow, share), f64x2.mul(weightedHigh, share));
    const factor = f32x4.mul(loadUpTo(weight, left), inverse);
    at = 0;
    for (let o = 0; o < outer; o++) {
      const h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), inverse);
      const d = f32x4.sub(f32x4.sub(loadUpTo(dy + at, left), meanD), f32x4.mul(h, meanDh));
      storeUpTo(dx + at, flushed(f32x4.mul(factor, d)), left);
      at += row;
    }
    x += 16;
    dy += 16;
    dx += 16;
    weight += 16;
    mean += 16;
    inverseStd += 16;
    dWeight += 16;
    dBias += 16;
  }
}

function backwardRuns(
  x: usize, weight: usize, mean: usize, inverseStd: usize, dy: usize, dx: usize, dWeight: usize, dBias: usize,
  outer: i32, channels: i32, inner: i32,
): void {
  const run = (<usize>inner) << 2;
  const row = run * <usize>channels;
  const n = <f64>(outer * inner);
  for (let c: usize = 0; c < <usize>channels; c++) {
    const place = c << 2;
    const center = all(load<f32>(mean + place)), inverse = all(load<f32>(inverseStd + place));
    let sum = f64x2.splat(0), weighted = f64x2.splat(0);
    for (let o: usize = 0; o < <usize>outer; o++) {
      let at = c * run + o * row;
      for (let left = inner; left > 0; left -= 4) {
        const d = loadUpTo(dy + at, left);
        let h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), inverse);
        // lanes past the end hold the mean's own difference, which may be infinite
        if (left < 4) h = v128.and(h, laneMask(left));
        sum = f64x2.add(f64x2.add(sum, lowDoubles(d)), highDoubles(d));
        weighted = addProducts(weighted, d, h);
        at += 16;
      }
    }
    const sumD = sumOfDoubles(sum), sumDh = sumOfDoubles(weighted);
    store<f32>(dBias + place, flushedFloat(<f32>sumD));
    store<f32>(dWeight + place, flushedFloat(<f32>sumDh));
    const meanD = all(<f32>(sumD / n)), meanDh = all(<f32>(sumDh / n));
    const factor = f32x4.mul(all(load<f32>(weight + place)), inverse);
    for (let o: usize = 0; o < <usize>outer; o++) {
      let at = c * run + o * row;
      for (let left = inner; left > 0; left -= 4) {
        const h = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), center), inverse);
        const d = f32x4.sub(f32x4.sub(loadUpTo(dy + at, left), meanD), f32x4.mul(h, meanDh));
        storeUpTo(dx + at, flushed(f32x4.mul(factor, d)), left);
        at += 16;
      }
    }
  }
}
