/** Every rule. Of two that could explain each other the earlier one is the likelier root: see `explanations.ts`. */
import type { Rule, RuleMeta } from '../rule';
import { batchTooNoisy } from './batch-too-noisy';
import { clipAlwaysBinds } from './clip-always-binds';
import { clipNeverBinds } from './clip-never-binds';
import { deadOutput } from './dead-output';
import { deadRelu } from './dead-relu';
import { degenerateBatchNorm } from './degenerate-batch-norm';
import { depthBeyondSignal } from './depth-beyond-signal';
import { divergingLoss } from './diverging-loss';
import { divergingParameters } from './diverging-parameters';
import { explodingGradient } from './exploding-gradient';
import { explodingThroughTime } from './exploding-through-time';
import { forwardExplosion } from './forward-explosion';
import { learningRateTooHigh } from './learning-rate-too-high';
import { learningRateTooLow } from './learning-rate-too-low';
import { lossOutputMismatch } from './loss-output-mismatch';
import { missingNormalization } from './missing-normalization';
import { nonFinite } from './non-finite';
import { notLearning } from './not-learning';
import { oscillatingLoss } from './oscillating-loss';
import { overfitting } from './overfitting';
import { overRegularization } from './over-regularization';
import { poorInitialization } from './poor-initialization';
import { postNormWithoutWarmUp } from './post-norm-without-warm-up';
import { saturatedActivation } from './saturated-activation';
import { silentDeath } from './silent-death';
import { slowConvergence } from './slow-convergence';
import { unscaledInput } from './unscaled-input';
import { unscaledTarget } from './unscaled-target';
import { vanishingGradient } from './vanishing-gradient';
import { vanishingThroughTime } from './vanishing-through-time';

const rules = [
  lossOutputMismatch,
  deadOutput,
  degenerateBatchNorm,
  unscaledInput,
  unscaledTarget,
  explodingThroughTime,
  missingNormalization,
  depthBeyondSignal,
  forwardExplosion,
  overRegularization,
  postNormWithoutWarmUp,
  learningRateTooHigh,
  explodingGradient,
  poorInitialization,
  deadRelu,
  saturatedActivation,
  vanishingGradient,
  vanishingThroughTime,
  clipAlwaysBinds,
  learningRateTooLow,
  divergingLoss,
  divergingParameters,
  oscillatingLoss,
  nonFinite,
  silentDeath,
  batchTooNoisy,
  clipNeverBinds,
  slowConvergence,
  overfitting,
  notLearning,
] as const;

/** The name of a rule, which is also that of its file, its page and its test. */
export type RuleId = (typeof rules)[number]['meta']['id'];

/** The names of a rule's options. */
export type OptionName<Id extends RuleId> = Extract<
  (typeof rules)[number],
  { readonly meta: { readonly id: Id } }
>['meta']['options'][number]['name'];

export const RULES: readonly Rule[] = rules;

const metas: ReadonlyMap<RuleId, RuleMeta> = new Map(RULES.map(({ meta }) => [meta.id, meta]));

/** Returns the description of a rule. @throws RangeError for a name that is no rule's */
export function ruleMeta(id: RuleId): RuleMeta {
  const meta = metas.get(id);
  if (meta === undefined) throw new RangeError(`There is no rule ${id}.`);
  return meta;
}
