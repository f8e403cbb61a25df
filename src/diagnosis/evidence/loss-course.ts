/** How the loss moved over a run, batches' scatter smoothed away. */
import { median } from '../../record/median';
import type { ModelSpec } from '../../model/model-spec';
import type { Learning } from './learning';
import { taskLoss } from './trivial-predictor';
import type { Windows } from './windows';

export interface LossCourse {
  /** Smoothed loss of the first steps. */
  readonly start: number;
  /** Lowest smoothed loss, and the step in the middle of where it was measured. */
  readonly best: number;
  readonly bestStep: number;
  /** Smoothed loss at the end. */
  readonly late: number;
  /** Lower and upper tenth of the losses of the last steps. */
  readonly lateLow: number;
  readonly lateHigh: number;
  /**
   * Share of what was learned, from `reference` to `best`, that was lost again; 0 where nothing was learned, and where
   * the batches' scatter may be all there is to it.
   */
  readonly lostShare: number;
  /** Share of `start` by which the smoothed loss fell in the first and in the second half; negative where it rose. */
  readonly fellFirst: number;
  readonly fellSecond: number;
}

/** Steps, and examples, that one smoothed value is the median of: a batch of one says next to nothing. */
const SMOOTHED_STEPS = 11;
const SMOOTHED_EXAMPLES = 256;
/** Share of the reference below which the best loss counts as something learned, as in `learning.ts`. */
const LEARNED_BELOW = 0.9;

/** The lowest of many medians is low by chance too: as good as never by so much. */
const STANDARD_ERRORS = 5;

export function lossCourse(model: ModelSpec, windows: Windows, learning: Learning): LossCourse {
  const losses = windows.finite.map(taskLoss);
  const wanted = Math.max(
    SMOOTHED_STEPS,
    Math.ceil(SMOOTHED_EXAMPLES / (model.batchSize * model.gradientAccumulation)),
  );
  const width = Math.max(1, Math.min(wanted, Math.floor(losses.length / 4)));
  const smoothed = Array.from({ length: Math.max(0, losses.length - width + 1) }, (_, index) =>
    median(losses.slice(index, index + width)),
  );
  const bestIndex = smoothed.reduce((best, value, index) => (value < smoothed[best] ? index : best), 0);
  const [start, best, late] = [
    smoothed[0] ?? Number.NaN,
    smoothed[bestIndex] ?? Number.NaN,
    smoothed.at(-1) ?? Number.NaN,
  ];
  const half = smoothed[Math.floor(smoothed.length / 2)] ?? Number.NaN;
  const last = windows.late.map(taskLoss).sort((a, b) => a - b);
  const { reference } = learning;
  const beyondChance =
    STANDARD_ERRORS *
    Math.hypot(
      errorOfMedian(losses.slice(bestIndex, bestIndex + width)),
      errorOfMedian(losses.slice(losses.length - width)),
    );
  return {
    start,
    best,
    late,
    bestStep: windows.finite[bestIndex + Math.floor(width / 2)]?.step ?? 0,
    lateLow: last[Math.floor(0.1 * last.length)] ?? Number.NaN,
    lateHigh: last[Math.ceil(0.9 * last.length) - 1] ?? Number.NaN,
    lostShare: best < LEARNED_BELOW * reference && late - best > beyondChance ? (late - best) / (reference - best) : 0,
    fellFirst: (start - half) / start,
    fellSecond: (half - late) / start,
  };
}

/** Whether the loss is where it started, however good that was by chance: nine tenths of it are left. */
export function madeNoHeadway({ start, late }: LossCourse): boolean {
  return late >= LEARNED_BELOW * start;
}

/** Standard error of the median of normal values: 1.25 times that of their mean; their deviation from the quartiles. */
function errorOfMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const quartile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
  return (1.25 * (quartile(0.75) - quartile(0.25))) / 1.35 / Math.sqrt(sorted.length);
}
