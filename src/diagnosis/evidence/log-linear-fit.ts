/** Exponential growth read off a series of norms. */

export interface LogLinearFit {
  /** Factor from one value to the next. */
  readonly factor: number;
  /** Factor over the whole series: `factor` to the power of its steps. */
  readonly total: number;
}

/**
 * Least-squares line through the logarithms of `values`, in their order. Values that are zero count as the smallest positive
 * number, infinite ones as the largest; NaN is left out. With fewer than two values nothing grows: factor and total are 1.
 */
export function fitLogLinear(values: ArrayLike<number>): LogLinearFit {
  let [count, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0];
  for (let x = 0; x < values.length; x++) {
    if (Number.isNaN(values[x])) continue;
    const y = Math.log(Math.min(Math.max(values[x], Number.MIN_VALUE), Number.MAX_VALUE));
    count += 1;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
  }
  const spread = count * sumXX - sumX * sumX;
  if (count < 2 || spread === 0) return { factor: 1, total: 1 };
  const slope = (count * sumXY - sumX * sumY) / spread;
  return { factor: Math.exp(slope), total: Math.exp(slope * (values.length - 1)) };
}
