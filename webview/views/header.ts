/** The top of the page: which model, what it learns, how far the run is, and the buttons to train and to stop. */
import type { PanelStatus, RunState } from '../../src/protocol/panel-messages';
import { createButton, createProgressRing } from '../controls/controls';
import { formatNumber, formatShare } from '../format-number';
import type { PageState } from '../state/reducer';
import { element, setAttributes, setText, show } from './dom';
import { icon, type IconName } from './icons';
import type { Actions, View } from './view';

const STATES: Readonly<Record<RunState, { readonly text: string; readonly icon: IconName }>> = {
  idle: { text: 'Not trained yet', icon: 'idle' },
  starting: { text: 'Starting', icon: 'running' },
  running: { text: 'Running', icon: 'running' },
  stopping: { text: 'Stopping', icon: 'stopped' },
  done: { text: 'Done', icon: 'healthy' },
  cancelled: { text: 'Stopped', icon: 'stopped' },
  failed: { text: 'Failed', icon: 'error' },
};

/** Whether a run is under way, in this state. */
export function isBusy(state: RunState): boolean {
  return state === 'starting' || state === 'running' || state === 'stopping';
}

export function createHeader(actions: Actions): View {
  const title = element('h1');
  const file = element('span', { class: 'file' });
  const task = element('span', { class: 'task' });
  const train = createButton('Train', 'primary', () => actions.send({ type: 'train' }));
  const stop = createButton('Stop', 'secondary', () => actions.send({ type: 'cancel' }));
  const sign = element('span', { class: 'state-sign' });
  const ring = createProgressRing('Waiting');
  const state = element('span', { class: 'state-name' });
  const progress = element('progress', { 'aria-label': 'Training progress' });
  const numbers = element('span', { class: 'state-numbers' });
  let shownState: RunState | undefined;

  return {
    root: element(
      'header', {},
      element('div', { class: 'title-row' }, title, element('div', { class: 'buttons' }, train.root, stop.root)),
      element('p', { class: 'about' }, file, task),
      element('div', { class: 'status-row' }, sign, state, progress, numbers),
    ),
    update: ({ state: page }) => {
      const { status } = page;
      setText(title, page.modelName);
      setText(file, page.fileName);
      setText(task, page.current === undefined ? '' : describeTask(page.current));
      if (shownState !== status.state) {
        shownState = status.state;
        const waiting = status.state === 'starting' || status.state === 'stopping';
        sign.replaceChildren(waiting ? ring : icon(page.status.message !== '' && status.state === 'done' ? 'warning' : STATES[status.state].icon));
        setAttributes(sign, { class: `state-sign tone-${status.state}` });
      }
      setText(state, STATES[status.state].text);
      setText(numbers, describeProgress(page));
      show(progress, status.state === 'running' || status.state === 'stopping');
      progress.max = Math.max(1, status.steps);
      progress.value = status.step;
      show(train.root, page.current !== undefined && !isBusy(status.state));
      show(stop.root, isBusy(status.state));
      train.update({ text: page.current === undefined ? 'Train' : 'Train again', appearance: offersCure(page) ? 'secondary' : 'primary' });
      stop.update({ text: 'Stop', disabled: status.state === 'stopping' });
    },
  };
}

/** What is learnt; says so when the file names no data. */
export function describeTask(run: { readonly task: string; readonly taskInferred: boolean }): string {
  return run.taskInferred ? `${run.task} (chosen to fit: the file names no data)` : run.task;
}

/** "step 120 of 300 · loss 0.412 · accuracy 93 %". */
export function describeProgress({ status, current }: Pick<PageState, 'status' | 'current'>): string {
  const parts = stepText(status);
  const last = status.state === 'starting' ? undefined : current?.records.at(-1);
  if (last !== undefined) {
    parts.push(`loss ${formatNumber(last.loss)}`);
    const validated = current?.records.findLast(({ validationLoss }) => validationLoss !== undefined);
    if (validated?.validationLoss !== undefined) parts.push(`validation loss ${formatNumber(validated.validationLoss)}`);
    const accuracy = validated?.validationAccuracy ?? last.accuracy;
    if (accuracy !== undefined) parts.push(`${validated?.validationAccuracy === undefined ? '' : 'validation '}accuracy ${formatShare(accuracy)}`);
  }
  return parts.join(' · ');
}

function stepText({ state, step, steps }: PanelStatus): string[] {
  if (state === 'idle' || state === 'starting' || steps === 0) return [];
  return [state === 'done' && step >= steps ? `${steps} steps` : `step ${step} of ${steps}`];
}

function offersCure({ findings, stale }: PageState): boolean {
  return !stale && findings.some(({ fixes }) => fixes.length > 0);
}
