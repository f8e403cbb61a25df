/** The effect of a cure, in words for the title of a code action. */
import { isAlarm, type RuleId } from '../diagnosis/finding';
import { isSound, type CandidateResult } from './candidate-result';
import { ruleMeta } from '../diagnosis/rules/index';

/** Less than so much of the loss is clearly less, beyond the noise of batches and seeds. */
const CLEARLY_LESS = 0.9;
/** Reaching the same loss in so many of the steps is clearly sooner. */
const CLEARLY_SOONER = 0.75;
/** Within the noise of batches and seeds. */
const NO_WORSE = 1.05;

/**
 * - `cures`: trains with every seed that was tried, fresh ones too, which the original does not;
 * - `improves`: trains with more seeds than the original or with as many, but clearly further down or sooner there; or
 *   does not
 *   train either, but learns in at least as many seeds, and clearly further down;
 * - `removes`: the fault is gone with every seed, no other came (unless it undoes the cause), and the loss is no worse,
 *   but it does
 *   not learn yet;
 * - `none`: neither; `unknown`: not measured.
 */
export type Effect = 'cures' | 'improves' | 'removes' | 'none' | 'unknown';

/** Holds a cure against the original on the same seeds. */
export function effectOf(result: CandidateResult, baseline: CandidateResult, rule: RuleId): Effect {
  if (result.seeds === 0 || baseline.seeds === 0 || result.problem !== undefined) return 'unknown';
  // The original may have been tried with more seeds than a cure that was dropped.
  const share = baseline.trainsIn / baseline.seeds;
  if (isSound(result) && share < 1) return 'cures';
  const trained = result.trainsIn / result.seeds;
  if (trained > share) return 'improves';
  const isLower =
    result.relativeLoss < CLEARLY_LESS * baseline.relativeLoss ||
    (Number.isFinite(result.relativeLoss) && !Number.isFinite(baseline.relativeLoss));
  if (trained < share) return 'none';
  const learns = result.learnsIn / result.seeds;
  if (learns > 0 && learns >= baseline.learnsIn / baseline.seeds && (isLower || isSooner(result, baseline)))
    return 'improves';
  // Where the cause is undone, what is found instead is another fault, which was there all along.
  const isQuiet = result.causal
    ? foundAgain(result, rule) === 0
    : result.trials.every(({ findings }) => !findings.some(isAlarm));
  const isGone =
    foundAgain(baseline, rule) === baseline.seeds &&
    isQuiet &&
    (!Number.isFinite(baseline.relativeLoss) || result.relativeLoss <= NO_WORSE * baseline.relativeLoss) &&
    Number.isFinite(result.relativeLoss);
  return learns === 0 && isGone ? 'removes' : 'none';
}

/** Seeds in which the diagnosis still names the rule, in a warning or an error. */
export function foundAgain(result: CandidateResult, rule: RuleId): number {
  return result.trials.filter(({ findings }) => findings.some(finding => finding.rule === rule && isAlarm(finding)))
    .length;
}

/**
 * The effect in words: "trains with 3 of 3 fresh seeds, loss 0.48 → 0.02", "removes the explosion through time; does not
 * learn yet (0.163, constant 0.165)". Losses of different kinds are multiples of the constant prediction's.
 */
export function effectText(result: CandidateResult, baseline: CandidateResult, rule: RuleId): string {
  const { comparable, seeds, trainsIn, learnsIn, fresh } = result;
  const effect = effectOf(result, baseline, rule);
  const removal =
    effect === 'removes' || (trainsIn === 0 && foundAgain(result, rule) === 0 && foundAgain(baseline, rule) > 0)
      ? `removes ${ruleMeta(rule).noun}; `
      : '';
  if (learnsIn === 0 && trainsIn === 0) {
    return `${removal}does not learn yet (${lossText(result.finalLoss)}, constant ${lossText(result.constantLoss)})`;
  }
  const end = fresh !== undefined && isSound(result) ? fresh : result;
  const loss = comparable
    ? `loss ${lossText(baseline.finalLoss)} → ${lossText(end.finalLoss)}`
    : `loss ${lossText(baseline.relativeLoss)} → ${lossText(end.relativeLoss)} times a constant's`;
  if (trainsIn === 0) return `${removal}learns with ${seedsText(learnsIn, seeds)} but does not train well yet, ${loss}`;
  if (fresh === undefined) return `trains with ${seedsText(trainsIn, seeds)}, ${loss}`;
  return isSound(result)
    ? `trains with ${seedsText(fresh.trainsIn, fresh.seeds, 'fresh ')}, ${loss}`
    : `trains with ${seedsText(trainsIn + fresh.trainsIn, seeds + fresh.seeds)}, ${loss}`;
}

/** Writes a loss with three digits: 1387, 22, 0.0314, 1.2e9. */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return 'not finite';
  const size = Math.abs(loss);
  if (size >= 100 && size < 1e6) return String(Math.round(loss));
  if (size > 0 && (size < 1e-3 || size >= 1e6)) return loss.toExponential(1).replace('e+', 'e').replace('.0e', 'e');
  return String(Number(loss.toPrecision(3)));
}

function isSooner({ stepsToBaseline }: CandidateResult, baseline: CandidateResult): boolean {
  return (
    baseline.stepsToBaseline !== undefined &&
    stepsToBaseline !== undefined &&
    stepsToBaseline < CLEARLY_SOONER * baseline.stepsToBaseline
  );
}

function seedsText(count: number, of: number, kind = ''): string {
  return `${count} of ${of} ${kind}${of === 1 ? 'seed' : 'seeds'}`;
}
