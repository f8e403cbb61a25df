/**
 * A titled chart with its controls, legend and caption. Draws while it is in sight; its texts follow the run wherever
 * it is.
 */
import { attachDrag } from '../charts/drag-range';
import type { ChartFrame } from '../charts/frame';
import { createLineChart, type LineChart } from '../charts/line-chart';
import { createScheduler } from '../frame-scheduler';
import { element, setAttributes, setText, show } from './dom';
import { isBusy } from './status-text';
import type { Actions, Shown, View } from './view';

export interface ChartContent {
  readonly id: string;
  readonly title: string;
  /** Heads the tooltip. */
  readonly describeX: (x: number) => string;
  /** False hides the section. */
  readonly exists: (shown: Shown) => boolean;
  /** Inputs of the drawing, compared by identity. */
  readonly inputs: (shown: Shown) => readonly unknown[];
  readonly frame: (shown: Shown) => ChartFrame;
  /** Replaces the picture for those who cannot see it. */
  readonly summary: (shown: Shown) => string;
  readonly caption: (shown: Shown) => string;
  readonly toolbar: View | undefined;
  readonly legend: View;
  /** Whether the horizontal axis counts steps, of which a range can be chosen by dragging. */
  readonly bySteps: boolean;
}

/** Milliseconds between changes of texts while a run goes on; drawing itself is more frequent. */
const TEXT_INTERVAL = 2000;

export function createChartSection(content: ChartContent, actions: Actions): View {
  const canvas = element('canvas', { role: 'img', 'aria-label': content.title });
  const frame = element('div', { class: 'chart-frame' }, canvas);
  const caption = element('p', { class: 'caption' });
  const root = element(
    'section',
    { class: `chart-section chart-${content.id}`, 'aria-labelledby': `${content.id}-title` },
    element(
      'div',
      { class: 'section-head' },
      element('h2', { id: `${content.id}-title` }, content.title),
      content.toolbar?.root,
    ),
    content.legend.root,
    frame,
    caption,
  );
  let latest: Shown | undefined;
  let drawn: readonly unknown[] = [];
  let described: readonly unknown[] = [];
  let chart: LineChart | undefined;
  // Until the observer has looked: the first drawing must not wait for it.
  let inSight = true;
  let textTime = Number.NEGATIVE_INFINITY;

  const schedule = createScheduler(() => {
    if (latest === undefined || !content.exists(latest)) return;
    const inputs = content.inputs(latest);
    if (inSight) draw(latest, inputs);
    describe(latest, inputs);
  });
  new IntersectionObserver(entries => {
    inSight = entries.at(-1)?.isIntersecting ?? false;
    schedule();
  }).observe(root);

  function draw(shown: Shown, inputs: readonly unknown[]): void {
    if (chart !== undefined && isSame(inputs, drawn)) return;
    drawn = inputs;
    chart ??= makeChart(shown);
    chart.draw(content.frame(shown), shown.theme);
    content.legend.update(shown);
  }

  function makeChart(shown: Shown): LineChart {
    const made = createLineChart(canvas, shown.theme, content.describeX);
    if (content.bySteps) {
      attachDrag(made, {
        range: (from, to) => actions.changeView({ window: { kind: 'range', from, to } }),
        reset: () => actions.changeView({ window: { kind: 'all' } }),
        pick: key => actions.changeView({ selectedLayer: key }),
      });
    }
    return made;
  }

  /** Screen readers read what is scrolled out of sight too. */
  function describe(shown: Shown, inputs: readonly unknown[]): void {
    if (isSame(inputs, described)) return;
    if (isBusy(shown.state.status.state) && performance.now() - textTime < TEXT_INTERVAL) return;
    textTime = performance.now();
    described = inputs;
    content.legend.update(shown);
    setAttributes(canvas, { 'aria-label': content.summary(shown) });
    setText(caption, content.caption(shown));
  }

  return {
    root,
    update: shown => {
      latest = shown;
      const exists = content.exists(shown);
      show(root, exists);
      if (exists) {
        content.toolbar?.update(shown);
        schedule();
      } else {
        chart?.destroy();
        chart = undefined;
      }
    },
  };
}

function isSame(inputs: readonly unknown[], earlier: readonly unknown[]): boolean {
  return inputs.length === earlier.length && inputs.every((input, index) => Object.is(input, earlier[index]));
}
