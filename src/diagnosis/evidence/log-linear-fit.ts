/** Exponential growth read off a series of norms. */

export interface LogLinearFit {
  /** Factor from one value to the next. */
  readonly factor: number;
  /** Factor over the whole series: `factor` to the power of its steps. */
  readonly total: number;
}

/**
 * Least-squares line through the logarithms of the positive `values`, in their order. Zeros and NaN are left out: a
 * position that nothing reads, such as padding, has a gradient of exactly 0 and says nothing of growth. Infinite values
 * count as the largest number. One positive value that only zeros follow is all that is left: factor and total are 0.
 * Otherwise, with fewer than two positive values nothing grows: factor and total are 1.
 */
export function fitLogLinear(values: ArrayLike<number>): LogLinearFit {
  let [count, sumX, sumY, sumXX, sumXY, last] = [0, 0, 0, 0, 0, -1];
  for (let x = 0; x < values.length; x++) {
    if (!(values[x] > 0)) continue;
    const y = Math.log(Math.min(values[x], Number.MAX_VALUE));
    count += 1;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
    last = x;
  }
  if (count === 1 && last < values.length - 1 && values[values.length - 1] === 0) return { factor: 0, total: 0 };
  const spread = count * sumXX - sumX * sumX;
  if (count < 2 || spread === 0) return { factor: 1, total: 1 };
  const slope = (count * sumXY - sumX * sumY) / spread;
  return { factor: Math.exp(slope), total: Math.exp(slope * (values.length - 1)) };
}
