// One parameter's update. Formulas: `optimizer-kernels.ts`. Each returns the norm of the change really made.
import { addLanes, addSquares, all, laneMask, loadUpTo, multiplyAdd, storeUpTo, sumOfDoubles } from './float32x4';

/** The gradient plus weight decay. */
// @ts-ignore: decorator
@inline
function decayed(p: v128, g: usize, count: i32, weightDecay: f32): v128 {
  const gradient = loadUpTo(g, count);
  return weightDecay == 0 ? gradient : multiplyAdd(all(weightDecay), p, gradient);
}

export function sgd(
  p: usize, g: usize, velocity: usize, n: i32, first: bool, rate: f32, weightDecay: f32, momentum: f32, nesterov: bool,
): f64 {
  let change = f64x2.splat(0);
  for (let left = n; left > 0; left -= 4) {
    const old = loadUpTo(p, left);
    const gradient = decayed(old, g, left, weightDecay);
    let direction = gradient;
    if (velocity != 0) {
      if (!first) direction = multiplyAdd(all(momentum), loadUpTo(velocity, left), gradient);
      storeUpTo(velocity, direction, left);
      if (nesterov) direction = multiplyAdd(all(momentum), direction, gradient);
      velocity += 16;
    }
    const updated = f32x4.sub(old, f32x4.mul(all(rate), direction));
    storeUpTo(p, updated, left);
    change = addSquares(change, f32x4.sub(updated, old));
    p += 16;
    g += 16;
  }
  return sqrt(sumOfDoubles(change));
}

export function rmsprop(
  p: usize, g: usize, square: usize, velocity: usize, n: i32, rate: f32, weightDecay: f32, alpha: f64, epsilon: f32,
  momentum: f32,
): f64 {
  const keep = all(<f32>alpha), take = all(<f32>(1 - alpha));
  let change = f64x2.splat(0);
  for (let left = n; left > 0; left -= 4) {
    const old = loadUpTo(p, left);
    const gradient = decayed(old, g, left, weightDecay);
    const v = multiplyAdd(keep, loadUpTo(square, left), f32x4.mul(f32x4.mul(take, gradient), gradient));
    storeUpTo(square, v, left);
    let direction = quotient(gradient, f32x4.add(f32x4.sqrt(v), all(epsilon)), left);
    if (velocity != 0) {
      direction = multiplyAdd(all(momentum), loadUpTo(velocity, left), direction);
      storeUpTo(velocity, direction, left);
      velocity += 16;
    }
    const updated = f32x4.sub(old, f32x4.mul(all(rate), direction));
    storeUpTo(p, updated, left);
    change = addSquares(change, f32x4.sub(updated, old));
    p += 16;
    g += 16;
    square += 16;
  }
  return sqrt(sumOfDoubles(change));
}

export function adagrad(p: usize, g: usize, sum: usize, n: i32, rate: f32, weightDecay: f32, epsilon: f32): f64 {
  let change = f64x2.splat(0);
  for (let left = n; left > 0; left -= 4) {
    const old = loadUpTo(p, left);
    const gradient = decayed(old, g, left, weightDecay);
    const s = multiplyAdd(gradient, gradient, loadUpTo(sum, left));
    storeUpTo(sum, s, left);
    const direction = quotient(gradient, f32x4.add(f32x4.sqrt(s), all(epsilon)), left);
    const updated = f32x4.sub(old, f32x4.mul(all(rate), direction));
    storeUpTo(p, updated, left);
    change = addSquares(change, f32x4.sub(updated, old));
    p += 16;
    g += 16;
    sum += 16;
  }
  return sqrt(sumOfDoubles(change));
}

export function adam(
  p: usize, g: usize, mean: usize, square: usize, n: i32, step: i32, rate: f64, weightDecay: f64, beta1: f64, beta2: f64,
  epsilon: f32,
  decoupled: bool,
): f64 {
  const keepMean = all(<f32>beta1), takeMean = all(<f32>(1 - beta1));
  const keepSquare = all(<f32>beta2), takeSquare = all(<f32>(1 - beta2));
  const stepRate = all(<f32>(rate / (1 - power(beta1, step))));
  const correction = all(<f32>(1 / sqrt(1 - power(beta2, step))));
  const shrink = all(<f32>(decoupled ? 1 - rate * weightDecay : 1));
  const decay: f32 = decoupled ? 0 : <f32>weightDecay;
  let change = f64x2.splat(0);
  for (let left = n; left > 0; left -= 4) {
    const old = loadUpTo(p, left);
    const gradient = decayed(old, g, left, decay);
    const m = multiplyAdd(keepMean, loadUpTo(mean, left), f32x4.mul(takeMean, gradient));
    const v = multiplyAdd(keepSquare, loadUpTo(square, left), f32x4.mul(f32x4.mul(takeSquare, gradient), gradient));
    storeUpTo(mean, m, left);
    storeUpTo(square, v, left);
    const scale = multiplyAdd(f32x4.sqrt(v), correction, all(epsilon));
    const updated = f32x4.sub(f32x4.mul(old, shrink), quotient(f32x4.mul(stepRate, m), scale, left));
    storeUpTo(p, updated, left);
    change = addSquares(change, f32x4.sub(updated, old));
    p += 16;
    g += 16;
    mean += 16;
    square += 16;
  }
  return sqrt(sumOfDoubles(change));
}

/** l1 Σ |p| + l2 Σ p²; g += l1 sign(p) + 2 l2 p */
export function penalty(p: usize, g: usize, n: i32, l1: f64, l2: f64): f64 {
  const one = all(<f32>l1), two = all(<f32>(2 * l2));
  let sizes = f64x2.splat(0), squares = f64x2.splat(0);
  for (let left = n; left > 0; left -= 4) {
    const value = loadUpTo(p, left);
    sizes = addLanes(sizes, f32x4.abs(value));
    squares = addSquares(squares, value);
    const sign = v128.andnot(v128.or(one, v128.and(value, i32x4.splat(0x80000000))), f32x4.eq(value, all(0)));
    storeUpTo(g, f32x4.add(loadUpTo(g, left), multiplyAdd(two, value, sign)), left);
    p += 16;
    g += 16;
  }
  return l1 * sumOfDoubles(sizes) + l2 * sumOfDoubles(squares);
}

/** a / b; lanes past the end, where both may be 0, give 0 and not NaN. */
// @ts-ignore: decorator
@inline
function quotient(a: v128, b: v128, count: i32): v128 {
  const result = f32x4.div(a, b);
  return count >= 4 ? result : v128.and(result, laneMask(count));
}

/** base^n by squaring: exact operations only, so the same bits everywhere. */
function power(base: f64, n: i32): f64 {
  let result: f64 = 1;
  for (let square = base; n > 0; n >>= 1) {
    if (n & 1) result *= square;
    square *= square;
  }
  return result;
}
