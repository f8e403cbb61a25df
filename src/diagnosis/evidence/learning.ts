/** Whether the run learned: the consequence that a fault must have before it is worth a finding. */
import { isFiniteRecord } from '../../record/finite';
import { median } from '../../record/median';
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import { distanceMoved } from './distance-moved';
import { examplesPerStep } from './examples-per-step';
import { largestShare } from './majority-share';
import { taskLoss, trivialLoss } from './trivial-predictor';
import type { StepRecord } from '../../record/step-record';
import type { Windows } from './windows';

/**
 * - `destroyed`: it ended in a number that is not finite;
 * - `diverged`: at its end it does clearly worse than the best constant prediction (where that is unknown: than at its
 *   start);
 * - `stuck`: it does no better than that;
 * - `learning`: it does.
 */
export type LearningState = 'destroyed' | 'diverged' | 'stuck' | 'learning';

/** Right answers over the examples of the last steps. */
export interface LateAccuracy {
  readonly share: number;
  /** The most that one answer for every example can be right in. */
  readonly chance: number;
  /** Examples that `share` was counted over. */
  readonly examples: number;
}

export interface Learning {
  readonly state: LearningState;
  /**
   * Loss over the last steps, without regularization: their median, but where that is in doubt the mean over about an
   * epoch. NaN where not one step was finite.
   */
  readonly lateLoss: number;
  /** The loss it is compared with. */
  readonly reference: number;
  /** Whether `reference` is the trivial predictor's loss rather than the run's own first losses. */
  readonly referenceIsTrivial: boolean;
  /** Present for a classifier whose trivial predictor is known. */
  readonly accuracy?: LateAccuracy;
  /**
   * Whether something was learned beyond doubt, however little: more right answers than chance explains, or a loss below
   * the reference by more than its own noise.
   */
  readonly learnedSomething: boolean;
  /**
   * True where a run that trains is looked at as if it did not, to see what may have cost it some of what it could
   * learn.
   */
  readonly assumed?: true;
  /** Whether the loss rose, now or on the way: one that is high and falls all the time has only not arrived yet. */
  readonly rose: boolean;
}

/**
 * Learning lowers the loss by a tenth of the reference at least, well beyond the noise of a median over the last
 * batches.
 */
const LEARNING_BELOW = 0.9;
/** A median below this share of the reference is no matter of which batches it is made of. */
const SURELY_BELOW = 0.7;
/**
 * A run that learned is below this share of the reference by far; above, a fault that is plain to see has cost
 * something.
 */
const POOR_ABOVE = 0.3;
/** All updates together, as a share of the weights, that change no answer: float32 keeps 7 digits. */
const UNMOVED = 1e-5;
/** More steps than this are not a run's end. */
const MAXIMUM_EPOCH = 100;
/** Far above what batches of a stuck run scatter to. */
const DIVERGED_ABOVE = 1.5;
/** Steps that one smoothed loss is the median of, as in `loss-course.ts`. */
const SMOOTHED_STEPS = 11;
/** A peak of the smoothed loss so many times its start is a leap, even where the run comes back. */
const LEAP = 2;
/** Standard errors beyond which chance explains nothing. */
const BEYOND_CHANCE = 3;

export function assessLearning(model: ModelSpec, history: RunHistory, windows: Windows): Learning {
  const trivial = trivialLoss(model, history);
  const reference = trivial ?? median(windows.early.map(taskLoss));
  const lateLoss = lateLossOf(model, history, windows, reference);
  const accuracy = trivial === undefined ? undefined : lateAccuracy(model, history, windows, reference);
  return {
    state: notByItself(stateOf(history, lateLoss, reference, accuracy), history, windows),
    lateLoss,
    reference,
    referenceIsTrivial: trivial !== undefined,
    ...(accuracy && { accuracy }),
    learnedSomething:
      (accuracy !== undefined && isAboveChance(accuracy, accuracy.chance)) ||
      isBelowByMoreThanNoise(model, history, windows, reference),
    rose: hasRisen(windows, lateLoss),
  };
}

/**
 * A run whose updates moved nothing has learned nothing, however low the loss is that its first weights happen to give.
 */
function notByItself(state: LearningState, history: RunHistory, windows: Windows): LearningState {
  if (state !== 'learning' || distanceMoved(history, windows) >= UNMOVED) return state;
  const kernels = history.layout.parameters.flatMap(({ shape, trainable }, index) =>
    trainable && shape.length >= 2 ? [index] : [],
  );
  const isMeasured = windows.finite.some(({ updateNorms, parameterNorms }) =>
    kernels.some(index => Number.isFinite(updateNorms[index]) && Number.isFinite(parameterNorms[index])),
  );
  return isMeasured ? 'stuck' : state;
}

/**
 * Chooses between median and mean: with squared errors the median batch has less loss than the mean one, and the
 * trivial predictor's loss is a mean: a run that is near it is judged by the mean over an epoch, whose batches are all
 * of the examples.
 */
function lateLossOf(model: ModelSpec, history: RunHistory, windows: Windows, reference: number): number {
  const middle = median(windows.late.map(taskLoss));
  if (middle < SURELY_BELOW * reference || !(middle <= DIVERGED_ABOVE * reference)) return middle;
  const losses = lastEpoch(model, history, windows).map(taskLoss);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The last steps, about an epoch of them, but at most half of the run. */
function lastEpoch(model: ModelSpec, history: RunHistory, { late, finite }: Windows): readonly StepRecord[] {
  const epoch = Math.ceil(history.layout.trainingExamples / Math.max(1, examplesPerStep(model, history.layout)));
  const count = Math.max(late.length, Math.min(epoch, finite.length >> 1, MAXIMUM_EPOCH));
  return finite.slice(finite.length - count);
}

/** Whether the mean loss of the last epoch is below the reference by more than the scatter of its batches allows. */
function isBelowByMoreThanNoise(model: ModelSpec, history: RunHistory, windows: Windows, reference: number): boolean {
  const losses = lastEpoch(model, history, windows).map(taskLoss);
  if (losses.length < 2) return false;
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (losses.length - 1);
  return mean + BEYOND_CHANCE * Math.sqrt(variance / losses.length) < reference;
}

/** Right answers over the last epoch, so that batches of 1 count as many as batches of many. */
function lateAccuracy(
  model: ModelSpec,
  history: RunHistory,
  windows: Windows,
  entropy: number,
): LateAccuracy | undefined {
  const shares = lastEpoch(model, history, windows).flatMap(({ accuracy }) =>
    accuracy === undefined ? [] : [accuracy],
  );
  if (shares.length === 0) return undefined;
  const classes = Math.max(2, model.layers[model.layers.length - 1].outputShape.at(-1) ?? 2);
  return {
    share: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    chance: largestShare(entropy, classes),
    examples: shares.length * examplesPerStep(model, history.layout),
  };
}

/** Whether the answers are right more often than `share` by more than the binomial scatter of the examples allows. */
function isAboveChance({ share: right, examples }: LateAccuracy, share: number): boolean {
  return right > share + BEYOND_CHANCE * Math.sqrt((share * (1 - share)) / examples);
}

/** Whether it learned nothing, or so little that a fault of known effect is to blame for it. */
export function learnedLittle({ state, lateLoss, reference, referenceIsTrivial }: Learning): boolean {
  return state !== 'learning' || (referenceIsTrivial && lateLoss >= POOR_ABOVE * reference);
}

/** Share of the reference below which a run has learned too well for a fault to have cost it much. */
const LEARNED_WELL = 0.1;

/** Whether hardly anything of the loss is left, however soon that was so. */
export function learnedWell({ state, lateLoss, reference }: Learning): boolean {
  return state === 'learning' && lateLoss < LEARNED_WELL * reference;
}

/** Whether the run was harmed: anything but learning. */
export function isHarmed(learning: Learning): boolean {
  return learning.state !== 'learning';
}

function stateOf(
  history: RunHistory,
  lateLoss: number,
  reference: number,
  accuracy: LateAccuracy | undefined,
): LearningState {
  const last = history.records.at(-1);
  if (history.outcome?.kind === 'not-finite' || (last !== undefined && !isFiniteRecord(last))) return 'destroyed';
  if (lateLoss < LEARNING_BELOW * reference) return 'learning';
  // Confident wrong answers raise the loss of a classifier that is mostly right: half way from chance to perfect is
  // learned.
  if (accuracy !== undefined && isAboveChance(accuracy, (1 + accuracy.chance) / 2)) return 'learning';
  return lateLoss > DIVERGED_ABOVE * reference ? 'diverged' : 'stuck';
}

function hasRisen({ finite }: Windows, lateLoss: number): boolean {
  const losses = finite.map(taskLoss);
  const width = Math.max(1, Math.min(SMOOTHED_STEPS, losses.length >> 2));
  const smoothed = Array.from({ length: Math.floor(losses.length / width) }, (_, index) =>
    median(losses.slice(index * width, (index + 1) * width)),
  );
  const [start = Number.NaN] = losses;
  return lateLoss > DIVERGED_ABOVE * Math.min(start, ...smoothed) || Math.max(...smoothed) > LEAP * start;
}
