/**
 * The chart of losses by step: training and held-back examples, and accuracy on an axis of its own where there are
 * classes.
 */
import type { RunView } from '../state/run-view';
import type { ViewState } from '../state/view-state';
import { withOpacity } from '../theme/color';
import type { Theme } from '../theme/theme';
import { type AxisRange, linearRange } from './axis';
import { buildCurve, buildSparseCurve, type Curve, smooth } from './curve';
import type { ChartFrame, DrawnCurve } from './frame';
import { rangeOf } from './gradient-frame';
import { bucketsFor, recordsInside, stepRange } from './step-range';

const SMOOTHING = 0.9;
export const VALIDATION_DASH: readonly number[] = [6, 3];

export interface LossCurves {
  readonly loss: Curve;
  readonly smoothLoss: Curve | undefined;
  readonly validationLoss: Curve | undefined;
  readonly accuracy: Curve | undefined;
  readonly validationAccuracy: Curve | undefined;
}

/** The curves of a run inside a range of steps. The average starts at the run's start, not at the range's. */
export function lossCurves(run: RunView, range: AxisRange, log: boolean, smoothed: boolean): LossCurves {
  const records = recordsInside(run.records, range);
  const steps = records.map(({ step }) => step);
  const buckets = bucketsFor(6);
  const averaged = (of: (record: RunView['records'][number]) => number): Float64Array => {
    const all = smooth(Float64Array.from(run.records, of), SMOOTHING);
    const start = records.length === 0 ? 0 : run.records.indexOf(records[0]);
    return all.subarray(start, start + records.length);
  };
  const sparse = (of: (record: RunView['records'][number]) => number | undefined, onLog: boolean): Curve | undefined =>
    run.records.some(record => of(record) !== undefined)
      ? buildSparseCurve(steps, records.map(of), onLog, buckets)
      : undefined;
  const hasAccuracy = run.records.some(({ accuracy }) => accuracy !== undefined);
  return {
    loss: buildCurve(
      steps,
      Float64Array.from(records, ({ loss }) => loss),
      log,
      buckets,
    ),
    smoothLoss: smoothed
      ? buildCurve(
          steps,
          averaged(({ loss }) => loss),
          log,
          buckets,
        )
      : undefined,
    validationLoss: sparse(({ validationLoss }) => validationLoss, log),
    accuracy:
      hasAccuracy && smoothed
        ? buildCurve(
            steps,
            averaged(({ accuracy }) => accuracy ?? Number.NaN),
            false,
            buckets,
          )
        : sparse(({ accuracy }) => accuracy, false),
    validationAccuracy: sparse(({ validationAccuracy }) => validationAccuracy, false),
  };
}

/** Builds the frame that the chart shows now. */
export function lossFrame(current: RunView, previous: RunView | undefined, view: ViewState, theme: Theme): ChartFrame {
  const longest =
    view.showPrevious && view.window.kind === 'all' && lastStep(previous) > lastStep(current) ? previous : current;
  const x = stepRange(longest, view.window);
  const log = view.lossScale === 'log';
  const { loss, smoothLoss, validationLoss, accuracy, validationAccuracy } = lossCurves(current, x, log, view.smooth);
  const ghost = view.showPrevious && previous ? lossCurves(previous, x, log, view.smooth) : undefined;
  const width = theme.highContrast ? 2 : 1.5;
  const drawn = (
    key: string,
    curve: Curve | undefined,
    style: Omit<DrawnCurve, 'key' | 'label' | 'curve' | 'front'>,
  ): readonly DrawnCurve[] => (curve === undefined ? [] : [{ key, label: key, curve, front: false, ...style }]);
  const raw = smoothLoss === undefined ? theme.blue : withOpacity(theme.blue, 0.3);
  const curves = [
    ...drawn('loss', smoothLoss, { color: theme.blue, dash: [], width: width + 0.5, axis: 'left' }),
    ...drawn(smoothLoss === undefined ? 'loss' : 'loss of the batch', loss, {
      color: raw,
      dash: [],
      width,
      axis: 'left',
    }),
    ...drawn('validation loss', validationLoss, {
      color: theme.blue,
      dash: VALIDATION_DASH,
      width: width + 0.5,
      axis: 'left',
    }),
    ...drawn('accuracy', accuracy, { color: theme.green, dash: [], width, axis: 'right' }),
    ...drawn('validation accuracy', validationAccuracy, {
      color: theme.green,
      dash: VALIDATION_DASH,
      width: width + 0.5,
      axis: 'right',
    }),
  ];
  const ghosts = ghost === undefined ? [] : [ghost.smoothLoss ?? ghost.loss];
  const own = curves.filter(({ axis }) => axis === 'left').map(({ curve }) => curve);
  return {
    curves,
    ghosts,
    thresholds: [],
    x: { ...x, title: '' },
    left: { ...(log ? rangeOf(own, ghosts) : linearRangeOf(own, ghosts)), title: '', log },
    right: accuracy === undefined && validationAccuracy === undefined ? undefined : { title: '' },
  };
}

/**
 * As for the log axis, the previous run may not squeeze the current one flat: it widens the axis to three times at
 * most.
 */
function linearRangeOf(own: readonly Curve[], ghosts: readonly Curve[]): AxisRange {
  const low = Math.min(...own.map(({ minimum }) => minimum));
  const high = Math.max(...own.map(({ maximum }) => maximum));
  const ghostHigh = Math.max(...ghosts.map(({ maximum }) => maximum), high);
  return linearRange(low, Math.min(ghostHigh, high > 0 ? 3 * high : ghostHigh));
}

function lastStep(run: RunView | undefined): number {
  return run?.records.at(-1)?.step ?? -1;
}
