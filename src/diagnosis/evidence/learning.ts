/** Whether the run learnt: the consequence that a fault must have before it is worth a finding. */
import { isFiniteRecord } from '../../history/finite';
import { median } from '../../history/median';
import type { RunHistory } from '../../history/run-history';
import type { ModelSpec } from '../../spec/model-spec';
import { examplesPerStep } from './examples-per-step';
import { largestShare } from './majority-share';
import { taskLoss, trivialLoss } from './trivial-predictor';
import type { Windows } from './windows';

/**
 * - `destroyed`: it ended in a number that is not finite;
 * - `diverged`: at its end it does clearly worse than the best constant prediction (where that is unknown: than at its start);
 * - `stuck`: it does no better than that;
 * - `learning`: it does.
 */
export type LearningState = 'destroyed' | 'diverged' | 'stuck' | 'learning';

export interface Learning {
  readonly state: LearningState;
  /**
   * Loss over the last steps, without regularization: their median, but where that is in doubt the mean over about an epoch.
   * NaN where not one step was finite.
   */
  readonly lateLoss: number;
  /** The loss it is compared with. */
  readonly reference: number;
  /** Whether `reference` is the trivial predictor's loss rather than the run's own first losses. */
  readonly referenceIsTrivial: boolean;
}

/** Learning lowers the loss by a tenth of the reference at least, well beyond the noise of a median over the last batches. */
const LEARNING_BELOW = 0.9;
/** A median below this share of the reference is no matter of which batches it is made of. */
const SURELY_BELOW = 0.7;
/** A run that learnt is below this share of the reference by far; above, a fault that is plain to see has cost something. */
const POOR_ABOVE = 0.3;
/** More steps than this are not a run's end. */
const MAXIMUM_EPOCH = 100;
/** Far above what batches of a stuck run scatter to. */
const DIVERGED_ABOVE = 1.5;

export function assessLearning(model: ModelSpec, history: RunHistory, windows: Windows): Learning {
  const trivial = trivialLoss(model, history);
  const reference = trivial ?? median(windows.early.map(taskLoss));
  const lateLoss = lateLossOf(model, history, windows, reference);
  const accuracy = median(windows.late.map((record) => record.accuracy ?? Number.NaN));
  return {
    state: stateOf(history, lateLoss, reference, accuracy - chanceOf(model, reference)),
    lateLoss,
    reference,
    referenceIsTrivial: trivial !== undefined,
  };
}

/**
 * Of squared errors the median batch has less than the mean one, and the trivial predictor's loss is a mean: a run that is near
 * it is judged by the mean over an epoch, whose batches are all of the examples.
 */
function lateLossOf(model: ModelSpec, history: RunHistory, { late, finite }: Windows, reference: number): number {
  const middle = median(late.map(taskLoss));
  if (middle < SURELY_BELOW * reference || !(middle <= DIVERGED_ABOVE * reference)) return middle;
  const epoch = Math.ceil(history.layout.trainingExamples / Math.max(1, examplesPerStep(model, history.layout)));
  const count = Math.max(late.length, Math.min(epoch, finite.length >> 1, MAXIMUM_EPOCH));
  const losses = finite.slice(finite.length - count).map(taskLoss);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Whether it learnt nothing, or so little that a fault of known effect is to blame for it. */
export function learntLittle({ state, lateLoss, reference, referenceIsTrivial }: Learning): boolean {
  return state !== 'learning' || (referenceIsTrivial && lateLoss >= POOR_ABOVE * reference);
}

/** Whether the run was harmed: anything but learning. */
export function isHarmed(learning: Learning): boolean {
  return learning.state !== 'learning';
}

/** Half way from the accuracy that the best constant prediction can have to a perfect one. */
function chanceOf({ layers }: ModelSpec, entropy: number): number {
  const classes = Math.max(2, layers[layers.length - 1].outputShape.at(-1) ?? 2);
  return (1 + largestShare(entropy, classes)) / 2;
}

/** @param beyondChance accuracy less what it takes to count as learnt; NaN where there is none */
function stateOf(history: RunHistory, lateLoss: number, reference: number, beyondChance: number): LearningState {
  const last = history.records.at(-1);
  if (history.outcome?.kind === 'not-finite' || (last !== undefined && !isFiniteRecord(last))) return 'destroyed';
  if (lateLoss < LEARNING_BELOW * reference) return 'learning';
  // Confident wrong answers raise the loss of a classifier that is mostly right.
  if (beyondChance > 0) return 'learning';
  return lateLoss > DIVERGED_ABOVE * reference ? 'diverged' : 'stuck';
}
