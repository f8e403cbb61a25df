/** The keys to the charts' curves. */
import { strokesByPath } from '../charts/gradient-frame';
import type { Stroke } from '../charts/color-ramp';
import { CELL_DASH, EARLIER_OPACITY, latestAndEarlier, REVERSE_DASH } from '../charts/time-frame';
import { VALIDATION_DASH } from '../charts/loss-frame';
import { type Color, withOpacity } from '../theme/color';
import { chartedRun } from '../state/charted-run';
import { element, setAttributes, svg } from './dom';
import { toggled } from './layer-table';
import { createSwatch } from './swatch';
import type { Actions, Shown, View } from './view';

/**
 * With more layers than this, single names would fill the page: the legend shows the ramp, the table has the samples.
 */
export const MAXIMUM_NAMES = 12;

interface LegendEntry {
  readonly label: string;
  readonly stroke: Stroke;
  /** Path of the layer whose curve a click switches on and off. */
  readonly layer?: string;
}

export function createGradientLegend(actions: Actions): View {
  const { root, update } = createLegend(actions);
  return {
    root,
    update: shown => {
      const strokes = strokesByPath(chartedRun(shown.state), shown.theme);
      const names = Array.from(strokes, ([label, stroke]): LegendEntry => ({ label, stroke, layer: label }));
      const extra = [
        ...(shown.view.showWhole
          ? [{ label: 'whole gradient', stroke: { color: shown.theme.foreground, dash: [] } }]
          : []),
        ...ghostEntry(shown),
      ];
      if (names.length <= MAXIMUM_NAMES) update([...names, ...extra], shown);
      else update(extra, shown, rampKey(names));
    },
  };
}

export function createLossLegend(actions: Actions): View {
  const { root, update } = createLegend(actions);
  return {
    root,
    update: shown => {
      const records = shown.state.current?.records ?? [];
      const { blue, green } = shown.theme;
      const has = (name: 'validationLoss' | 'accuracy' | 'validationAccuracy'): boolean =>
        records.some(record => record[name] !== undefined);
      update(
        [
          { label: 'loss', stroke: { color: blue, dash: [] } },
          ...(has('validationLoss')
            ? [{ label: 'validation loss', stroke: { color: blue, dash: VALIDATION_DASH } }]
            : []),
          ...(has('accuracy') ? [{ label: 'accuracy', stroke: { color: green, dash: [] } }] : []),
          ...(has('validationAccuracy')
            ? [{ label: 'validation accuracy', stroke: { color: green, dash: VALIDATION_DASH } }]
            : []),
          ...ghostEntry(shown),
        ],
        shown,
      );
    },
  };
}

export function createTimeLegend(actions: Actions): View {
  const { root, update } = createLegend(actions);
  return {
    root,
    update: shown => {
      const { muted, foreground } = shown.theme;
      const strokes = strokesByPath(shown.state.current, shown.theme);
      const series = shown.state.current?.throughTime ?? [];
      const { latest, earlier } = latestAndEarlier(series);
      const layers = [...new Set(series.map(({ layer }) => layer))];
      const entry = (label: string, color: Color, dash: readonly number[] = []): LegendEntry => ({
        label,
        stroke: { color, dash },
      });
      const entries = layers.map(layer => entry(layer, strokes.get(layer)?.color ?? foreground));
      if (series.some(({ direction }) => direction === 'reverse')) entries.push(entry('reverse', muted, REVERSE_DASH));
      if (latest.some(({ cell }) => cell !== undefined)) entries.push(entry('cell state', muted, CELL_DASH));
      if (earlier.length > 0) {
        const color = strokes.get(earlier[0].layer)?.color ?? foreground;
        entries.push(entry(`training step ${earlier[0].step}`, withOpacity(color, EARLIER_OPACITY)));
      }
      update(entries, shown);
    },
  };
}

function ghostEntry({ state, view, theme }: Shown): readonly LegendEntry[] {
  return state.previous !== undefined && view.showPrevious
    ? [{ label: `previous: ${state.previous.label}`, stroke: { color: theme.ghost, dash: [] } }]
    : [];
}

function createLegend(actions: Actions): {
  root: HTMLElement;
  update: (entries: readonly LegendEntry[], shown: Shown, first?: HTMLElement) => void;
} {
  const root = element('ul', { class: 'legend' });
  let key = '';
  return {
    root,
    update: (entries, { view }, first) => {
      const hidden = view.hiddenLayers;
      const newKey = JSON.stringify([entries, hidden, first?.textContent, first?.innerHTML]);
      if (newKey === key) return;
      key = newKey;
      const focused = Array.from(root.querySelectorAll('button')).findIndex(
        button => button === document.activeElement,
      );
      const items = entries.map(entry => element('li', {}, legendItem(entry, hidden, actions)));
      root.replaceChildren(...(first === undefined ? [] : [element('li', {}, first)]), ...items);
      root.querySelectorAll('button')[focused]?.focus();
    },
  };
}

function legendItem(
  { label, stroke, layer }: LegendEntry,
  hidden: readonly string[],
  { changeView, highlight }: Actions,
): HTMLElement {
  const swatch = createSwatch();
  swatch.update(stroke);
  if (layer === undefined) return element('span', { class: 'legend-entry' }, swatch.root, label);
  const shown = !hidden.includes(layer);
  const button = element(
    'button',
    {
      type: 'button',
      class: 'legend-entry',
      'aria-pressed': String(shown),
      title: shown ? `Hide the curve of ${layer}` : `Show the curve of ${layer}`,
    },
    swatch.root,
    element('span', {}, label),
  );
  button.addEventListener('click', () => changeView({ hiddenLayers: toggled(hidden, layer) }));
  for (const type of ['pointerenter', 'focus']) button.addEventListener(type, () => highlight(layer));
  for (const type of ['pointerleave', 'blur']) button.addEventListener(type, () => highlight(undefined));
  return button;
}

/** The colors from the first layer to the last, side by side. */
function rampKey(entries: readonly LegendEntry[]): HTMLElement {
  const picture = svg('svg', {
    class: 'ramp',
    viewBox: `0 0 ${entries.length} 1`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  entries.forEach(({ stroke: { color } }, index) => {
    const bar = svg('rect', { x: index, y: 0, width: 1.05, height: 1 });
    setAttributes(bar, {
      fill: `rgb(${[color.r, color.g, color.b].map(channel => Math.round(channel * 255)).join(', ')})`,
    });
    picture.append(bar);
  });
  return element(
    'span',
    { class: 'legend-entry ramp-key' },
    element('span', {}, entries[0].label),
    picture,
    element('span', {}, entries[entries.length - 1].label),
    element(
      'span',
      { class: 'ramp-hint' },
      `${entries.length} layers: point at a row of the table to highlight its curve`,
    ),
  );
}
