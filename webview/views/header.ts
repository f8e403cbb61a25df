/** The top of the page: which model, what it learns, how far the run is, and the buttons to train and to stop. */
import type { PanelStatus, RunState } from '../../src/protocol/panel-messages';
import { createButton, createProgressRing } from '../controls/controls';
import { hasSteps } from '../state/charted-run';
import type { PageState } from '../state/reducer';
import { element, setAttributes, setText, show } from './dom';
import { icon, type IconName } from './icons';
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
  done: { text: 'Done', icon: 'healthy' },
  cancelled: { text: 'Stopped', icon: 'stopped' },
  failed: { text: 'Failed', icon: 'error' },
};

const ENDED_EARLY: StateWords = { text: 'Ended early', icon: 'warning' };

/** Whether the run ended by itself before its last step, for the reason that the message gives. */
function endedEarly({ state, message }: PanelStatus): boolean {
  return state === 'done' && message !== '';
}

export function createHeader(actions: Actions): View {
  const title = element('h1');
  const file = element('span', { class: 'file' });
  const task = element('span', { class: 'about-part' });
  const run = element('span', { class: 'about-part' });
  const train = createButton('Train', 'primary', () => actions.send({ type: 'train' }));
  const stop = createButton('Stop', 'secondary', () => actions.send({ type: 'cancel' }));
  const sign = element('span', { class: 'state-sign' });
  const ring = createProgressRing('Waiting');
  const state = element('span', { class: 'state-name' });
  const progress = element('progress', { 'aria-label': 'Training progress' });
  const numbers = element('span', { class: 'state-numbers' });
  let shown: StateWords | undefined;

  return {
    root: element(
      'header',
      {},
      element('div', { class: 'title-row' }, title, element('div', { class: 'buttons' }, train.root, stop.root)),
      element('p', { class: 'about' }, file, ' ', run, ' ', task),
      element('div', { class: 'status-row' }, sign, state, ' ', progress, ' ', numbers),
    ),
    update: ({ state: page }) => {
      const { status } = page;
      setText(title, page.modelName);
      setText(file, page.fileName);
      setText(run, page.current?.label ?? '');
      setText(task, page.current === undefined ? '' : describeTask(page.current));
      const words = endedEarly(status) ? ENDED_EARLY : STATES[status.state];
      if (shown !== words) {
        shown = words;
        const waiting = status.state === 'starting' || status.state === 'stopping';
        sign.replaceChildren(waiting ? ring : icon(words.icon));
        setAttributes(sign, { class: `state-sign tone-${status.state}` });
      }
      setText(state, words.text);
      setText(numbers, describeProgress(page));
      show(progress, status.state === 'running' || status.state === 'stopping');
      progress.max = Math.max(1, status.steps);
      progress.value = status.step;
      show(train.root, hasSteps(page) && !isBusy(status.state));
      show(stop.root, isBusy(status.state));
      train.update({ text: 'Train again', appearance: offersCure(page) ? 'secondary' : 'primary' });
      stop.update({ text: 'Stop', disabled: status.state === 'stopping' });
    },
  };
}

function offersCure({ findings, stale }: PageState): boolean {
  return !stale && findings.some(({ fixes }) => fixes.length > 0);
}
