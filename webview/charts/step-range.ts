/** Which records a chart by step draws. */
import type { RunView, StepView } from '../state/run-view';
import { type StepWindow, windowRange } from '../state/view-state';
import type { AxisRange } from './axis';

/** Points that one chart draws at most, over all its curves: what keeps a drawing within a frame. */
const POINT_BUDGET = 12_000;

/** The steps to show, from the run's own records and the user's window. Of a run without records, its first step. */
export function stepRange(run: RunView | undefined, window: StepWindow): AxisRange {
  const first = run?.records[0]?.step ?? 0;
  const { from, to } = windowRange(window, first, run?.records.at(-1)?.step ?? first);
  return { min: from, max: to };
}

/** Records inside the range, and one on either side, so that lines run to the edges. */
export function recordsInside(records: readonly StepView[], range: AxisRange): readonly StepView[] {
  const first = records.findIndex(record => record.step >= range.min);
  if (first < 0) return records.slice(-1);
  const after = records.findIndex(record => record.step > range.max);
  return records.slice(Math.max(0, first - 1), after < 0 ? records.length : after + 1);
}

/** Buckets for `decimate`, so that `curves` curves stay within the budget of points. */
export function bucketsFor(curves: number): number {
  return Math.min(500, Math.max(30, Math.floor(POINT_BUDGET / 2 / Math.max(1, curves))));
}
