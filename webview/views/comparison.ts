/**
 * Cures compared by training them: the table, the overlaid curves, and the ways to apply one and to take the table
 * elsewhere.
 */
import { type ComparedQuantity, comparisonFrame, cureStrokes, drawnCures } from '../charts/comparison-frame';
import { createLineChart, type LineChart } from '../charts/line-chart';
import { createButton, createDropdown, createProgressRing } from '../controls/controls';
import type { ComparisonView, CureView } from '../state/comparison-view';
import { primaryAction } from '../state/primary-action';
import type { Theme } from '../theme/theme';
import { element, setAttributes, setText, show } from './dom';
import { icon, type IconName } from './icons';
import { createSwatch } from './swatch';
import { inlineCode } from './inline-code';
import { isBusy } from './status-text';
import type { Actions, View } from './view';

const EFFECTS: Readonly<Record<CureView['effect'], { readonly text: string; readonly icon: IconName | undefined }>> = {
  original: { text: '', icon: undefined },
  cures: { text: 'cures', icon: 'healthy' },
  improves: { text: 'improves', icon: 'healthy' },
  removes: { text: 'removes the fault; does not learn yet', icon: 'neutral' },
  none: { text: 'does not help', icon: undefined },
  unknown: { text: '', icon: undefined },
};

const QUANTITIES = [
  { value: 'loss', text: 'Loss' },
  { value: 'gradientNorm', text: 'Gradient norm' },
] as const;

export function createComparison(actions: Actions): View {
  const compare = createButton('Compare cures', 'secondary', () => actions.send({ type: 'compare-cures' }));
  const stop = createButton('Stop', 'secondary', () => actions.send({ type: 'stop-measuring' }));
  const csv = createButton('CSV', 'secondary', () => actions.send({ type: 'export-comparison', format: 'csv' }));
  const markdown = createButton('Markdown', 'secondary', () =>
    actions.send({ type: 'export-comparison', format: 'markdown' }),
  );
  const ring = createProgressRing('Measuring');
  const message = element('p', { class: 'comparison-message', role: 'status' });
  const status = element('div', { class: 'comparison-status' }, ring, message);
  const head = element('thead');
  const body = element('tbody');
  const table = element(
    'div',
    { class: 'table-scroll', tabindex: 0 },
    element('table', { 'aria-label': 'Cures compared' }, head, body),
  );
  const more = element(
    'p',
    { class: 'caption more-columns' },
    'A wider panel shows more columns; CSV and Markdown have them all.',
  );
  const canvas = element('canvas', { role: 'img', 'aria-label': 'Curves of the compared cures' });
  let quantity: ComparedQuantity = 'loss';
  const choose = createDropdown('Quantity', value => {
    quantity = value === 'gradientNorm' ? 'gradientNorm' : 'loss';
    draw();
  });
  const legend = element(
    'p',
    { class: 'caption' },
    'One line per seed; the original is dashed. Point at a row to highlight its curves.',
  );
  const curves = element(
    'div',
    {},
    element('div', { class: 'toolbar' }, choose.root, legend),
    element('div', { class: 'chart-frame' }, canvas),
  );
  const root = element(
    'section',
    { class: 'comparison chart-section chart-loss', 'aria-labelledby': 'comparison-title' },
    element(
      'div',
      { class: 'section-head' },
      element('h2', { id: 'comparison-title' }, 'Cures compared'),
      element('div', { class: 'toolbar' }, compare.root, stop.root, csv.root, markdown.root),
    ),
    status,
    table,
    more,
    curves,
  );
  let comparison: ComparisonView | undefined;
  let theme: Theme | undefined;
  let selected: string | undefined;
  let shown: readonly unknown[] = [];
  let chart: LineChart | undefined;

  function draw(): void {
    if (!comparison || !theme) return;
    chart ??= createLineChart(canvas, theme, step => `Step ${step}`);
    chart.draw(comparisonFrame(comparison, quantity, theme, selected), theme);
  }

  function select(id: string | undefined): void {
    if (selected === id) return;
    selected = id;
    draw();
  }

  function fill(now: ComparisonView, colors: Theme, primary: string | undefined): void {
    const strokes = cureStrokes(drawnCures(now, undefined), colors);
    head.replaceChildren(
      element(
        'tr',
        {},
        ...now.columns.map((name, index) =>
          element('th', { scope: 'col', class: index === 0 ? undefined : 'number' }, name),
        ),
        element('th', { scope: 'col' }, 'effect'),
      ),
    );
    body.replaceChildren(
      ...now.rows.map(row => {
        const swatch = createSwatch();
        const stroke = strokes.get(row.id);
        if (stroke) swatch.update(stroke);
        const apply =
          row.effect === 'original' || row.notWritable !== undefined
            ? undefined
            : createButton('Apply', row.id === primary ? 'primary' : 'secondary', () =>
                actions.send({ type: 'apply-cure', cure: row.id }),
              );
        apply?.update({ disabled: !now.applicable });
        const effect = EFFECTS[row.effect];
        const line = element(
          'tr',
          { class: `effect-${row.effect}` },
          element(
            'th',
            { scope: 'row' },
            element(
              'span',
              { class: 'layer-head' },
              stroke ? swatch.root : element('span', { class: 'no-swatch' }),
              element('span', {}, ...inlineCode(row.cells[0])),
            ),
          ),
          ...row.cells.slice(1).map(cell => element('td', { class: 'number' }, cell)),
          element(
            'td',
            { class: 'verdict' },
            element(
              'div',
              {},
              effect.icon && icon(effect.icon),
              element('span', { class: 'effect-name' }, effect.text),
              ' ',
              apply?.root ?? (row.notWritable && element('span', { class: 'cure-why' }, row.notWritable)),
            ),
          ),
        );
        for (const [enter, leave] of [
          ['pointerenter', 'pointerleave'],
          ['focusin', 'focusout'],
        ] as const) {
          line.addEventListener(enter, () => select(row.id));
          line.addEventListener(leave, () => select(undefined));
        }
        return line;
      }),
    );
  }

  return {
    root,
    update: ({ state, theme: colors }) => {
      const now = state.comparison;
      const measuring = now?.state === 'measuring';
      const comparable =
        state.current !== undefined && !isBusy(state.status.state) && !state.stale && state.findings.length > 0;
      show(root, now !== undefined || comparable);
      show(compare.root, !measuring && comparable);
      compare.update({ text: now === undefined ? 'Compare cures' : 'Compare again' });
      show(stop.root, measuring);
      for (const { root: button } of [csv, markdown]) show(button, now?.state === 'done');
      show(ring, measuring);
      setText(
        message,
        now?.message ??
          'Train every cure in the catalog against the original, with the same seeds, and see which one helps most.',
      );
      setAttributes(status, { class: `comparison-status comparison-${now?.state ?? 'none'}` });
      const hasRows = (now?.rows.length ?? 0) > 0;
      show(table, hasRows);
      show(more, hasRows);
      show(curves, hasRows);
      choose.update(QUANTITIES, quantity);
      if (!hasRows) {
        chart?.destroy();
        chart = undefined;
      }
      const action = primaryAction(state);
      const primary = action.kind === 'cure' ? action.id : undefined;
      const inputs = [now, colors, primary];
      if (inputs.every((input, index) => input === shown[index])) return;
      shown = inputs;
      comparison = now;
      theme = colors;
      if (!now || !hasRows) return;
      fill(now, colors, primary);
      draw();
    },
  };
}
