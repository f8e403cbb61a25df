/** Telling a step that went wrong numerically from the others. */
import type { StepRecord } from './step-record';

/** False where loss or gradient of the step was NaN or infinite, or the worker found another value that was. */
export function isFiniteRecord(record: StepRecord): boolean {
  return record.nonFinite === undefined && Number.isFinite(record.loss) && Number.isFinite(record.gradientNorm);
}
