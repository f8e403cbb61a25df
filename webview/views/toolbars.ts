/** The controls over the charts by step. */
import { type Choice, createButton, createCheckbox, createDropdown } from '../controls/controls';
import type { StepWindow } from '../state/view-state';
import { element, show } from './dom';
import type { Actions, View } from './view';

/**
 * Which steps, whether the previous run and the whole gradient are drawn. The steps are those of the loss chart too.
 */
export function createGradientToolbar({ changeView }: Actions): View {
  const steps = createDropdown('Steps shown', value => changeView({ window: windowOf(value) }));
  const previous = createCheckbox('Previous run', showPrevious => changeView({ showPrevious }));
  const whole = createCheckbox('Whole gradient', showWhole => changeView({ showWhole }));
  const everything = createButton('Show all curves', 'secondary', () => changeView({ hiddenLayers: [] }));
  return {
    root: element('div', { class: 'toolbar' }, everything.root, whole.root, previous.root, steps.root),
    update: ({ state, view }) => {
      const layers = state.current?.layers ?? [];
      show(
        everything.root,
        layers.some(({ path }) => view.hiddenLayers.includes(path)),
      );
      show(previous.root, state.previous !== undefined);
      previous.update(view.showPrevious);
      whole.update(view.showWhole);
      steps.update(windowChoices(view.window), windowValue(view.window));
    },
  };
}

export function createLossToolbar({ changeView }: Actions): View {
  const log = createCheckbox('Log scale', on => changeView({ lossScale: on ? 'log' : 'linear' }));
  const smooth = createCheckbox('Smooth', on => changeView({ smooth: on }));
  return {
    root: element('div', { class: 'toolbar' }, smooth.root, log.root),
    update: ({ view }) => {
      log.update(view.lossScale === 'log');
      smooth.update(view.smooth);
    },
  };
}

const LATEST = [200, 50];

function windowChoices(window: StepWindow): Choice[] {
  const choices: Choice[] = [
    { value: 'all', text: 'All steps' },
    ...LATEST.map(steps => ({ value: String(steps), text: `Last ${steps}` })),
  ];
  return window.kind === 'range'
    ? [...choices, { value: windowValue(window), text: `${window.from} to ${window.to}` }]
    : choices;
}

function windowValue(window: StepWindow): string {
  switch (window.kind) {
    case 'all':
      return 'all';
    case 'last':
      return String(window.steps);
    case 'range':
      return `${window.from}-${window.to}`;
  }
}

function windowOf(value: string): StepWindow {
  const [from, to] = value.split('-').map(Number);
  if (value === 'all') return { kind: 'all' };
  return to === undefined ? { kind: 'last', steps: from } : { kind: 'range', from, to };
}
