/** The table of layers: the charts' numbers, for eyes and for screen readers, and the legend of the gradient chart. */
import { strokesByPath } from '../charts/gradient-frame';
import type { RunView } from '../state/run-view';
import { element, setText, show } from './dom';
import { barShares, NUMBER_COLUMNS, VERDICT_EXPLANATION } from './layer-columns';
import { createLayerRow, type LayerRow } from './layer-row';
import type { Actions, Shown, View } from './view';

/** As long as nothing can be said of a layer. */
const NO_VERDICT = { text: '—', tone: 'unknown' } as const;

export function createLayerTable(actions: Actions): View {
  const body = element('tbody');
  const count = element('span', { class: 'count' });
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'Layer'),
    element('th', { scope: 'col', class: 'verdict', title: VERDICT_EXPLANATION }, 'Verdict'),
    ...NUMBER_COLUMNS.map(({ head: text, id, explanation }) =>
      element('th', { scope: 'col', class: `number ${id}`, title: explanation }, text),
    ),
    element('th', { scope: 'col', class: 'kind' }, 'Type'),
  );
  const table = element('table', { 'aria-describedby': 'layers-hint' }, element('thead', {}, head), body);
  const root = element(
    'section',
    { 'aria-labelledby': 'layers-title' },
    element('h2', { id: 'layers-title' }, 'Layers ', count),
    element('div', { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of layers' }, table),
    element(
      'p',
      { class: 'caption', id: 'layers-hint' },
      'Medians over the latest steps. Click a layer, or press Enter on it, to go to its line; click its line sample to hide its curve.',
      element('span', { class: 'layers-more' }, ' A wider panel shows more columns.'),
    ),
    explanations(),
  );
  let rows: readonly LayerRow[] = [];
  let shownHidden: readonly string[] = [];
  body.addEventListener('keydown', event => moveFocus(body, event));

  return {
    root,
    update: shown => {
      const run = shown.state.current;
      show(root, run !== undefined && run.layers.length > 0);
      if (run === undefined) return;
      if (!sameLayers(rows, run)) {
        rows = makeRows(run, actions, () => shownHidden);
        body.replaceChildren(...rows.map(row => row.root));
        body.querySelector('button.layer-name')?.setAttribute('tabindex', '0');
      }
      shownHidden = shown.view.hiddenLayers;
      setText(count, String(run.layers.length));
      updateRows(rows, run, shown);
    },
  };
}

function makeRows(run: RunView, actions: Actions, hidden: () => readonly string[]): LayerRow[] {
  return run.layers.map(({ path, isTrained }) =>
    createLayerRow(path, isTrained, {
      toggle: () => actions.changeView({ hiddenLayers: toggled(hidden(), path) }),
      reveal: () => actions.goToLayer(path),
      highlight: on => actions.highlight(on ? path : undefined),
    }),
  );
}

function updateRows(rows: readonly LayerRow[], run: RunView, { state, view, theme, highlighted }: Shown): void {
  const strokes = strokesByPath(run, theme);
  const verdicts = new Map(state.layerVerdicts.map(verdict => [verdict.layer, verdict]));
  const bars = barShares(run.layers.map(({ gradientNorm }) => gradientNorm));
  rows.forEach((row, index) =>
    row.update({
      layer: run.layers[index],
      verdict: verdicts.get(row.path) ?? NO_VERDICT,
      stroke: strokes.get(row.path),
      bar: bars[index],
      curveShown: !view.hiddenLayers.includes(row.path),
      selected: view.selectedLayer === row.path,
      highlighted: highlighted === row.path,
    }),
  );
}

/** The list with `path` added, or taken out where it is in it. */
export function toggled(paths: readonly string[], path: string): readonly string[] {
  return paths.includes(path) ? paths.filter(other => other !== path) : [...paths, path];
}

function sameLayers(rows: readonly LayerRow[], run: RunView): boolean {
  return rows.length === run.layers.length && rows.every(({ path }, index) => path === run.layers[index].path);
}

/** One stop of the Tab key for the whole table; arrow keys move within it. */
function moveFocus(body: HTMLElement, event: KeyboardEvent): void {
  const rows = Array.from(body.querySelectorAll('tr'));
  const row = rows.findIndex(candidate => candidate.contains(document.activeElement));
  if (row < 0) return;
  const inName = document.activeElement?.classList.contains('layer-name') ?? false;
  const target = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    Home: 0,
    End: rows.length - 1,
    ArrowLeft: row,
    ArrowRight: row,
  }[event.key];
  if (target === undefined || rows[target] === undefined) return;
  const wantsName = event.key === 'ArrowLeft' ? false : event.key === 'ArrowRight' ? true : inName;
  const buttons = rows[target].querySelectorAll<HTMLButtonElement>('button');
  const next = Array.from(buttons).find(button => button.classList.contains('layer-name') === wantsName) ?? buttons[0];
  event.preventDefault();
  for (const button of body.querySelectorAll('button[tabindex="0"]')) button.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}

/** The tooltips' texts for those who cannot hover. */
function explanations(): HTMLElement {
  const entries = [{ head: 'Verdict', explanation: VERDICT_EXPLANATION }, ...NUMBER_COLUMNS];
  return element(
    'details',
    { class: 'explanations' },
    element('summary', {}, 'What the columns mean'),
    element(
      'dl',
      {},
      ...entries.flatMap(({ head, explanation }) => [element('dt', {}, head), element('dd', {}, explanation)]),
    ),
  );
}
