/** The chart through time, of recurrent layers: how the gradient by the state fares on its way back over the time steps. */
import type { RunView, TimeSeriesView } from '../state/run-view';
import type { Theme } from '../theme/theme';
import { buildCurve } from './curve';
import type { ChartFrame, DrawnCurve } from './frame';
import { rangeOf, strokesByPath } from './gradient-frame';
import { bucketsFor } from './step-range';

export const REVERSE_DASH: readonly number[] = [9, 3];
export const CELL_DASH: readonly number[] = [2, 2];

/** Name of a series: the layer, and the direction where it runs backwards too. */
export function seriesName({ layer, direction }: TimeSeriesView): string {
  return direction === 'reverse' ? `${layer} (reverse)` : layer;
}

/** What the chart shows now: time steps are counted from 1. */
export function timeFrame(run: RunView, theme: Theme): ChartFrame {
  const strokes = strokesByPath(run, theme);
  const width = theme.highContrast ? 2 : 1.5;
  const buckets = bucketsFor(2 * run.throughTime.length);
  const curves = run.throughTime.flatMap((series): DrawnCurve[] => {
    const name = seriesName(series);
    const colour = strokes.get(series.layer)?.colour ?? theme.foreground;
    const draw = (label: string, norms: Float64Array, dash: readonly number[]): DrawnCurve => ({
      key: label,
      label,
      colour,
      dash,
      width,
      axis: 'left',
      front: false,
      curve: buildCurve(
        Array.from(norms, (_, index) => index + 1),
        norms,
        true,
        buckets,
      ),
    });
    return [
      draw(`${name}, hidden state`, series.hidden, series.direction === 'reverse' ? REVERSE_DASH : []),
      ...(series.cell === undefined ? [] : [draw(`${name}, cell state`, series.cell, CELL_DASH)]),
    ];
  });
  const length = Math.max(2, ...run.throughTime.map(({ hidden }) => hidden.length));
  return {
    curves,
    ghosts: [],
    thresholds: [],
    x: { min: 1, max: length, title: 'time step' },
    left: {
      ...rangeOf(
        curves.map(({ curve }) => curve),
        [],
      ),
      title: '',
      log: true,
    },
    right: undefined,
  };
}
