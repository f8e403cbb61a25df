/**
 * Measurements of what passes by. All sums in double precision; NaN in the data makes every result but the shares NaN.
 */
import type { MeasureBuffer, NumberBuffer, Out } from './buffers';

/** Where `outputStatistics` puts what it finds. */
export const OUTPUT_STATISTICS = {
  mean: 0,
  std: 1,
  largest: 2,
  zeroShare: 3,
  saturatedShare: 4,
  deadShare: 5,
  count: 6,
} as const;

export interface StatisticKernels {
  /** Euclidean norm: squares are summed in double precision, which no float32 can leave. */
  norm(x: NumberBuffer): number;
  /** result[r] = norm of x[r, :]. */
  rowNorms(x: NumberBuffer, result: Out<MeasureBuffer>, rows: number, columns: number): void;
  /**
   * Of a layer's output x[outer, units, inner], in the places of `OUTPUT_STATISTICS`: mean; population standard
   * deviation (in two passes, or one over differences to x[0]); largest |x|; share of elements equal to 0; share of
   * elements < low or > high; share of units that are 0 for all of outer and inner. Usually inner is 1.
   */
  outputStatistics(
    x: NumberBuffer,
    result: Out<MeasureBuffer>,
    outer: number,
    units: number,
    inner: number,
    low: number,
    high: number,
  ): void;
}
