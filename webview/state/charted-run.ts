/** The run that the charts are of. */
import type { PageState } from './reducer';
import type { RunView } from './run-view';

const placeholders = new WeakMap<RunView, RunView>();

/**
 * The current run. While a new one is being prepared, or could not be started, there is only the previous run: then a
 * run with its layers and no steps yet, so that the earlier curves stay in sight, in gray, from the first moment.
 */
export function chartedRun({ current, previous }: Pick<PageState, 'current' | 'previous'>): RunView | undefined {
  if (current !== undefined || previous === undefined) return current;
  const known = placeholders.get(previous);
  if (known !== undefined) return known;
  const made: RunView = { ...previous, records: [], throughTime: [], clipNorm: undefined };
  placeholders.set(previous, made);
  return made;
}

/** Whether there is anything to chart. */
export function hasSteps({ current, previous }: Pick<PageState, 'current' | 'previous'>): boolean {
  return (current?.records.length ?? 0) > 0 || (previous?.records.length ?? 0) > 0;
}
