/**
 * Measures the cost of a fault in a run that trains all the same: the cure of its cause, measured with the same seeds.
 */
import { suspect } from '../diagnosis/diagnose';
import { causalFixes, type Finding } from '../diagnosis/finding';
import { proposeFixes } from '../fixes/propose';
import { candidatesOf } from './candidate';
import type { CandidateResult } from './candidate-result';
import { lossText } from './effect';
import { measureCandidates, type MeasureOptions } from './measure-candidates';
import type { RunTrial } from './trial';
import type { FaultyRun } from './verify-fixes';

/** Fewer pairs of trainings do not tell an effect from chance. */
const MINIMUM_SEEDS = 3;
/** A cure that leaves more than this share of the loss is no reason for an alarm about a run that trains. */
const CLEARLY_BETTER = 0.7;
/** Standard errors that the mean of the paired differences has to be below zero. */
const BEYOND_NOISE = 2;
/** Cures of one suspicion that are measured. */
const MAXIMUM_CURES = 2;

/**
 * Measures the counterfactual of each suspicion (see `suspect`), the likeliest first: the cure of its cause against the
 * original, seed by seed. Resolves with the first whose cure ends clearly better, as a warning that says by how much;
 * with `undefined` where none does, where there is nothing to suspect, or where time runs out.
 *
 * @throws what `run` rejects with for the original model
 */
export async function measurePartialHarm(
  { source, model, history }: Omit<FaultyRun, 'finding'>,
  run: RunTrial,
  options: Omit<MeasureOptions, 'more' | 'keep' | 'fresh'>,
): Promise<Finding | undefined> {
  if (options.seeds < MINIMUM_SEEDS) return undefined;
  for (const finding of suspect(model, history, options.settings)) {
    const faulty = { source, model, history, finding };
    const causal = causalFixes(finding);
    const candidates = candidatesOf(
      faulty,
      proposeFixes(faulty)
        .filter(({ id }) => causal.includes(id))
        .slice(0, MAXIMUM_CURES),
    );
    if (candidates.length === 0) continue;
    const measured = await measureCandidates(model, candidates, run, options);
    if (measured.ended !== 'complete') return undefined;
    const better = measured.candidates
      .filter(result => effectOnLoss(result, measured.baseline).isClear)
      .sort((one, other) => one.relativeLoss - other.relativeLoss);
    if (better[0] !== undefined) return asFinding(finding, better[0], measured.baseline);
  }
  return undefined;
}

/** The cure's loss over the original's with the same seed, as a geometric mean, and whether it is clearly below 1. */
export function effectOnLoss(
  result: Pick<CandidateResult, 'trials'>,
  baseline: Pick<CandidateResult, 'trials'>,
): { readonly factor: number; readonly isClear: boolean } {
  const logs = result.trials.flatMap(({ seed, relativeLoss }) => {
    const before = baseline.trials.find(trial => trial.seed === seed);
    return before === undefined ? [] : [Math.log(relativeLoss / before.relativeLoss)];
  });
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  const isClear =
    logs.length >= MINIMUM_SEEDS &&
    mean <= Math.log(CLEARLY_BETTER) &&
    mean + BEYOND_NOISE * Math.sqrt(variance / logs.length) < 0 &&
    logs.every(log => log < 0);
  return { factor: Math.exp(mean), isClear };
}

function asFinding(suspicion: Finding, cure: CandidateResult, baseline: CandidateResult): Finding {
  const { comparable, seeds, finalLoss, relativeLoss, title } = cure;
  const loss = comparable
    ? `at ${lossText(finalLoss)} instead of ${lossText(baseline.finalLoss)}`
    : `at ${lossText(relativeLoss)} of a constant's loss instead of ${lossText(baseline.relativeLoss)}`;
  const fixes = [...cure.fixes, ...suspicion.fixes.filter(id => !cure.fixes.includes(id))];
  return {
    ...suspicion,
    message: `${suspicion.message} Measured: "${title}" ends ${loss} with ${seeds} of ${seeds} seeds.`,
    measured: { ...suspicion.measured, lossBefore: baseline.finalLoss, lossAfter: finalLoss, seedsTried: seeds },
    fixes,
    causal: cure.fixes,
  };
}
