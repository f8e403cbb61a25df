/** The effect of a limit on the recorded norms of a run. */
import { isFiniteRecord } from '../../record/finite';
import type { RunHistory } from '../../record/run-history';
import type { StepRecord } from '../../record/step-record';

/** Finite steps with a gradient. */
export function stepsWithGradient({ records }: RunHistory): readonly StepRecord[] {
  return records.filter(record => isFiniteRecord(record) && record.gradientNorm > 0);
}

/** The value that `share` of the others do not exceed; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.floor(share * (sorted.length - 1))];
}
