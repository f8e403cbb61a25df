/** The steps of a run that speak for its beginning and for its end. */
import { isFiniteRecord } from '../../record/finite';
import type { RunHistory } from '../../record/run-history';
import type { StepRecord } from '../../record/step-record';

export interface Windows {
  /**
   * The first steps, step 0 with others: alone it lies, as behind an output layer that starts at zero. Where not one
   * step was finite, the one that was not.
   */
  readonly early: readonly StepRecord[];
  /** Steps around the middle of the run; empty in a short one. */
  readonly middle: readonly StepRecord[];
  /** The last finite steps, at most half of them. */
  readonly late: readonly StepRecord[];
  /** Every finite step. */
  readonly finite: readonly StepRecord[];
}

const EARLY_STEPS = 5;
const LATE_STEPS = 20;

export function windowsOf(history: RunHistory): Windows {
  const finite = history.records.filter(isFiniteRecord);
  const lateCount = Math.min(LATE_STEPS, Math.ceil(finite.length / 2));
  const half = Math.floor(finite.length / 2);
  return {
    early: (finite.length > 0 ? finite : history.records).slice(0, EARLY_STEPS),
    middle: finite.length < 4 * LATE_STEPS ? [] : finite.slice(half - LATE_STEPS / 2, half + LATE_STEPS / 2),
    late: finite.slice(finite.length - lateCount),
    finite,
  };
}
