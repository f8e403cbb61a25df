/**
 * The top of the page: which model, what it learns, how far the run is or what it came to, and the buttons to train and
 * to stop.
 */
import type { PanelStatus, RunState } from '../../src/protocol/panel-messages';
import { createButton, createProgressRing } from '../controls/controls';
import { hasSteps } from '../state/charted-run';
import { primaryAction } from '../state/primary-action';
import type { PageState } from '../state/reducer';
import { element, setAttributes, setText, show } from './dom';
import { icon, type IconName } from './icons';
import { inlineCode } from './inline-code';
import { describeProgress, describeTask, isBusy } from './status-text';
import type { Actions, View } from './view';

interface StateWords {
  readonly text: string;
  readonly icon: IconName;
}

const STATES: Readonly<Record<RunState, StateWords>> = {
  idle: { text: 'Not trained yet', icon: 'idle' },
  starting: { text: 'Starting', icon: 'running' },
  running: { text: 'Running', icon: 'running' },
  stopping: { text: 'Stopping', icon: 'stopped' },
  done: { text: 'Done', icon: 'idle' },
  cancelled: { text: 'Stopped', icon: 'stopped' },
  interrupted: { text: 'Interrupted', icon: 'warning' },
  failed: { text: 'Failed', icon: 'error' },
};

const ENDED_EARLY: StateWords = { text: 'Ended early', icon: 'warning' };

/** The sign of a run that is over is that of what it came to: that it is done says nothing of how it went. */
function wordsOf({ status, verdict, findings }: PageState): StateWords {
  if (verdict === undefined || status.state !== 'done') return endedEarly(status) ? ENDED_EARLY : STATES[status.state];
  switch (verdict.verdict) {
    case 'trains':
      return { text: verdict.label, icon: verdict.unjudged.length === 0 ? 'healthy' : 'neutral' };
    case 'not-learning':
      return { text: verdict.label, icon: 'neutral' };
    case 'faulty':
      return { text: verdict.label, icon: findings.some(({ severity }) => severity === 'error') ? 'error' : 'warning' };
  }
}

/** Whether the run ended by itself before its last step, for the reason that the message gives. */
function endedEarly({ state, message }: PanelStatus): boolean {
  return state === 'done' && message !== '';
}

export function createHeader(actions: Actions): View {
  const title = element('h1');
  const file = element('span', { class: 'file' });
  const task = element('span', { class: 'about-part' });
  const label = element('span', { class: 'about-part' });
  const train = createButton('Train', 'primary', () => actions.send({ type: 'train' }));
  const stop = createButton('Stop', 'secondary', () => actions.send({ type: 'cancel' }));
  const sign = element('span', { class: 'state-sign' });
  const ring = createProgressRing('Waiting');
  const state = element('span', { class: 'state-name' });
  const progress = element('progress', { 'aria-label': 'Training progress' });
  const numbers = element('span', { class: 'state-numbers' });
  const outcome = element('p', { class: 'outcome' });
  const status = element(
    'div',
    { class: 'status' },
    element('div', { class: 'status-row' }, sign, state, ' ', progress, ' ', numbers),
    outcome,
  );
  let shown = '';

  return {
    root: element(
      'header',
      {},
      element('div', { class: 'title-row' }, title, element('div', { class: 'buttons' }, train.root, stop.root)),
      element('p', { class: 'about' }, file, ' ', label, ' ', task),
      status,
    ),
    update: ({ state: page }) => {
      const run = page.status;
      setText(title, page.modelName);
      setText(file, page.fileName);
      setText(label, page.current?.label ?? '');
      setText(task, page.current === undefined ? '' : describeTask(page.current));
      const words = wordsOf(page);
      const verdict = run.state === 'done' ? page.verdict : undefined;
      const key = JSON.stringify([run.state, words, verdict]);
      if (shown !== key) {
        shown = key;
        const waiting = run.state === 'starting' || run.state === 'stopping';
        sign.replaceChildren(waiting ? ring : icon(words.icon));
        setAttributes(status, { class: verdict === undefined ? 'status' : `status verdict-${words.icon}` });
        // The label is the state's name already.
        outcome.replaceChildren(
          ...inlineCode(verdict === undefined ? '' : sentenceAfter(verdict.label, verdict.summary)),
        );
        show(outcome, verdict !== undefined);
      }
      setText(state, words.text);
      setText(numbers, describeProgress(page));
      show(progress, run.state === 'running' || run.state === 'stopping');
      progress.max = Math.max(1, run.steps);
      progress.value = run.step;
      show(train.root, hasSteps(page) && !isBusy(run.state));
      show(stop.root, isBusy(run.state));
      train.update({ text: 'Train again', appearance: primaryAction(page).kind === 'train' ? 'primary' : 'secondary' });
      stop.update({ text: 'Stop', disabled: run.state === 'stopping' });
    },
  };
}

/** "Faulty (dead units): the loss ends at 1." after "Faulty": "Dead units: the loss ends at 1." */
function sentenceAfter(label: string, summary: string): string {
  const rest = summary.startsWith(label)
    ? summary
        .slice(label.length)
        .replace(/^: /, '')
        .replace(/^ \((.*?)\):/, '$1:')
    : summary;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
