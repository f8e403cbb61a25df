/** The record of a run, as diagnosis, fixes, the panel and the command line read it. */
import type { RunLayout, RunOutcome, StepRecord } from './step-record';

export interface RunHistory {
  readonly layout: RunLayout;
  /**
   * Records in order of their step. Long runs are thinned to a bounded number, but the first, the last, every record
   * that is not finite and every peak of a recorded norm stay.
   */
  readonly records: readonly StepRecord[];
  /** `undefined` while the run goes on. */
  readonly outcome: RunOutcome | undefined;
}
