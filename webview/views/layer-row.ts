/** One row of the table of layers. Made once a run; afterwards only texts change. */
import type { Stroke } from '../charts/color-ramp';
import type { LayerVerdict } from '../../src/diagnosis/layer-verdict';
import type { LayerView } from '../state/run-view';
import { element, setAttributes, setText, show } from './dom';
import { icon } from './icons';
import { NUMBER_COLUMNS } from './layer-columns';
import { createSwatch } from './swatch';

export interface LayerRow {
  readonly root: HTMLTableRowElement;
  readonly path: string;
  readonly update: (shown: RowContent) => void;
}

export interface RowContent {
  readonly layer: LayerView;
  readonly verdict: Omit<LayerVerdict, 'layer'>;
  readonly stroke: Stroke | undefined;
  /** Length of the bar behind the gradient norm, in [0, 1]. */
  readonly bar: number;
  readonly curveShown: boolean;
  readonly selected: boolean;
  readonly highlighted: boolean;
}

export interface RowActions {
  readonly toggle: () => void;
  readonly reveal: () => void;
  readonly highlight: (on: boolean) => void;
}

export function createLayerRow(path: string, charted: boolean, actions: RowActions): LayerRow {
  const swatch = createSwatch();
  const toggle = element('button', { type: 'button', class: 'swatch-button', tabindex: -1 }, swatch.root);
  const name = element('button', { type: 'button', class: 'layer-name', tabindex: -1 }, path);
  const kind = element('td', { class: 'kind' });
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
  const cells = NUMBER_COLUMNS.map(({ id }) => {
    const text = element('span');
    return { text, cell: element('td', { class: `number ${id}` }, id === 'norm' ? bar : undefined, text) };
  });
  const words = element('div');
  const verdict = element('td', { class: 'verdict' }, words);
  const head = element(
    'th',
    { scope: 'row' },
    element('div', { class: 'layer-head' }, charted ? toggle : element('span', { class: 'no-swatch' }), name),
  );
  const root = element('tr', { 'data-layer': path }, head, verdict, ...cells.map(({ cell }) => cell), kind);
  let shownVerdict = '';

  toggle.addEventListener('click', event => {
    event.stopPropagation();
    actions.toggle();
  });
  root.addEventListener('click', actions.reveal);
  root.addEventListener('pointerenter', () => actions.highlight(true));
  root.addEventListener('pointerleave', () => actions.highlight(false));
  root.addEventListener('focusin', () => actions.highlight(true));
  root.addEventListener('focusout', () => actions.highlight(false));

  return {
    root,
    path,
    update: shown => {
      setText(kind, shown.layer.kind);
      setAttributes(name, { title: `Show ${path} (${shown.layer.kind}) in the model file` });
      cells.forEach(({ text }, index) => setText(text, NUMBER_COLUMNS[index].text(shown.layer)));
      show(bar, shown.bar > 0);
      bar.style.setProperty('--share', shown.bar.toFixed(3));
      if (shown.stroke !== undefined) swatch.update(shown.stroke);
      setAttributes(toggle, {
        'aria-pressed': String(shown.curveShown),
        'aria-label': `Curve of ${path}`,
        title: shown.curveShown ? 'Hide the curve' : 'Show the curve',
      });
      setAttributes(root, {
        'aria-current': shown.selected ? 'true' : undefined,
        class: shown.highlighted ? 'highlighted' : undefined,
      });
      const { tone, text, explainedBy } = shown.verdict;
      const key = JSON.stringify([tone, text, explainedBy]);
      if (key === shownVerdict) return;
      shownVerdict = key;
      const cause = explainedBy === undefined ? undefined : `explained by ${explainedBy.replaceAll('`', '')}`;
      setAttributes(verdict, { class: `verdict tone-${tone}`, title: cause });
      words.replaceChildren(
        ...(tone === 'unknown' ? [] : [icon(tone)]),
        element('span', {}, text),
        ...(cause === undefined ? [] : [element('span', { class: 'visually-hidden' }, `, ${cause}`)]),
      );
    },
  };
}
