import { OUTPUT_STATISTICS, type StatisticKernels } from '../statistic-kernels';
import type { Numbers } from './matrix';

function normOf(x: Numbers, start: number, length: number): number {
  let squares = 0;
  for (let i = start; i < start + length; i++) squares += x[i] * x[i];
  return Math.sqrt(squares);
}

/** The definition of `StatisticKernels`. */
export const statisticKernels: StatisticKernels = {
  norm: ({ data: x }) => normOf(x, 0, x.length),
  rowNorms({ data: x }, { data: result }, rows, columns) {
    for (let r = 0; r < rows; r++) result[r] = normOf(x, r * columns, columns);
  },
  outputStatistics({ data: x }, { data: result }, outer, units, inner, low, high) {
    const n = x.length;
    let [sum, squares, largest, zeros, saturated, dead] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) sum += x[i];
    const mean = sum / n;
    for (let i = 0; i < n; i++) {
      const value = x[i];
      squares += (value - mean) ** 2;
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
    result[OUTPUT_STATISTICS.mean] = mean;
    result[OUTPUT_STATISTICS.std] = Math.sqrt(squares / n);
    result[OUTPUT_STATISTICS.largest] = largest;
    result[OUTPUT_STATISTICS.zeroShare] = zeros / n;
    result[OUTPUT_STATISTICS.saturatedShare] = saturated / n;
    result[OUTPUT_STATISTICS.deadShare] = dead / units;
  },
};
