/** Median, the summary of a layer's numbers over some steps: one odd batch does not move it. */

/** Median of the values that are not NaN; NaN when there are none. Infinities count. Does not change `values`. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(Array.from(values).filter(value => !Number.isNaN(value))).sort();
  if (sorted.length === 0) return Number.NaN;
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1 || sorted[middle - 1] === sorted[middle]) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}
