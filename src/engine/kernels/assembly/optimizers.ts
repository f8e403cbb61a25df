// One parameter's update. Formulas: `optimizer-kernels.ts`. Each returns the norm of the change really made.
import { number } from './constants';
import { addLanes, addSquares, all, flushed, laneMask, loadUpTo, multiplyAdd, storeUpTo, sumOfDoubles } from './float32x4';

/** That of `flush.ts`: 2^-50. */
const SMALLEST_SQUARED: usize = memory.data<u32>([0x26800000]);

/** The gradient plus weight decay. */
// @ts-ignore: decorator
@inline
function decayed(p: v128, g: usize, count: i32, weightDecay: f32): v128 {
  const gradient = loadUpTo(g, count);
  return weightDecay == 0 ? gradient : multiplyAdd(all(weightDecay), p, gradient);
}

/** Size of the gradient where its square counts: no less than `SMALLEST_SQUARED` of `flush.ts`, so that means of squares stay normal. */
// @ts-ignore: decorator
@inline
function squarable(gradient: v128): v128 {
  return f32x4.pmax(f32x4.abs(gradient), number(SMALLEST_SQUARED));
}

/** Whether updates may leave parameters smaller than the bound of `flush.ts`: decay does, and so do the smallest steps from 0. */
// @ts-ignore: decorator
@inline
function shrinksParameters(decay: f64, rate: f64): bool {
  return decay != 0 || rate < 1e-6;
}

export function sgd(
  p: usize, g: usize, velocity: usize, n: i32, first: bool, rate: f32, weightDecay: f32, momentum: f32, nesterov: bool,
): f64 {
  const shrinks = shrinksParameters(weightDecay, rate);
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  let left = n;
  for (; left >= 8; left -= 8) {
    even = addSquares(even, sgd4(p, g, velocity, 4, first, rate, weightDecay, momentum, nesterov, shrinks));
    odd = addSquares(odd, sgd4(p + 16, g + 16, next(velocity), 4, first, rate, weightDecay, momentum, nesterov, shrinks));
    p += 32;
    g += 32;
    velocity = next(next(velocity));
  }
  for (; left > 0; left -= 4) {
    even = addSquares(even, sgd4(p, g, velocity, left, first, rate, weightDecay, momentum, nesterov, shrinks));
    p += 16;
    g += 16;
    velocity = next(velocity);
  }
  return sqrt(sumOfDoubles(f64x2.add(even, odd)));
}

/** Updates up to four parameters; returns their change. */
// @ts-ignore: decorator
@inline
function sgd4(
  p: usize, g: usize, velocity: usize, count: i32, first: bool, rate: f32, weightDecay: f32, momentum: f32, nesterov: bool, shrinks: bool,
): v128 {
  const old = loadUpTo(p, count);
  const gradient = decayed(old, g, count, weightDecay);
  let direction = gradient;
  if (velocity != 0) {
    if (!first) direction = multiplyAdd(all(momentum), loadUpTo(velocity, count), gradient);
    direction = flushed(direction);
    storeUpTo(velocity, direction, count);
    if (nesterov) direction = multiplyAdd(all(momentum), direction, gradient);
  }
  return updateBy(p, old, f32x4.mul(all(rate), direction), count, shrinks);
}

export function rmsprop(
  p: usize, g: usize, square: usize, velocity: usize, n: i32, rate: f32, weightDecay: f32, alpha: f64, epsilon: f32,
  momentum: f32,
): f64 {
  const keep = all(<f32>alpha), take = all(<f32>(1 - alpha));
  const shrinks = shrinksParameters(weightDecay, rate);
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  let left = n;
  for (; left >= 8; left -= 8) {
    even = addSquares(even, rmsprop4(p, g, square, velocity, 4, rate, weightDecay, keep, take, epsilon, momentum, shrinks));
    odd = addSquares(
      odd, rmsprop4(p + 16, g + 16, square + 16, next(velocity), 4, rate, weightDecay, keep, take, epsilon, momentum, shrinks),
    );
    p += 32;
    g += 32;
    square += 32;
    velocity = next(next(velocity));
  }
  for (; left > 0; left -= 4) {
    even = addSquares(even, rmsprop4(p, g, square, velocity, left, rate, weightDecay, keep, take, epsilon, momentum, shrinks));
    p += 16;
    g += 16;
    square += 16;
    velocity = next(velocity);
  }
  return sqrt(sumOfDoubles(f64x2.add(even, odd)));
}

/** Updates up to four parameters; returns their change. */
// @ts-ignore: decorator
@inline
function rmsprop4(
  p: usize, g: usize, square: usize, velocity: usize, count: i32, rate: f32, weightDecay: f32, keep: v128, take: v128,
  epsilon: f32, momentum: f32, shrinks: bool,
): v128 {
  const old = loadUpTo(p, count);
  const gradient = decayed(old, g, count, weightDecay);
  const size = squarable(gradient);
  const v = multiplyAdd(keep, loadUpTo(square, count), f32x4.mul(f32x4.mul(take, size), size));
  storeUpTo(square, v, count);
  let direction = quotient(gradient, f32x4.add(f32x4.sqrt(v), all(epsilon)), count);
  if (velocity != 0) {
    direction = flushed(multiplyAdd(all(momentum), loadUpTo(velocity, count), direction));
    storeUpTo(velocity, direction, count);
  }
  return updateBy(p, old, f32x4.mul(all(rate), direction), count, shrinks);
}

export function adagrad(p: usize, g: usize, sum: usize, n: i32, rate: f32, weightDecay: f32, epsilon: f32): f64 {
  const shrinks = shrinksParameters(weightDecay, rate);
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  let left = n;
  for (; left >= 8; left -= 8) {
    even = addSquares(even, adagrad4(p, g, sum, 4, rate, weightDecay, epsilon, shrinks));
    odd = addSquares(odd, adagrad4(p + 16, g + 16, sum + 16, 4, rate, weightDecay, epsilon, shrinks));
    p += 32;
    g += 32;
    sum += 32;
  }
  for (; left > 0; left -= 4) {
    even = addSquares(even, adagrad4(p, g, sum, left, rate, weightDecay, epsilon, shrinks));
    p += 16;
    g += 16;
    sum += 16;
  }
  return sqrt(sumOfDoubles(f64x2.add(even, odd)));
}

/** Updates up to four parameters; returns their change. */
// @ts-ignore: decorator
@inline
function adagrad4(
  p: usize, g: usize, sum: usize, count: i32, rate: f32, weightDecay: f32, epsilon: f32, shrinks: bool,
): v128 {
  const old = loadUpTo(p, count);
  const gradient = decayed(old, g, count, weightDecay);
  const size = squarable(gradient);
  const s = multiplyAdd(size, size, loadUpTo(sum, count));
  storeUpTo(sum, s, count);
  const direction = quotient(gradient, f32x4.add(f32x4.sqrt(s), all(epsilon)), count);
  return updateBy(p, old, f32x4.mul(all(rate), direction), count, shrinks);
}

export function adam(
  p: usize, g: usize, mean: usize, square: usize, n: i32, step: i32, rate: f64, weightDecay: f64, beta1: f64, beta2: f64,
  epsilon: f32,
  decoupled: bool,
): f64 {
  const keepMean = <f32>beta1, takeMean = <f32>(1 - beta1);
  const keepSquare = <f32>beta2, takeSquare = <f32>(1 - beta2);
  const stepRate = <f32>(rate / (1 - power(beta1, step)));
  const correction = <f32>(1 / sqrt(1 - power(beta2, step)));
  const shrink = <f32>(decoupled ? 1 - rate * weightDecay : 1);
  const decay: f32 = decoupled ? 0 : <f32>weightDecay;
  const shrinks = shrinksParameters(weightDecay, rate);
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  let left = n;
  for (; left >= 8; left -= 8) {
    even = addSquares(even, adam4(
      p, g, mean, square, 4, decay, keepMean, takeMean, keepSquare, takeSquare, stepRate, correction, shrink, epsilon, shrinks,
    ));
    odd = addSquares(odd, adam4(
      p + 16, g + 16, mean + 16, square + 16, 4, decay, keepMean, takeMean, keepSquare, takeSquare, stepRate, correction, shrink,
      epsilon, shrinks,
    ));
    p += 32;
    g += 32;
    mean += 32;
    square += 32;
  }
  for (; left > 0; left -= 4) {
    even = addSquares(even, adam4(
      p, g, mean, square, left, decay, keepMean, takeMean, keepSquare, takeSquare, stepRate, correction, shrink, epsilon, shrinks,
    ));
    p += 16;
    g += 16;
    mean += 16;
    square += 16;
  }
  return sqrt(sumOfDoubles(f64x2.add(even, odd)));
}

/** Updates up to four parameters; returns their change. */
// @ts-ignore: decorator
@inline
function adam4(
  p: usize, g: usize, mean: usize, square: usize, count: i32, decay: f32, keepMean: f32, takeMean: f32, keepSquare: f32,
  takeSquare: f32, stepRate: f32, correction: f32, shrink: f32, epsilon: f32,
  shrinks: bool,
): v128 {
  const old = loadUpTo(p, count);
  const gradient = decayed(old, g, count, decay);
  const m = flushed(multiplyAdd(all(keepMean), loadUpTo(mean, count), f32x4.mul(all(takeMean), gradient)));
  const size = squarable(gradient);
  const v = multiplyAdd(all(keepSquare), loadUpTo(square, count), f32x4.mul(f32x4.mul(all(takeSquare), size), size));
  storeUpTo(mean, m, count);
  storeUpTo(square, v, count);
  const scale = multiplyAdd(f32x4.sqrt(v), all(correction), all(epsilon));
  let updated = f32x4.sub(f32x4.mul(old, all(shrink)), quotient(f32x4.mul(all(stepRate), m), scale, count));
  if (shrinks) updated = flushed(updated);
  storeUpTo(p, updated, count);
  return f32x4.sub(updated, old);
}

/** p = old - step; returns the change really made. */
// @ts-ignore: decorator
@inline
function updateBy(p: usize, old: v128, step: v128, count: i32, shrinks: bool): v128 {
  let updated = f32x4.sub(old, step);
  if (shrinks) updated = flushed(updated);
  storeUpTo(p, updated, count);
  return f32x4.sub(updated, old);
}

/** The next four elements; of no address, none. */
// @ts-ignore: decorator
@inline
function next(velocity: usize): usize {
  return velocity != 0 ? velocity + 16 : 0;
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
    storeUpTo(g, flushed(f32x4.add(loadUpTo(g, left), multiplyAdd(two, value, sign))), left);
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
