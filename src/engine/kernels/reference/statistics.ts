import { OUTPUT_STATISTICS, type StatisticKernels } from '../statistic-kernels';
import type { Numbers } from './matrix';

function normOf(x: Numbers, start: number, length: number): number {
  let squares = 0;
  for (let i = start; i < start + length; i++) squares += x[i]! * x[i]!;
  // Squares of doubles may leave the range though their root would not: only then is it worth a second pass.
  if (squares > 1e-280 && squares < Infinity) return Math.sqrt(squares);
  let largest = 0;
  for (let i = start; i < start + length; i++) largest = Math.max(largest, Math.abs(x[i]!));
  if (!(largest > 0 && largest < Infinity)) return largest;
  squares = 0;
  for (let i = start; i < start + length; i++) squares += (x[i]! / largest) ** 2;
  return largest * Math.sqrt(squares);
}

/** The definition of `StatisticKernels`. */
export const statisticKernels: StatisticKernels = {
  norm: ({ data: x }) => normOf(x, 0, x.length),
  rowNorms({ data: x }, { data: result }, rows, columns) {
    for (let r = 0; r < rows; r++) result[r] = normOf(x, r * columns, columns);
  },
  outputStatistics({ data: x }, { data: result }, outer, units, inner, low, high) {
    const n = x.length;
    const shift = x[0]!;
    let [sum, squares, largest, zeros, saturated, dead] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const value = x[i]!;
      sum += value - shift;
      squares += (value - shift) ** 2;
      largest = Math.max(largest, Math.abs(value));
      if (value === 0) zeros++;
      if (value < low || value > high) saturated++;
    }
    for (let u = 0; u < units; u++) {
      let alive = false;
      for (let o = 0; o < outer && !alive; o++) {
        for (let i = 0; i < inner; i++) alive ||= x[(o * units + u) * inner + i] !== 0;
      }
      if (!alive) dead++;
    }
    const meanDifference = sum / n;
    result[OUTPUT_STATISTICS.mean] = shift + meanDifference;
    result[OUTPUT_STATISTICS.std] = Math.sqrt(Math.max(0, squares / n - meanDifference * meanDifference));
    result[OUTPUT_STATISTICS.largest] = largest;
    result[OUTPUT_STATISTICS.zeroShare] = zeros / n;
    result[OUTPUT_STATISTICS.saturatedShare] = saturated / n;
    result[OUTPUT_STATISTICS.deadShare] = dead / units;
  },
};
