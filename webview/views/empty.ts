/** The page before there is a run. */
import { createButton, createProgressRing } from '../controls/controls';
import { hasSteps } from '../state/charted-run';
import { element, setText, show } from './dom';
import type { Actions, View } from './view';

const WAITING = 'Waiting for the editor…';
const UNANSWERED =
  'The extension does not answer. Close this panel, open the model file and run “Gradient Health: Train Model”.';
const IDLE =
  'No run yet. Train the model for a few seconds to see the gradient norm of every layer, which layer is ' +
  'at fault, and how to cure it. Everything runs on this machine.';
const STARTING = 'Reading the data and planning the network…';
const STOPPING = 'Stopping…';
const FAILED = 'There is nothing to chart. Correct the problem above, then train again.';
const INTERRUPTED = 'The run was interrupted before its first step. Train again: the same seed gives the same run.';
const CANCELLED = 'The run was stopped before its first step.';

export function createEmpty(actions: Actions): View {
  const words = element('p');
  const ring = createProgressRing('Waiting');
  const train = createButton('Train', 'primary', () => actions.send({ type: 'train' }));
  const root = element('section', { class: 'empty', 'aria-label': 'No run' }, ring, words, train.root);
  return {
    root,
    update: ({ state }) => {
      show(root, !hasSteps(state));
      const waits = state.hydrated
        ? ['starting', 'running', 'stopping'].includes(state.status.state)
        : !state.unanswered;
      show(ring, waits);
      show(train.root, state.hydrated && !waits);
      setText(words, !state.hydrated ? (state.unanswered ? UNANSWERED : WAITING) : TEXTS[state.status.state]);
    },
  };
}

const TEXTS = {
  idle: IDLE,
  starting: STARTING,
  running: STARTING,
  stopping: STOPPING,
  done: CANCELLED,
  cancelled: CANCELLED,
  interrupted: INTERRUPTED,
  failed: FAILED,
};
