/** What a cure did, in words for the title of a code action. */
import type { Finding, RuleId } from '../diagnosis/finding';
import type { CandidateResult } from './candidate';

/** Less than so much of the loss is clearly less, beyond the noise of batches and seeds. */
const CLEARLY_LESS = 0.9;
/** Reaching the same loss in so many of the steps is clearly sooner. */
const CLEARLY_SOONER = 0.75;
/** Within the noise of batches and seeds. */
const NO_WORSE = 1.05;

/**
 * `cures`: trains with more seeds than the original does; `improves`: with as many, but clearly further down or sooner there;
 * `removes`: nothing of that, but with every seed the fault is gone, no other came, and the loss is no worse: what is left is to
 * train for longer;
 * `none`: neither; `unknown`: not trained yet.
 */
export type Effect = 'cures' | 'improves' | 'removes' | 'none' | 'unknown';

export function effectOf(result: CandidateResult, baseline: CandidateResult, rule: RuleId): Effect {
  if (result.seeds === 0 || baseline.seeds === 0) return 'unknown';
  const seeds = new Set(result.trials.map((trial) => trial.seed));
  const before = baseline.trials.filter((trial) => trial.trains && seeds.has(trial.seed)).length;
  if (result.trainsIn > before) return 'cures';
  if (result.trainsIn < before) return 'none';
  const isGone = foundAgain(baseline, rule) === baseline.seeds && result.trials.every(({ findings }) => !findings.some(isAlarm))
    && (!Number.isFinite(baseline.relativeLoss) || result.relativeLoss <= NO_WORSE * baseline.relativeLoss)
    && Number.isFinite(result.relativeLoss);
  if (result.trainsIn === 0) return isGone ? 'removes' : 'none';
  const isLower = result.relativeLoss < CLEARLY_LESS * baseline.relativeLoss;
  const { stepsToBaseline } = result;
  const isSooner = baseline.stepsToBaseline !== undefined && stepsToBaseline !== undefined
    && stepsToBaseline < CLEARLY_SOONER * baseline.stepsToBaseline;
  return isLower || isSooner ? 'improves' : 'none';
}

/** Seeds in which the diagnosis still names the rule, in a warning or an error. */
export function foundAgain(result: CandidateResult, rule: RuleId): number {
  return result.trials.filter(({ findings }) => findings.some((finding) => finding.rule === rule && isAlarm(finding))).length;
}

function isAlarm({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

/** "trains in 5 of 5 seeds, loss 1387 → 22". Losses of different kinds are told as multiples of the constant prediction's. */
export function effectText(result: CandidateResult, baseline: CandidateResult, rule: RuleId): string {
  const loss = result.comparable
    ? `loss ${lossText(baseline.finalLoss)} → ${lossText(result.finalLoss)}`
    : `loss over that of a constant ${lossText(baseline.relativeLoss)} → ${lossText(result.relativeLoss)}`;
  const seeds = `${result.seeds} ${result.seeds === 1 ? 'seed' : 'seeds'}`;
  return effectOf(result, baseline, rule) === 'removes'
    ? `no ${rule} in any of ${seeds}, ${loss}`
    : `trains in ${result.trainsIn} of ${seeds}, ${loss}`;
}

/** Three digits, as people write them: 1387, 22, 0.0314, 1.2e9. */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return 'not finite';
  const size = Math.abs(loss);
  if (size >= 100 && size < 1e6) return String(Math.round(loss));
  if (size > 0 && (size < 1e-3 || size >= 1e6)) return loss.toExponential(1).replace('e+', 'e').replace('.0e', 'e');
  return String(Number(loss.toPrecision(3)));
}
