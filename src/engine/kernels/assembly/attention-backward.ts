// The gradients of attention, one head of one sequence after another. Formulas: `attention-kernels.ts`. Four steps at a time, the
// gradient by the scores is written as the products read it: turned, for the gradient by the queries, and as it is for that by the keys.
import {
  floatsOfWeights, FROM_FOURTH, FROM_SECOND, FROM_THIRD, operand, storeRows, storeTurned, timesOperand,
} from './attention-blocks';
import { addProducts, all, flushed, laneMask, sumOfDoubles } from './float32x4';
import { packRows, packTurnedPanels } from './pack';
import { Passing, tile, wideTiles } from './tile';

export function attendBackward(
  query: usize, key: usize, value: usize, weights: usize, dy: usize, dQuery: usize, dKey: usize, dValue: usize, scratch: usize,
  batch: i32, heads: i32, time: i32, places: i32, size: i32, scale: f32, causal: bool,
): void {
  const row = (<usize>(heads * size)) << 2, weightsOfHead = (<usize>floatsOfWeights(time, places, causal)) << 2;
  const steps = (<usize>time + 3) & ~3, held = (<usize>places + 3) & ~3;
  const width = (<usize>size + 7) & ~7, slopesRow = ((<usize>places + 7) & ~7) << 2;
  // operands: of dy rows in fours and panels, of the values turned panels, of queries and keys panels
  const dyRows = scratch;
  const dyPanels = dyRows + ((steps * <usize>size) << 2);
  const queryPanels = dyPanels + ((<usize>time * width) << 2);
  const keyPanels = queryPanels + ((<usize>time * width) << 2);
  const values = keyPanels + ((<usize>places * width) << 2);
  // of four steps the gradients by weights, [4, places], and by scores, turned: [places, 4]; of all those by scores as the weights lie
  const slopes = values + <usize>size * slopesRow;
  const turned = slopes + 4 * slopesRow;
  const scores = turned + (held << 4);
  for (let b: usize = 0; b < <usize>batch; b++) {
    for (let h: usize = 0; h < <usize>heads; h++) {
      const head = (h * <usize>size) << 2;
      const atQuery = b * <usize>time * row + head, atKey = b * <usize>places * row + head;
      packRows(dy + atQuery, row, size, time, dyRows);
      packTurnedPanels(value + atKey, row, size, places, values);
      const ys = operand(dy + atQuery, row, time, size, dyPanels);
      const queries = operand(query + atQuery, row, time, size, queryPanels);
      const keys = operand(key + atKey, row, places, size, keyPanels);
      for (let t = 0; t < time; t += 4) {
        const seen = causal ? min(places, t + 4) : places;
        const rows = min(4, time - t);
        const at = (<usize>t) << 4;
        weightGradients(dyRows + ((<usize>(t * size)) << 2), values, slopes, slopesRow, size, places, seen);
        scoreGradients(weights + at, slopes, slopesRow, turned, scores + at, time, seen, rows, scale, causal);
        timesOperand(turned, keys, places, 0, seen, dQuery + atQuery + <usize>t * row, row, rows, size);
      }
      let at: usize = 0;
      for (let s = 0; s < places; s += 4) {
        const skipped = causal ? s : 0, left = time - skipped;
        const to = atKey + <usize>s * row;
        timesOperand(weights + at, ys, time, skipped, left, dValue + to, row, min(4, places - s), size);
        timesOperand(scores + at, queries, time, skipped, left, dKey + to, row, min(4, places - s), size);
        at += (<usize>left) << 4;
      }
      weights += weightsOfHead;
    }
  }
}

/** slopes[4, seen] = dy valuesᵀ of four steps */
function weightGradients(dy: usize, values: usize, slopes: usize, slopesRow: usize, size: i32, places: i32, seen: i32): void {
  for (let s = 0; s < seen;) {
    const isWide = s + 16 <= places;
    if (isWide && seen - s > 8) wideTiles<Passing>(dy, values, 64, size, slopes, slopesRow, 4, false);
    else tile<Passing>(dy, values, isWide ? 64 : 32, size, slopes, slopesRow, false);
    const columns = isWide ? 16 : 8;
    values += (<usize>(columns * size)) << 2;
    slopes += (<usize>columns) << 2;
    s += columns;
  }
}

/**
 * Four steps' gradients by their scores, scale weights (slopes - Σ slopes weights) over the places seen: turned to `turned` [seen, 4],
 * and `rows` of them to `scores`, which lie as the weights do. In the place of missing steps the first is read.
 */
function scoreGradients(
  weights: usize, slopes: usize, slopesRow: usize, turned: usize, scores: usize, time: i32, seen: i32, rows: i32, scale: f32,
  causal: bool,
): void {
  const second: usize = rows > 1 ? 16 : 0, third: usize = rows > 2 ? 32 : 0, fourth: usize = rows > 3 ? 48 : 0;
  const slopes1 = slopes + slopesRow, slopes2 = slopes1 + slopesRow, slopes3 = slopes2 + slopesRow;
  const last = <usize>((seen - 1) & ~3) << 2;
  let sum0 = f64x2.splat(0), sum1 = f64x2.splat(0), sum2 = f64x2.splat(0), sum3 = f64x2.splat(0);
  // to the same steps in the next four of places, which is four steps shorter where it is causal
  let next = (<usize>time) << 4;
  let from = weights;
  for (let at: usize = 0; at < last; at += 16) {
    sum0 = addProducts(sum0, v128.load(from), v128.load(slopes + at));
    sum1 = addProducts(sum1, v128.load(from + second), v128.load(slopes1 + at));
    sum2 = addProducts(sum2, v128.load(from + third), v128.load(slopes2 + at));
    sum3 = addProducts(sum3, v128.load(from + fourth), v128.load(slopes3 + at));
    if (causal) next -= 64;
    from += next;
  }
  // of the last four places those that are there, and on the diagonal those up to each step's own
  const real = laneMask(seen - (<i32>(last >> 2)));
  const real0 = causal ? v128.not(FROM_SECOND) : real, real1 = causal ? v128.not(FROM_THIRD) : real;
  const real2 = causal ? v128.not(FROM_FOURTH) : real;
  const y0 = v128.load(from), y1 = v128.load(from + second), y2 = v128.load(from + third), y3 = v128.load(from + fourth);
  const g0 = v128.and(v128.load(slopes + last), real0), g1 = v128.and(v128.load(slopes1 + last), real1);
  const g2 = v128.and(v128.load(slopes2 + last), real2), g3 = v128.and(v128.load(slopes3 + last), real);
  const mean0 = all(<f32>sumOfDoubles(addProducts(sum0, y0, g0))), mean1 = all(<f32>sumOfDoubles(addProducts(sum1, y1, g1)));
  const mean2 = all(<f32>sumOfDoubles(addProducts(sum2, y2, g2))), mean3 = all(<f32>sumOfDoubles(addProducts(sum3, y3, g3)));
  const factor = all(scale);
  next = (<usize>time) << 4;
  from = weights;
  for (let at: usize = 0; at < last; at += 16) {
    const s0 = scoreGradient(v128.load(from), v128.load(slopes + at), mean0, factor);
    const s1 = scoreGradient(v128.load(from + second), v128.load(slopes1 + at), mean1, factor);
    const s2 = scoreGradient(v128.load(from + third), v128.load(slopes2 + at), mean2, factor);
    const s3 = scoreGradient(v128.load(from + fourth), v128.load(slopes3 + at), mean3, factor);
    storeRows(scores, rows, s0, s1, s2, s3);
    storeTurned(turned, 4, s0, s1, s2, s3);
    turned += 64;
    if (causal) next -= 64;
    from += next;
    scores += next;
  }
  // hidden once more, for where the mean is NaN
  const s0 = v128.and(scoreGradient(y0, g0, mean0, factor), real0), s1 = v128.and(scoreGradient(y1, g1, mean1, factor), real1);
  const s2 = v128.and(scoreGradient(y2, g2, mean2, factor), real2), s3 = v128.and(scoreGradient(y3, g3, mean3, factor), real);
  storeRows(scores, rows, s0, s1, s2, s3);
  storeTurned(turned, 4, s0, s1, s2, s3);
}

/** scale weight (slope - mean) */
// @ts-ignore: decorator
@inline
function scoreGradient(weight: v128, slope: v128, mean: v128, scale: v128): v128 {
  return flushed(f32x4.mul(f32x4.mul(weight, scale), f32x4.sub(slope, mean)));
}
