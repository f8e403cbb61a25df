// Attention, one head of one sequence after another, so that its scores stay in the cache from product to softmax to product.
// Formulas: `attention-kernels.ts`. With `causal` nothing beyond the diagonal is computed but for the rest of the tiles on it.
import { fill, scaleTo } from './elementwise';
import { packedTimesPanels } from './matmul';
import { packColumns, packPanels, packRows, packTurnedPanels } from './pack';
import { BLOCK_COLUMNS, DEPTH, LEFT_PANELS, RIGHT_PANELS } from './scratch';
import { softmaxBackwardRow, softmaxRow } from './softmax';

export function attend(
  query: usize, key: usize, value: usize, weights: usize, y: usize, batch: i32, heads: i32, time: i32, places: i32, size: i32,
  scale: f32, causal: bool,
): void {
  const row = (<usize>(heads * size)) << 2, weightsRow = (<usize>places) << 2;
  for (let b: usize = 0; b < <usize>batch; b++) {
    for (let h: usize = 0; h < <usize>heads; h++) {
      const head = (h * <usize>size) << 2;
      const atQuery = b * <usize>time * row + head, atKey = b * <usize>places * row + head;
      timesTurned(query + atQuery, key + atKey, row, weights, time, places, size, scale, causal);
      for (let t = 0; t < time; t++) {
        const at = weights + <usize>t * weightsRow;
        const seen = causal ? t + 1 : places;
        softmaxRow(at, at, seen);
        fill(at + ((<usize>seen) << 2), places - seen, 0);
      }
      times(weights, value + atKey, row, y + atQuery, time, places, size, causal);
      weights += <usize>time * weightsRow;
    }
  }
}

export function attendBackward(
  query: usize, key: usize, value: usize, weights: usize, dy: usize, dQuery: usize, dKey: usize, dValue: usize, scratch: usize,
  batch: i32, heads: i32, time: i32, places: i32, size: i32, scale: f32, causal: bool,
): void {
  const row = (<usize>(heads * size)) << 2, weightsRow = (<usize>places) << 2;
  for (let b: usize = 0; b < <usize>batch; b++) {
    for (let h: usize = 0; h < <usize>heads; h++) {
      const head = (h * <usize>size) << 2;
      const atQuery = b * <usize>time * row + head, atKey = b * <usize>places * row + head;
      turnedTimes(weights, dy + atQuery, row, dValue + atKey, time, places, size, causal);
      timesTurned(dy + atQuery, value + atKey, row, scratch, time, places, size, 1, causal);
      for (let t = 0; t < time; t++) {
        const at = <usize>t * weightsRow;
        const seen = causal ? t + 1 : places;
        softmaxBackwardRow(weights + at, scratch + at, scratch + at, seen, scale);
        // as far as a product takes the row: to the end of its group of four
        for (let s = seen; s < min(places, (t | 3) + 1); s++) store<f32>(scratch + at + ((<usize>s) << 2), 0);
      }
      times(scratch, key + atKey, row, dQuery + atQuery, time, places, size, causal);
      turnedTimes(scratch, query + atQuery, row, dKey + atKey, time, places, size, causal);
      weights += <usize>time * weightsRow;
    }
  }
}

/** c[time, places] = scale a[time, size] b[places, size]ᵀ, rows of a and b `row` bytes apart. */
function timesTurned(
  a: usize, b: usize, row: usize, c: usize, time: i32, places: i32, size: i32, scale: f32, causal: bool,
): void {
  const cRow = (<usize>places) << 2;
  for (let p = 0; p < size; p += DEPTH) {
    const depth = min(DEPTH, size - p);
    const offset = (<usize>p) << 2;
    for (let j = 0; j < places; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, places - j);
      packTurnedPanels(b + <usize>j * row + offset, row, depth, columns, RIGHT_PANELS);
      for (let i = causal ? j : 0; i < time; i += 4) {
        packRows(a + <usize>i * row + offset, row, depth, min(4, time - i), LEFT_PANELS);
        if (scale != 1) scaleTo(LEFT_PANELS, LEFT_PANELS, 4 * depth, scale);
        // whole panels of sixteen
        const wanted = causal ? min(columns, (i + 4 - j + 15) & ~15) : columns;
        const to = c + <usize>i * cRow + ((<usize>j) << 2);
        packedTimesPanels(RIGHT_PANELS, depth, 0, depth, to, cRow, min(4, time - i), wanted, p > 0);
      }
    }
  }
}

/** c[time, size] = a[time, places] b[places, size], rows of b and c `row` bytes apart. Causal: a is 0 beyond the diagonal. */
function times(a: usize, b: usize, row: usize, c: usize, time: i32, places: i32, size: i32, causal: bool): void {
  const aRow = (<usize>places) << 2;
  for (let p = 0; p < places; p += DEPTH) {
    const depth = min(DEPTH, places - p);
    for (let j = 0; j < size; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, size - j);
      const offset = (<usize>j) << 2;
      packPanels(b + <usize>p * row + offset, row, depth, columns, RIGHT_PANELS);
      for (let i = causal ? p : 0; i < time; i += 4) {
        const part = causal ? min(depth, i + 4 - p) : depth;
        packRows(a + <usize>i * aRow + ((<usize>p) << 2), aRow, part, min(4, time - i), LEFT_PANELS);
        packedTimesPanels(RIGHT_PANELS, depth, 0, part, c + <usize>i * row + offset, row, min(4, time - i), columns, p > 0);
      }
    }
  }
}

/** c[places, size] = a[time, places]ᵀ b[time, size], rows of b and c `row` bytes apart. Causal: a is 0 beyond the diagonal. */
function turnedTimes(a: usize, b: usize, row: usize, c: usize, time: i32, places: i32, size: i32, causal: bool): void {
  const aRow = (<usize>places) << 2;
  for (let p = 0; p < time; p += DEPTH) {
    const depth = min(DEPTH, time - p);
    const end = causal ? p + depth : places;
    for (let j = 0; j < size; j += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, size - j);
      const offset = (<usize>j) << 2;
      packPanels(b + <usize>p * row + offset, row, depth, columns, RIGHT_PANELS);
      for (let i = 0; i < end; i += 4) {
        // steps that do not see these places yet
        const skipped = causal ? max(0, i - p) : 0;
        const part = depth - skipped;
        packColumns(a + <usize>(p + skipped) * aRow + ((<usize>i) << 2), aRow, part, min(4, places - i), LEFT_PANELS);
        const to = c + <usize>i * row + offset;
        const adds = p > 0 && (!causal || i < p);
        packedTimesPanels(RIGHT_PANELS, depth, skipped, part, to, row, min(4, places - i), columns, adds);
      }
    }
  }
}
