/** The result of one training of a candidate. */
import { diagnose, type DiagnosisSettings } from '../diagnosis/diagnose';
import { assessLearning, type LearningState } from '../diagnosis/evidence/learning';
import { taskLoss } from '../diagnosis/evidence/trivial-predictor';
import { windowsOf } from '../diagnosis/evidence/windows';
import type { Finding } from '../diagnosis/finding';
import { decimate } from '../record/decimate';
import { isFiniteRecord } from '../record/finite';
import type { ModelSpec } from '../model/model-spec';
import type { Trial } from './trial';

/** A run's loss and gradient norm for a chart, thinned without losing a peak. Arrays of one length. */
export interface TrialCurve {
  readonly steps: readonly number[];
  /** Without regularization. */
  readonly loss: readonly number[];
  readonly gradientNorm: readonly number[];
}

/** One training of a candidate. */
export interface TrialResult {
  readonly seed: number;
  /** Whether it learned, by the measure that the diagnosis goes by, without a number that is not finite. */
  readonly trains: boolean;
  readonly state: LearningState;
  /** Median over the last steps, without regularization; NaN where no step was finite. */
  readonly finalLoss: number;
  /**
   * `finalLoss` over that of the best constant prediction: 1 has learned nothing. Comparable between losses, and between
   * targets as they are and standardized ones. Infinite for a run that ended in a number that is not finite.
   */
  readonly relativeLoss: number;
  /** Largest norm of the gradient before clipping; infinite where one was not finite. */
  readonly worstGradientNorm: number;
  /** Share of steps whose gradient was clipped. */
  readonly clippedShare: number;
  /** Steps that were made. */
  readonly steps: number;
  /** Time of one step, where the host measured time. */
  readonly millisecondsPerStep: number | undefined;
  /** Findings of this run, the likeliest root first. */
  readonly findings: readonly Finding[];
  readonly curve: TrialCurve;
  /**
   * Relative loss over the run, smoothed over `SMOOTHING` records: what "reaches" is judged by. As long as the run, and
   * therefore left out of results that are sent to another process.
   */
  readonly progress: { readonly steps: readonly number[]; readonly relativeLoss: readonly number[] } | undefined;
}

/** Buckets of a curve: enough for a small chart. */
const BUCKETS = 60;
/** Records that a moving mean goes over, so that one lucky batch counts for nothing. */
const SMOOTHING = 5;
/** Rounding of a norm that was scaled by a factor of 1. */
const UNCLIPPED = 1 - 1e-6;

export function measureTrial(
  model: ModelSpec,
  { history, milliseconds }: Trial,
  settings?: DiagnosisSettings,
): TrialResult {
  const { records } = history;
  const learning = assessLearning(model, history, windowsOf(history));
  const isFinite = learning.state !== 'destroyed' && records.every(isFiniteRecord);
  const losses = records.map(taskLoss);
  const steps = (records.at(-1)?.step ?? -1) + 1;
  const finite = records.filter(isFiniteRecord);
  return {
    seed: model.seed,
    trains: isFinite && learning.state === 'learning',
    state: learning.state,
    finalLoss: learning.lateLoss,
    relativeLoss: isFinite ? learning.lateLoss / learning.reference : Number.POSITIVE_INFINITY,
    worstGradientNorm: isFinite ? Math.max(0, ...records.map(record => record.gradientNorm)) : Number.POSITIVE_INFINITY,
    clippedShare:
      records.length === 0 ? 0 : records.filter(record => record.clipFactor < UNCLIPPED).length / records.length,
    steps,
    millisecondsPerStep: milliseconds === undefined || steps === 0 ? undefined : milliseconds / steps,
    findings: diagnose(model, history, settings),
    curve: curveOf(
      records.map(record => record.step),
      losses,
      records.map(record => record.gradientNorm),
    ),
    progress: {
      steps: finite.map(record => record.step),
      relativeLoss: smoothed(finite.map(record => taskLoss(record) / learning.reference)),
    },
  };
}

function curveOf(steps: readonly number[], loss: readonly number[], gradientNorm: readonly number[]): TrialCurve {
  const kept = decimate([loss, gradientNorm], BUCKETS);
  const pick = (values: readonly number[]): number[] => kept.map(index => values[index]);
  return { steps: pick(steps), loss: pick(loss), gradientNorm: pick(gradientNorm) };
}

function smoothed(values: readonly number[]): number[] {
  return values.map((_, index) => {
    const window = values.slice(Math.max(0, index - SMOOTHING + 1), index + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
}
