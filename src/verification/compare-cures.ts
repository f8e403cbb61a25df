import { causalFixes, type FixId } from '../diagnosis/finding';
import { FIX_MAKERS } from '../fixes/catalog';
import type { Ending } from './board';
import type { Candidate } from './candidate';
import { isSound, type CandidateResult } from './candidate-result';
import { pairsOf } from './combinations';
import { candidateFor, distinct } from './compose-candidates';
import { bestOfKind, orderCures } from './cure-order';
import { effectOf, type Effect } from './effect';
import { measureCandidates, type MeasureOptions } from './measure-candidates';
import { isRate, otherRates } from './rate-search';
import { TRAINS_WELL } from './training-bar';
import type { RunTrial } from './trial';
import type { FaultyRun } from './verify-fixes';

/** A line of the comparison. */
export interface ComparedCure extends CandidateResult {
  readonly effect: Effect;
}

/** The original against every cure that applies, and pairs of the best where no single one trains well. Plain data. */
export interface Comparison {
  readonly baseline: CandidateResult;
  /** Cures that undo the cause and train come first, then the others, best first. */
  readonly cures: readonly ComparedCure[];
  /** Relative loss up to which a run trains: see `trainingBar`. */
  readonly bar: number;
  readonly ended: Ending;
}

/**
 * Trains every cure of the catalog that applies to the run, whether or not the rule names it, in the order of the
 * rule first; and other rates where the rate is the cause, of which the best is told, and pairs of the best where no
 * single one trains well. Measures as `verifyFixes` does.
 *
 * @throws what `run` rejects with for the original model
 */
export async function compareCures(
  faulty: FaultyRun,
  run: RunTrial,
  options: Omit<MeasureOptions, 'more'>,
): Promise<Comparison> {
  const { source, finding } = faulty;
  const ids = [...new Set([...finding.fixes, ...(Object.keys(FIX_MAKERS) as FixId[])])];
  const singles = distinct(
    ids.map(id => candidateFor(faulty, [{ id }])),
    source.text,
  );
  const known = [...singles];
  const seeksRate = causalFixes(finding).some(isRate);
  let isPaired = false;
  const more = (ranked: readonly CandidateResult[]): readonly Candidate[] => {
    const rates = seeksRate ? distinct(otherRates(faulty, [], ranked, known), source.text, known) : [];
    if (rates.length > 0) return rates;
    const trainsWell = ranked.some(result => isSound(result) && result.relativeLoss <= TRAINS_WELL);
    if (isPaired || trainsWell) return [];
    isPaired = true;
    return pairsOf(faulty, ranked, known);
  };
  const inOrder = (results: readonly CandidateResult[]): readonly CandidateResult[] =>
    orderCures(bestOfKind(results), source.text, finding);
  const measured = await measureCandidates(faulty.model, singles, run, {
    choose: inOrder,
    fresh: options.seeds,
    ...options,
    more: ranked => {
      const added = more(ranked);
      known.push(...added);
      return added;
    },
  });
  const { baseline, candidates, bar, ended } = measured;
  const cures = inOrder(candidates).map(result => ({ ...result, effect: effectOf(result, baseline, finding.rule) }));
  return { baseline, cures, bar, ended };
}
