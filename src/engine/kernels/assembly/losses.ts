// Losses of one element at a time. The differences and sums are taken in double precision.
import {
  all, flushed, fromDoubles, highDoubles, laneMask, loadUpTo, lowDoubles, select, storeUpTo, sumOfDoubles,
} from './float32x4';
import { sigmoid4, softplus4 } from './math';

/** Numbers of the losses, as `simd/codes.ts` has them. */
const MSE: i32 = 0;
const MAE: i32 = 1;
const HUBER: i32 = 2;

/** Mean of l(x[i], target[i]) */
export function elementwiseLoss(kind: i32, x: usize, target: usize, count: i32, delta: f64): f64 {
  if (kind == MSE) return meanLoss(MSE, x, target, count, delta);
  if (kind == MAE) return meanLoss(MAE, x, target, count, delta);
  if (kind == HUBER) return meanLoss(HUBER, x, target, count, delta);
  return meanBinaryCrossEntropy(x, target, count);
}

// @ts-ignore: decorator
@inline
function meanLoss(kind: i32, x: usize, target: usize, count: i32, delta: f64): f64 {
  let sum = f64x2.splat(0);
  for (let left = count; left > 0; left -= 4) {
    const a = loadUpTo(x, left), b = loadUpTo(target, left);
    // missing lanes are 0 in both, and so is their loss
    sum = f64x2.add(sum, lossOfError(kind, f64x2.sub(lowDoubles(a), lowDoubles(b)), delta));
    sum = f64x2.add(sum, lossOfError(kind, f64x2.sub(highDoubles(a), highDoubles(b)), delta));
    x += 16;
    target += 16;
  }
  return sumOfDoubles(sum) / <f64>count;
}

// @ts-ignore: decorator
@inline
function lossOfError(kind: i32, error: v128, delta: f64): v128 {
  if (kind == MSE) return f64x2.mul(error, error);
  const size = f64x2.abs(error);
  if (kind == MAE) return size;
  const near = f64x2.mul(f64x2.mul(error, error), f64x2.splat(0.5));
  const far = f64x2.mul(f64x2.sub(size, f64x2.splat(0.5 * delta)), f64x2.splat(delta));
  return select(f64x2.le(size, f64x2.splat(delta)), near, far);
}

/** Mean of softplus(x) - x target */
function meanBinaryCrossEntropy(x: usize, target: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  for (let left = count; left > 0; left -= 4) {
    const logit = loadUpTo(x, left), wanted = loadUpTo(target, left);
    // softplus(x) - x target = log(1 + e^-|x|) + (max(x, 0) - x target); the difference in double precision
    const decay = softplus4(f32x4.neg(f32x4.abs(logit)));
    const real = left >= 4 ? decay : v128.and(decay, laneMask(left));
    const positive = f32x4.pmax(logit, all(0));
    const low = f64x2.sub(lowDoubles(positive), f64x2.mul(lowDoubles(logit), lowDoubles(wanted)));
    const high = f64x2.sub(highDoubles(positive), f64x2.mul(highDoubles(logit), highDoubles(wanted)));
    sum = f64x2.add(sum, f64x2.add(lowDoubles(real), low));
    sum = f64x2.add(sum, f64x2.add(highDoubles(real), high));
    x += 16;
    target += 16;
  }
  return sumOfDoubles(sum) / <f64>count;
}

/** dx[i] = factor l'(x[i], target[i]), factor being scale / count */
export function elementwiseLossBackward(
  kind: i32, x: usize, target: usize, dx: usize, count: i32, delta: f64, factor: f64,
): void {
  if (kind == MSE) gradients(MSE, x, target, dx, count, delta, 2 * factor);
  else if (kind == MAE) gradients(MAE, x, target, dx, count, delta, factor);
  else if (kind == HUBER) gradients(HUBER, x, target, dx, count, delta, factor);
  else binaryCrossEntropyGradients(x, target, dx, count, <f32>factor);
}

// @ts-ignore: decorator
@inline
function gradients(kind: i32, x: usize, target: usize, dx: usize, count: i32, delta: f64, factor: f64): void {
  for (let left = count; left > 0; left -= 4) {
    const a = loadUpTo(x, left), b = loadUpTo(target, left);
    const low = slopeOfError(kind, f64x2.sub(lowDoubles(a), lowDoubles(b)), delta, factor);
    const high = slopeOfError(kind, f64x2.sub(highDoubles(a), highDoubles(b)), delta, factor);
    storeUpTo(dx, flushed(fromDoubles(low, high)), left);
    x += 16;
    target += 16;
    dx += 16;
  }
}

// @ts-ignore: decorator
@inline
function slopeOfError(kind: i32, error: v128, delta: f64, factor: f64): v128 {
  const four = f64x2.splat(factor);
  if (kind == MSE) return f64x2.mul(error, four);
  if (kind == HUBER) return f64x2.mul(f64x2.pmax(f64x2.pmin(error, f64x2.splat(delta)), f64x2.splat(-delta)), four);
  const sign = v128.or(f64x2.splat(1), v128.and(error, i64x2.splat(0x8000000000000000)));
  // NaN stays NaN: it is neither 0 nor equal to itself
  const unit = select(f64x2.eq(error, f64x2.splat(0)), f64x2.splat(0), sign);
  return f64x2.mul(select(f64x2.eq(error, error), unit, error), four);
}

function binaryCrossEntropyGradients(x: usize, target: usize, dx: usize, count: i32, factor: f32): void {
  const four = all(factor);
  for (let left = count; left > 0; left -= 4) {
    storeUpTo(dx, flushed(f32x4.mul(f32x4.sub(sigmoid4(loadUpTo(x, left)), loadUpTo(target, left)), four)), left);
    x += 16;
    target += 16;
    dx += 16;
  }
}

/** Elements above 0 where the target is above 0.5, and not above 0 elsewhere; NaN is right nowhere. */
export function countRightSigns(x: usize, target: usize, count: i32): i32 {
  let right = 0;
  for (let i = 0; i < count; i++) {
    const value = load<f32>(x);
    if (load<f32>(target) > 0.5 ? value > 0 : value <= 0) right++;
    x += 4;
    target += 4;
  }
  return right;
}
