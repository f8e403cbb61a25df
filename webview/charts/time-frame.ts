/**
 * The chart through time, of recurrent layers: how the gradient by the state fares on its way back over the time steps.
 */
import type { RunView, TimeSeriesView } from '../state/run-view';
import { withOpacity } from '../theme/color';
import type { Theme } from '../theme/theme';
import { buildCurve } from './curve';
import type { ChartFrame, DrawnCurve } from './frame';
import { rangeOf, strokesByPath } from './gradient-frame';
import { bucketsFor } from './step-range';

export const REVERSE_DASH: readonly number[] = [9, 3];
export const CELL_DASH: readonly number[] = [2, 2];
export const EARLIER_OPACITY = 0.5;

/** Name of a series: the layer, and the direction where it runs backwards too. */
export function seriesName({ layer, direction }: TimeSeriesView): string {
  return direction === 'reverse' ? `${layer} (reverse)` : layer;
}

/** The series of the latest step that measured any, and those of an earlier one. */
export function latestAndEarlier(series: readonly TimeSeriesView[]): {
  readonly latest: readonly TimeSeriesView[];
  readonly earlier: readonly TimeSeriesView[];
} {
  const last = series.at(-1)?.step;
  return { latest: series.filter(({ step }) => step === last), earlier: series.filter(({ step }) => step !== last) };
}

/**
 * Builds the frame that the chart shows now: time steps are counted from 1. Of the first step that was measured the
 * hidden states, faintly.
 */
export function timeFrame(run: RunView, theme: Theme): ChartFrame {
  const strokes = strokesByPath(run, theme);
  const width = theme.highContrast ? 2 : 1.5;
  const buckets = bucketsFor(2 * run.throughTime.length);
  const { latest, earlier } = latestAndEarlier(run.throughTime);
  const draw = (
    series: TimeSeriesView,
    label: string,
    norms: Float64Array,
    style: Pick<DrawnCurve, 'dash' | 'width'>,
  ): DrawnCurve => {
    const timeSteps = Array.from(norms, (_, index) => index + 1);
    const color = strokes.get(series.layer)?.color ?? theme.foreground;
    return {
      key: label,
      label,
      color,
      ...style,
      axis: 'left',
      front: false,
      curve: buildCurve(timeSteps, norms, true, buckets),
    };
  };
  const dashOf = ({ direction }: TimeSeriesView): readonly number[] => (direction === 'reverse' ? REVERSE_DASH : []);
  const curves = [
    ...latest.flatMap(series => [
      draw(series, `${seriesName(series)}, hidden state`, series.hidden, { dash: dashOf(series), width: width + 0.5 }),
      ...(series.cell
        ? [draw(series, `${seriesName(series)}, cell state`, series.cell, { dash: CELL_DASH, width })]
        : []),
    ]),
    ...earlier
      .map(series =>
        draw(series, `${seriesName(series)}, step ${series.step}`, series.hidden, { dash: dashOf(series), width }),
      )
      .map(drawn => ({ ...drawn, color: withOpacity(drawn.color, EARLIER_OPACITY) })),
  ];
  const shown = curves.map(({ curve }) => curve);
  const length = Math.max(2, ...run.throughTime.map(({ hidden }) => hidden.length));
  return {
    curves,
    ghosts: [],
    thresholds: [],
    x: { min: 1, max: length, title: 'time step' },
    left: { ...rangeOf(shown, []), title: '', log: true },
    right: undefined,
  };
}
