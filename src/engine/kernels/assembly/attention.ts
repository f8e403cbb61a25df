// Attention, one head of one sequence after another, so that its scores stay in the cache from product to softmax to product.
// Formulas: `attention-kernels.ts`. The scores stand turned, [places, 16 steps]: a softmax then works on four steps at once, one a
// lane, and its weights lie as the product with the values reads them. With `causal` nothing beyond the diagonal is computed but
// for the rest of the tiles on it.
import { floatsOfWeights, FROM_FOURTH, FROM_SECOND, FROM_THIRD, operand, storeRows, storeTurned, timesOperand } from './attention-blocks';
import { scaleTo } from './elementwise';
import { all, flushed, fromDoubles, highDoubles, lowDoubles, select } from './float32x4';
import { expOfNegative4 } from './math';
import { packRows, packTurnedPanels } from './pack';
import { Passing, tile, wideTiles } from './tile';

/** Steps whose scores are computed at once: a row of them, in bytes. */
const STEPS: i32 = 16;
const SCORES_ROW: usize = 64;

export function attend(
  query: usize, key: usize, value: usize, weights: usize, y: usize, scratch: usize, batch: i32, heads: i32, time: i32, places: i32,
  size: i32, scale: f32, causal: bool,
): void {
  const row = (<usize>(heads * size)) << 2, weightsOfHead = (<usize>floatsOfWeights(time, places, causal)) << 2;
  const held = (<usize>places + 3) & ~3;
  const keys = scratch;
  const panels = keys + ((held * <usize>size) << 2);
  const queries = panels + ((<usize>places * ((<usize>size + 7) & ~7)) << 2);
  const scores = queries + (<usize>size) * SCORES_ROW;
  const shares = scores + held * SCORES_ROW;
  for (let b: usize = 0; b < <usize>batch; b++) {
    for (let h: usize = 0; h < <usize>heads; h++) {
      const head = (h * <usize>size) << 2;
      const atQuery = b * <usize>time * row + head, atKey = b * <usize>places * row + head;
      packRows(key + atKey, row, size, places, keys);
      const values = operand(value + atKey, row, places, size, panels);
      for (let t = 0; t < time; t += STEPS) {
        const steps = min(STEPS, time - t);
        const from = atQuery + <usize>t * row;
        packTurnedPanels(query + from, row, size, steps, queries);
        if (scale != 1) scaleTo(queries, queries, size * ((steps + 7) & ~7), scale);
        turnedScores(keys, queries, scores, causal ? min(places, t + STEPS) : places, size, steps, causal ? t + 8 : places);
        for (let g = 0; g < steps; g += 4) {
          const seen = causal ? min(places, t + g + 4) : places;
          const rows = min(4, steps - g);
          softmaxOfFour(scores + ((<usize>g) << 2), shares, weights + ((<usize>(t + g)) << 4), time, seen, rows, causal);
          timesOperand(shares, values, places, 0, seen, y + from + <usize>g * row, row, rows, size);
        }
      }
      weights += weightsOfHead;
    }
  }
}

/** scores[seen, 16] = keys queriesᵀ of `steps` steps; from place `lateOnly` on those of the last eight steps only. */
function turnedScores(keys: usize, queries: usize, scores: usize, seen: i32, size: i32, steps: i32, lateOnly: i32): void {
  for (let s = 0; s < seen; s += 4) {
    if (steps == STEPS) {
      if (s < lateOnly) wideTiles<Passing>(keys, queries, 64, size, scores, SCORES_ROW, 4, false);
      else tile<Passing>(keys, queries + 32, 64, size, scores + 32, SCORES_ROW, false);
    } else {
      tile<Passing>(keys, queries, 32, size, scores, SCORES_ROW, false);
      if (steps > 8) tile<Passing>(keys, queries + ((<usize>size) << 5), 32, size, scores + 32, SCORES_ROW, false);
    }
    keys += (<usize>size) << 4;
    scores += 4 * SCORES_ROW;
  }
}

/**
 * shares[seen, 4] = softmax over the places seen of four steps' turned scores; the same goes to `weights`, where `rows` <= 4 steps begin
 * in the first four of places. With `causal` the last four places are those of the four steps.
 */
function softmaxOfFour(scores: usize, shares: usize, weights: usize, time: i32, seen: i32, rows: i32, causal: bool): void {
  const last = (seen - 1) & ~3;
  hideUnseen(scores + <usize>last * SCORES_ROW, seen - last, causal);
  const sum = exponentials(scores, shares, last + 4, largest(scores, last + 4));
  // to the same steps in the next four of places, which is four steps shorter where it is causal
  let next = (<usize>time) << 4;
  for (let s = 0; s < last; s += 4) {
    const x0 = flushed(f32x4.div(v128.load(shares), sum)), x1 = flushed(f32x4.div(v128.load(shares, 16), sum));
    const x2 = flushed(f32x4.div(v128.load(shares, 32), sum)), x3 = flushed(f32x4.div(v128.load(shares, 48), sum));
    storeRows(shares, 4, x0, x1, x2, x3);
    storeTurned(weights, rows, x0, x1, x2, x3);
    shares += 64;
    if (causal) next -= 64;
    weights += next;
  }
  const x0 = flushed(f32x4.div(v128.load(shares), sum));
  let x1 = flushed(f32x4.div(v128.load(shares, 16), sum)), x2 = flushed(f32x4.div(v128.load(shares, 32), sum));
  let x3 = flushed(f32x4.div(v128.load(shares, 48), sum));
  if (causal) {
    // where a step's sum is NaN, too
    x1 = v128.and(x1, FROM_SECOND);
    x2 = v128.and(x2, FROM_THIRD);
    x3 = v128.and(x3, FROM_FOURTH);
  } else {
    if (seen - last < 2) x1 = all(0);
    if (seen - last < 3) x2 = all(0);
    if (seen - last < 4) x3 = all(0);
  }
  storeRows(shares, 4, x0, x1, x2, x3);
  storeTurned(weights, rows, x0, x1, x2, x3);
}

/** Of the last four places, -∞ in place of the scores that do not count: beyond each step, or beyond the `seen` ones. */
function hideUnseen(scores: usize, seen: i32, causal: bool): void {
  const hidden = all(-Infinity);
  if (causal) {
    v128.store(scores, select(FROM_SECOND, v128.load(scores, 64), hidden), 64);
    v128.store(scores, select(FROM_THIRD, v128.load(scores, 128), hidden), 128);
    v128.store(scores, select(FROM_FOURTH, v128.load(scores, 192), hidden), 192);
  } else {
    for (let s = seen; s < 4; s++) v128.store(scores + <usize>s * SCORES_ROW, hidden);
  }
}

/** Each of four steps' largest score, NaN passed over: the sum of the exponentials is NaN then, which is what spoils the row. */
function largest(scores: usize, places: i32): v128 {
  let m0 = all(-Infinity), m1 = all(-Infinity), m2 = all(-Infinity), m3 = all(-Infinity);
  for (let s = 0; s < places; s += 4) {
    m0 = f32x4.pmax(m0, v128.load(scores));
    m1 = f32x4.pmax(m1, v128.load(scores, 64));
    m2 = f32x4.pmax(m2, v128.load(scores, 128));
    m3 = f32x4.pmax(m3, v128.load(scores, 192));
    scores += 4 * SCORES_ROW;
  }
  return f32x4.pmax(f32x4.pmax(m0, m1), f32x4.pmax(m2, m3));
}

/** y[places, 4] = exp(scores - shift), four places side by side, so that one goes on while another waits; returns Σ y over the places. */
function exponentials(scores: usize, y: usize, places: i32, shift: v128): v128 {
  let evenLow = f64x2.splat(0), evenHigh = f64x2.splat(0), oddLow = f64x2.splat(0), oddHigh = f64x2.splat(0);
  for (let s = 0; s < places; s += 4) {
    const y0 = expOfNegative4(f32x4.sub(v128.load(scores), shift)), y1 = expOfNegative4(f32x4.sub(v128.load(scores, 64), shift));
    const y2 = expOfNegative4(f32x4.sub(v128.load(scores, 128), shift)), y3 = expOfNegative4(f32x4.sub(v128.load(scores, 192), shift));
    v128.store(y, y0);
    v128.store(y, y1, 16);
    v128.store(y, y2, 32);
    v128.store(y, y3, 48);
    evenLow = f64x2.add(evenLow, f64x2.add(lowDoubles(y0), lowDoubles(y2)));
    evenHigh = f64x2.add(evenHigh, f64x2.add(highDoubles(y0), highDoubles(y2)));
    oddLow = f64x2.add(oddLow, f64x2.add(lowDoubles(y1), lowDoubles(y3)));
    oddHigh = f64x2.add(oddHigh, f64x2.add(highDoubles(y1), highDoubles(y3)));
    scores += 4 * SCORES_ROW;
    y += 64;
  }
  return fromDoubles(f64x2.add(evenLow, oddLow), f64x2.add(evenHigh, oddHigh));
}
