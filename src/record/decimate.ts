/** Fewer points for a chart, without sampling a spike away. */

/** Values of a bucket that are kept: its smallest and largest value (`extremes`), or its largest alone (`peaks`). */
export type Kept = 'extremes' | 'peaks';

/**
 * Indices to keep of points that `series` describe, ascending. The points are cut into `buckets` runs of equal length;
 * kept are the first and the last point, every point at which a series is infinite, the first and last of each run of
 * NaN, and of every bucket the points at which some series is largest (and, for `extremes`, smallest). Of equal values
 * the first is kept. A series measured at some points only is better decimated alone, over those.
 *
 * @param series arrays of one length, one value a point
 * @param buckets at least 1; with `n` series at most `2 n buckets` points besides the fixed ones are kept
 */
export function decimate(series: readonly ArrayLike<number>[], buckets: number, kept: Kept = 'extremes'): number[] {
  const length = series.length === 0 ? 0 : series[0].length;
  const keep = new Uint8Array(length);
  if (length > 0) keep[0] = keep[length - 1] = 1;
  const count = Math.max(1, Math.min(length, Math.floor(buckets)));
  for (const values of series) {
    keepNonFinite(values, keep);
    for (let bucket = 0; bucket < count; bucket++) {
      const start = Math.floor((bucket * length) / count);
      const end = Math.floor(((bucket + 1) * length) / count);
      keepExtremes(values, start, end, kept, keep);
    }
  }
  const indices: number[] = [];
  for (let index = 0; index < length; index++) if (keep[index] === 1) indices.push(index);
  return indices;
}

function keepExtremes(values: ArrayLike<number>, start: number, end: number, kept: Kept, keep: Uint8Array): void {
  let smallest = -1;
  let largest = -1;
  for (let index = start; index < end; index++) {
    const value = values[index];
    if (Number.isNaN(value)) continue;
    if (largest < 0 || value > values[largest]) largest = index;
    if (smallest < 0 || value < values[smallest]) smallest = index;
  }
  if (largest >= 0) keep[largest] = 1;
  if (smallest >= 0 && kept === 'extremes') keep[smallest] = 1;
}

/**
 * A run of NaN keeps its ends only: a series that is NaN throughout (not measured) must not force every point to stay.
 */
function keepNonFinite(values: ArrayLike<number>, keep: Uint8Array): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (Number.isNaN(value)) {
      if (!Number.isNaN(values[index - 1]) || !Number.isNaN(values[index + 1])) keep[index] = 1;
    } else if (!Number.isFinite(value)) {
      keep[index] = 1;
    }
  }
}
