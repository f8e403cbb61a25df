import { isFiniteRecord } from '../../record/finite';
import { median } from '../../record/median';
import { largestMultiplier } from '../../record/rate-metric';
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import type { RunLayout, StepRecord } from '../../record/step-record';
import { calmSteps, OUTBREAK } from '../evidence/calm-steps';
import type { FixContext } from '../fix-context';
import { roundDown } from '../round-down';
import { FIRST_STEPS, isProportional, weightsOf } from '../evidence/step-size';

/**
 * Relative change of the weights in an update that training withstands: the upper end of the customary 1e-3 to 1e-2.
 */
const SOUND_CHANGE = 1e-2;
/**
 * A norm c is of ordinary size while an update that takes a thousandth off the weights, ‖w‖ / 1000, changes the loss by
 * no more than the loss itself, by first order: c ‖w‖ / 1000 ≤ loss. Networks that train are at 1 to 100 of that 1000.
 */
const LARGEST_SIZE = 1000;
/** AutoClip's percentile of past norms (Seetharaman et al. 2020). */
const AUTOCLIP = 0.1;

/**
 * The norm to clip gradients to, from the run's own records; two significant digits. `undefined` where no gradient was
 * finite, none was there, or the limit would be of no ordinary size: then the cause is to be cured.
 *
 * It is never above the typical norm of the calm part of the run, the median (Pascanu, Mikolov and Bengio 2013 advise
 * half to ten times the average norm). Where the run was never calm, that norm itself is too large, so it is bounded by
 * what a step may do:
 *
 * - sgd: c such that an update rate · g changes the weights w by no more than 1e-2 of their norm, before momentum adds
 *   up: c =
 *   1e-2 ‖w‖ / rate, the median over the first ten steps, before wild updates have changed the weights;
 * - the others, whose updates do not depend on the size of gradients but on how much they vary: the 10th
 *   percentile of the finite norms, as AutoClip has it, so that rare large gradients weigh no more than the others.
 */
export function clipThreshold({ model, history }: FixContext): number | undefined {
  const finite = history.records.filter(record => isFiniteRecord(record) && record.gradientNorm > 0);
  const calm = calmSteps(history);
  if (calm.length === 0) {
    return undefined;
  }
  const typical = typicalNorm(calm.map(record => record.gradientNorm));
  const bound = isProportional(model)
    ? median(calm.slice(0, FIRST_STEPS).map(record => soundNorm(model, history.layout, record)))
    : quantile(
        finite.map(record => record.gradientNorm),
        AUTOCLIP,
      );
  const threshold = roundDown(Number.isNaN(bound) ? typical : Math.min(typical, bound), 2);
  return threshold > 0 && isOrdinary(threshold, history) ? threshold : undefined;
}

/**
 * Whether a limit is one that an engineer would write down: see `LARGEST_SIZE`. A run that was never calm has others.
 */
function isOrdinary(norm: number, { layout, records }: RunHistory): boolean {
  const [first] = records;
  const weights = Math.hypot(...weightsOf(layout).map(index => first.parameterNorms[index]));
  return (
    norm * weights <= LARGEST_SIZE * Math.max(layout.trivialLoss ?? 0, Number.isFinite(first.loss) ? first.loss : 0)
  );
}

/** Elements of all trained parameters together. */
export function parameterCount(layout: RunLayout): number {
  return layout.parameters
    .filter(({ trainable }) => trainable)
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}

/**
 * The median; where the first norm is ten times that, what came later is only the aftermath, and the first steps count.
 */
function typicalNorm(norms: readonly number[]): number {
  const typical = median(norms);
  return norms[0] > OUTBREAK * typical ? median(norms.slice(0, FIRST_STEPS)) : typical;
}

/** The norm of which an update changes all weights together by `SOUND_CHANGE`. */
function soundNorm(model: ModelSpec, layout: RunLayout, record: StepRecord): number {
  const weights = Math.hypot(...weightsOf(layout).map(index => record.parameterNorms[index]));
  return weights > 0
    ? (SOUND_CHANGE / (model.optimizer.learningRate * largestMultiplier(layout))) * weights
    : Number.NaN;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(share * (sorted.length - 1))];
}
