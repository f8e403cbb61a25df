/** Telling a step that went wrong numerically from the others. */
import type { StepRecord } from './step-record';

/**
 * False where the loss was NaN or infinite or the gradient infinite, or whoever measured found another such value. A
 * gradient of NaN alone was not measured.
 */
export function isFiniteRecord(record: StepRecord): boolean {
  return record.nonFinite === undefined && Number.isFinite(record.loss) && Math.abs(record.gradientNorm) !== Infinity;
}
