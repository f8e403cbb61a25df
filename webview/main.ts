/** The panel's page: hears the host, keeps the state, draws it. */
import './styles/base.css';
import './styles/header.css';
import './styles/findings.css';
import './styles/charts.css';
import './styles/table.css';
import './styles/comparison.css';
import { registerCharts } from './charts/line-chart';
import { registerControls } from './controls/controls';
import { INITIAL_STATE, type PageEvent, type PageState, reduce } from './state/reducer';
import { readSaved, type SavedState, type ViewState } from './state/view-state';
import { readTheme, watchTheme } from './theme/watch-theme';
import { createPage } from './views/page';
import { onMessage, savedState, saveState, send } from './vscode-api';

/** Milliseconds after which the page says that the extension does not answer. */
const ANSWER_TIMEOUT = 8000;

function start(): void {
  registerControls();
  registerCharts();
  const saved = readSaved(savedState());
  let state: PageState = { ...INITIAL_STATE, uri: saved.uri };
  let view = saved.view;
  let theme = readTheme(document);
  let pointedAt: string | undefined;

  const page = createPage({
    send,
    changeView,
    highlight: path => {
      pointedAt = path;
      render();
    },
    goToLayer: path => {
      changeView({ selectedLayer: path });
      send({ type: 'reveal-layer', layer: path });
    },
    dismissRefusal: () => dispatch({ type: 'dismiss-refusal' }),
  });

  function render(): void {
    page.update({ state, view, theme, highlighted: pointedAt });
  }

  function dispatch(event: PageEvent): void {
    const shownRun = state.current?.id;
    state = reduce(state, event);
    if (event.type === 'hydrate') {
      // A range of steps was chosen in one run, and may not exist in the next.
      if (shownRun !== undefined && shownRun !== state.current?.id && view.window.kind === 'range')
        view = { ...view, window: { kind: 'all' } };
      save();
    }
    if (state.outdated) {
      state = reduce(state, { type: 'asked-again' });
      send({ type: 'ready' });
    }
    render();
  }

  function changeView(change: Partial<ViewState>): void {
    view = { ...view, ...change };
    save();
    render();
  }

  function save(): void {
    const whole: SavedState = { uri: state.uri, view };
    saveState(whole);
  }

  watchTheme(document, changed => {
    theme = changed;
    render();
  });
  onMessage(dispatch);
  document.body.append(page.root);
  render();
  send({ type: 'ready' });
  setTimeout(() => dispatch({ type: 'no-answer' }), ANSWER_TIMEOUT);
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && view.selectedLayer !== undefined) changeView({ selectedLayer: undefined });
  });
}

start();
