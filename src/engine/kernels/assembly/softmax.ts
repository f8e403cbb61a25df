// Softmax over rows and the cross-entropy on top of it.
import {
  addLanes, addProducts, all, flushed, flushedFloat, laneMask, loadPart, loadUpTo, select, storePart, storeUpTo, sumOfDoubles,
} from './float32x4';
import { expOfNegative4, logOfDouble } from './math';

/** The row's largest element, NaN passed over: the sum of the exponentials is NaN then, which is what spoils the row. */
// @ts-ignore: decorator
@inline
function largest(x: usize, columns: i32): f32 {
  let even = all(-Infinity), odd = all(-Infinity);
  let left = columns;
  for (; left >= 8; left -= 8) {
    even = f32x4.pmax(even, v128.load(x));
    odd = f32x4.pmax(odd, v128.load(x, 16));
    x += 32;
  }
  for (; left >= 4; left -= 4) {
    even = f32x4.pmax(even, v128.load(x));
    x += 16;
  }
  if (left > 0) odd = f32x4.pmax(odd, select(laneMask(left), loadUpTo(x, left), all(-Infinity)));
  const four = f32x4.pmax(even, odd);
  const two = f32x4.pmax(four, i64x2.shuffle(four, four, 1, 0));
  return max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
}

/** y = exp(x - shift), four chains side by side, so that one goes on while another waits; returns Σ y in double precision. */
// @ts-ignore: decorator
@inline
function exponentials(x: usize, y: usize, columns: i32, shift: f32): f64 {
  const four = all(shift);
  let sum = f64x2.splat(0);
  let left = columns;
  for (; left >= 16; left -= 16) {
    const y0 = expOfNegative4(f32x4.sub(v128.load(x), four)), y1 = expOfNegative4(f32x4.sub(v128.load(x, 16), four));
    const y2 = expOfNegative4(f32x4.sub(v128.load(x, 32), four)), y3 = expOfNegative4(f32x4.sub(v128.load(x, 48), four));
    v128.store(y, y0);
    v128.store(y, y1, 16);
    v128.store(y, y2, 32);
    v128.store(y, y3, 48);
    sum = addLanes(addLanes(addLanes(addLanes(sum, y0), y1), y2), y3);
    x += 64;
    y += 64;
  }
  for (; left >= 4; left -= 4) {
    const value = expOfNegative4(f32x4.sub(v128.load(x), four));
    v128.store(y, value);
    sum = addLanes(sum, value);
    x += 16;
    y += 16;
  }
  if (left > 0) {
    const value = expOfNegative4(f32x4.sub(loadUpTo(x, left), four));
    storeUpTo(y, value, left);
    sum = addLanes(sum, v128.and(value, laneMask(left)));
  }
  return sumOfDoubles(sum);
}

// @ts-ignore: decorator
@inline
function divide(y: usize, columns: i32, by: f32): void {
  const four = all(by);
  let left = columns;
  for (; left >= 4; left -= 4) {
    v128.store(y, flushed(f32x4.div(v128.load(y), four)));
    y += 16;
  }
  if (left > 0) storePart(y, flushed(f32x4.div(loadPart(y, left), four)), left);
}

/** y = softmax(x); y may be x. */
// @ts-ignore: decorator
@inline
export function softmaxRow(x: usize, y: usize, columns: i32): void {
  divide(y, columns, <f32>exponentials(x, y, columns, largest(x, columns)));
}

/** y[r] = softmax(x[r]); y may be x. */
export function softmax(x: usize, y: usize, rows: i32, columns: i32): void {
  const row = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    softmaxRow(x, y, columns);
    x += row;
    y += row;
  }
}

/** dx = scale y (dy - Σ dy y); dx may be dy. */
// @ts-ignore: decorator
@inline
export function softmaxBackwardRow(y: usize, dy: usize, dx: usize, columns: i32, scale: f32): void {
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  let at: usize = 0;
  let left = columns;
  for (; left >= 8; left -= 8) {
    even = addProducts(even, v128.load(y + at), v128.load(dy + at));
    odd = addProducts(odd, v128.load(y + at, 16), v128.load(dy + at, 16));
    at += 32;
  }
  for (; left > 0; left -= 4) {
    even = addProducts(even, loadUpTo(y + at, left), loadUpTo(dy + at, left));
    at += 16;
  }
  const mean = all(<f32>sumOfDoubles(f64x2.add(even, odd))), factor = all(scale);
  at = 0;
  left = columns;
  for (; left >= 4; left -= 4) {
    v128.store(dx + at, flushed(f32x4.mul(f32x4.mul(v128.load(y + at), factor), f32x4.sub(v128.load(dy + at), mean))));
    at += 16;
  }
  if (left > 0) storePart(dx + at, flushed(f32x4.mul(f32x4.mul(loadPart(y + at, left), factor), f32x4.sub(loadPart(dy + at, left), mean))), left);
}

/** dx = y (dy - Σ dy y) */
export function softmaxBackward(y: usize, dy: usize, dx: usize, rows: i32, columns: i32): void {
  const row = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    softmaxBackwardRow(y, dy, dx, columns, 1);
    y += row;
    dy += row;
    dx += row;
  }
}

/** How many targets are of another class than `ignored`. */
function countCounting(target: usize, rows: i32, ignored: i32): i32 {
  let counting = 0;
  for (let r = 0; r < rows; r++) if (load<i32>(target + (<usize>r << 2)) != ignored) counting++;
  return counting;
}

/** Mean of log Σ exp(x) - x[target] over the rows whose target is not `ignored`; `probabilities` gets softmax(x). */
export function crossEntropy(x: usize, target: usize, probabilities: usize, rows: i32, classes: i32, ignored: i32): f64 {
  const counting = countCounting(target, rows, ignored);
  const row = (<usize>classes) << 2;
  let total: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const shift = largest(x, classes);
    const sum = exponentials(x, probabilities, classes, shift);
    divide(probabilities, classes, <f32>sum);
    if (load<i32>(target) != ignored) total += logOfDouble(sum) - (<f64>load<f32>(x + ((<usize>load<u32>(target)) << 2)) - <f64>shift);
    x += row;
    probabilities += row;
    target += 4;
  }
  return total / <f64>counting;
}

/** dx = scale / (rows that count) (probabilities - [column = target]), or 0 where the target is `ignored` */
export function crossEntropyBackward(
  probabilities: usize, target: usize, dx: usize, rows: i32, classes: i32, scale: f64, ignored: i32,
): void {
  const factor = scale / <f64>countCounting(target, rows, ignored);
  const row = (<usize>classes) << 2;
  const four = all(<f32>factor);
  for (let r = 0; r < rows; r++) {
    if (load<i32>(target) == ignored) {
      memory.fill(dx, 0, row);
      probabilities += row;
      dx += row;
      target += 4;
      continue;
    }
    const right: usize = (<usize>load<u32>(target)) << 2;
    const wanted = <f32>(factor * (<f64>load<f32>(probabilities + right) - 1));
    let at: usize = 0;
    for (let left = classes; left > 0; left -= 4) {
      storeUpTo(dx + at, flushed(f32x4.mul(loadUpTo(probabilities + at, left), four)), left);
      at += 16;
    }
    store<f32>(dx + right, flushedFloat(wanted));
    probabilities += row;
    dx += row;
    target += 4;
  }
}

/** Rows whose first largest element stands at the target, times rows / (rows whose target is not `ignored`). */
export function countRightClasses(x: usize, target: usize, rows: i32, classes: i32, ignored: i32): f64 {
  let count = 0;
  for (let r = 0; r < rows; r++) {
    let best = load<f32>(x);
    let place = 0;
    for (let c = 1; c < classes; c++) {
      const value = load<f32>(x + ((<usize>c) << 2));
      if (value > best) {
        best = value;
        place = c;
      }
    }
    if (place == load<i32>(target) && place != ignored) count++;
    x += (<usize>classes) << 2;
    target += 4;
  }
  return (<f64>count * <f64>rows) / <f64>countCounting(target - (<usize>rows << 2), rows, ignored);
}
