/** The run's state in words: for the header, for an empty list of findings, and for a screen reader. */
import type { PanelStatus, RunState } from '../../src/protocol/panel-messages';
import { formatNumber, formatShare } from '../format-number';
import type { PageState } from '../state/reducer';

/** Whether a run is under way, in this state. */
export function isBusy(state: RunState): boolean {
  return state === 'starting' || state === 'running' || state === 'stopping';
}

/** Names the task; says so when the file names no data. */
export function describeTask(run: { readonly task: string; readonly taskInferred: boolean }): string {
  return run.taskInferred ? `${run.task} (chosen to fit: the file names no data)` : run.task;
}

/**
 * "Reading churn.csv: 40 %", then "120 of 300 steps · loss 0.412 · accuracy 93 %". The loss at the end is the
 * verdict's: the last batch's says less.
 */
export function describeProgress({
  status,
  current,
  verdict,
}: Pick<PageState, 'status' | 'current' | 'verdict'>): string {
  const parts = stepText(status);
  const last = status.state === 'starting' ? undefined : current?.records.at(-1);
  if (last !== undefined) {
    if (verdict === undefined || status.state !== 'done') parts.push(`loss ${formatNumber(last.loss)}`);
    const validated = current?.records.findLast(({ validationLoss }) => validationLoss !== undefined);
    if (validated?.validationLoss !== undefined)
      parts.push(`validation loss ${formatNumber(validated.validationLoss)}`);
    const accuracy = validated?.validationAccuracy ?? last.accuracy;
    if (accuracy !== undefined)
      parts.push(
        `${validated?.validationAccuracy === undefined ? '' : 'validation '}accuracy ${formatShare(accuracy)}`,
      );
  }
  return parts.join(' · ');
}

function stepText({ state, step, steps, message }: PanelStatus): string[] {
  if (state === 'starting' && message !== '') return [message];
  if (state === 'idle' || state === 'starting' || steps === 0) return [];
  return [state === 'done' && step >= steps ? `${steps} steps` : `${step} of ${steps} steps`];
}

/** Explains an empty list of findings. */
export function describeNoFindings({
  status,
  current,
  verdict,
}: Pick<PageState, 'status' | 'current' | 'verdict'>): string {
  if (isBusy(status.state)) return 'None so far: the run is not over.';
  if (verdict !== undefined && verdict.silenced > 0)
    return `None shown: ${verdict.silenced} ${verdict.silenced === 1 ? 'is' : 'are'} silenced by comments or settings.`;
  if (verdict?.verdict === 'not-learning') return 'None: no rule explains why the model does not learn.';
  if (status.state === 'done' && verdict !== undefined && verdict.unjudged.length > 0)
    return 'None from the rules that could be judged.';
  if (status.state === 'done' && current !== undefined) return 'None: no rule found a fault in this run.';
  return 'None: the run ended before the rules could tell.';
}

/**
 * Since when a finding can be seen. An update shows in the record of the step after it, so that "from step" alone would
 * contradict a message on that update.
 */
export function describeStart(step: number): string {
  return `shows from step ${step}`;
}

/** One sentence on where the run stands. */
export function announcement(state: PageState): string {
  const { status, findings } = state;
  const progress = describeProgress(state).replaceAll(' · ', ', ');
  switch (status.state) {
    case 'idle':
      return '';
    case 'starting':
      return 'Training starts.';
    case 'running':
      return `Training: ${progress}.`;
    case 'stopping':
      return 'Training is being stopped.';
    case 'done':
      return `Training is done: ${progress}. ${state.verdict?.summary ?? ''} ${counted(findings.length)}. ${status.message}`
        .replaceAll('`', '')
        .replaceAll('  ', ' ')
        .trim();
    case 'cancelled':
      return `Training was stopped: ${progress}.`;
    case 'interrupted':
      return status.message;
    case 'failed':
      return `Training failed. ${status.message}`;
  }
}

function counted(findings: number): string {
  return findings === 1 ? '1 finding' : `${findings} findings`;
}
