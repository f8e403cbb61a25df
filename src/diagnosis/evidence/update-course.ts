/**
 * The effect of the updates of a run on the loss of their own batches: too far, far too short, and how much of them was
 * noise.
 */
import { median } from '../../record/median';
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import type { RuleContext } from '../rule';
import type { StepRecord } from '../../record/step-record';
import { examplesPerStep } from './examples-per-step';

/** One probed update. */
export interface ProbedUpdate {
  readonly step: number;
  /** Loss of the batch before and after. */
  readonly lossBefore: number;
  readonly lossAfter: number;
  /**
   * Learning rate times the curvature along the update, in the metric of the optimizer's preconditioner, over the
   * largest that is stable (see `criticalCurvature`): beyond 1, steps of this kind grow. NaN where the optimizer has no
   * such metric.
   */
  readonly beyondStable: number;
  /**
   * Length of the update over that to the lowest point along it: 1 ends there, 2 across the valley. Negative uphill.
   */
  readonly reach: number;
  /**
   * Share of the loss that the best length of this update would have taken off. NaN where the loss is not convex along
   * it.
   */
  readonly gainInReach: number;
}

export interface UpdateCourse {
  readonly probed: readonly ProbedUpdate[];
  /** Median `reach` of updates that go downhill; NaN where there are none. */
  readonly reach: number;
  /** Median `gainInReach`. */
  readonly gainInReach: number;
  /**
   * Median cosine between the gradients of two batches at the same parameters: 1 where batches agree, 0 where all is
   * noise.
   */
  readonly agreement: number;
  /**
   * Simple noise scale tr(Σ) / ‖G‖² (McCandlish et al. 2018): the batch size at which signal and noise are equally
   * strong, by the pairs' products and norms in the first quarter of the run: later on, gradients of a run that
   * converged are all noise. Infinite where no signal shows, NaN with fewer than 8 pairs.
   */
  readonly noiseScale: number;
}

/** Estimates of the noise scale from fewer pairs scatter too much. */
const MINIMUM_PAIRS = 8;
/** Steps that hold so many pairs. */
const EARLY_STEPS = 60;

/**
 * rate times curvature at which the optimizer is at the edge of stability: 2 for gradient descent, 2 (1 + β) with
 * momentum (2 (1 + β) / (1 + 2 β) with Nesterov's), 2 (1 + β1) / (1 - β1) = 38 for Adam's mean of gradients (Cohen et
 * al. 2021, 2022). NaN for muon, shampoo and lbfgs, which have no diagonal metric to measure a curvature in.
 */
export function criticalCurvature({ optimizer }: ModelSpec): number {
  switch (optimizer.type) {
    case 'sgd':
      return (2 * (1 + optimizer.momentum)) / (optimizer.nesterov ? 1 + 2 * optimizer.momentum : 1);
    case 'rmsprop':
      return 2 * (1 + optimizer.momentum);
    case 'muon':
    case 'shampoo':
    case 'lbfgs':
      return Number.NaN;
    default:
      return 'beta1' in optimizer ? (2 * (1 + optimizer.beta1)) / (1 - optimizer.beta1) : 2;
  }
}

/**
 * Whether an update raised its own batch's loss beyond what the curvature bears, or by as much as there was to learn,
 * by the options of learning-rate-too-high.
 */
export function overshoots(
  { lossBefore, lossAfter, beyondStable }: ProbedUpdate,
  reference: number,
  optionOf: RuleContext['optionOf'],
): boolean {
  const rise = (lossAfter - lossBefore) / reference;
  return (
    lossAfter > lossBefore &&
    (beyondStable >= optionOf('learning-rate-too-high', 'beyondStable') ||
      rise >= optionOf('learning-rate-too-high', 'rise'))
  );
}

export function updateCourse(model: ModelSpec, history: RunHistory): UpdateCourse {
  const critical = criticalCurvature(model);
  const probed = history.records.flatMap(record => probedUpdate(record, critical));
  const downhill = probed.filter(({ reach }) => reach >= 0);
  const pairs = history.records.filter(({ gradientPair }) => gradientPair !== undefined);
  return {
    probed,
    reach: median(downhill.map(({ reach }) => reach)),
    gainInReach: median(downhill.map(({ gainInReach }) => gainInReach).filter(Number.isFinite)),
    agreement: median(
      pairs.map(({ gradientPair, gradientNorm }) => gradientPair!.product / (gradientPair!.otherNorm * gradientNorm)),
    ),
    noiseScale: noiseScale(
      pairs.filter(({ step }) => step <= Math.max(EARLY_STEPS, history.layout.steps / 4)),
      examplesPerStep(model, history.layout),
    ),
  };
}

function probedUpdate(record: StepRecord, critical: number): ProbedUpdate[] {
  const { updateEffect: effect, step, loss, learningRate } = record;
  if (effect === undefined) return [];
  const curvature = effect.slopeAfter - effect.slopeBefore;
  return [
    {
      step,
      lossBefore: loss,
      lossAfter: effect.loss,
      beyondStable: (learningRate * curvature) / effect.preconditionedSquare / critical,
      // A rate that has decayed to nothing makes no update at all.
      reach: effect.slopeBefore === 0 ? 0 : curvature / -effect.slopeBefore,
      gainInReach: curvature > 0 ? effect.slopeBefore ** 2 / (2 * curvature) / loss : Number.NaN,
    },
  ];
}

/**
 * E g·g' = ‖G‖² and E ‖g‖² = ‖G‖² + tr(Σ) / B for two batches of B examples. Every pair weighs alike, whatever its
 * norm.
 */
function noiseScale(pairs: readonly StepRecord[], batch: number): number {
  const cosines = pairs
    .map(({ gradientPair, gradientNorm }) => {
      const squares = (gradientPair!.otherNorm ** 2 + gradientNorm ** 2) / 2;
      return gradientPair!.product / squares;
    })
    .filter(Number.isFinite);
  if (cosines.length < MINIMUM_PAIRS) return Number.NaN;
  const signal = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  return signal > 0 ? (batch * Math.max(0, 1 - signal)) / signal : Number.POSITIVE_INFINITY;
}
