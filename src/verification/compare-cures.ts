import type { FixId } from '../diagnosis/finding';
import { FIX_MAKERS } from '../fixes/catalogue';
import type { CandidateResult } from './candidate';
import { effectOf, type Effect } from './effect';
import { measureCandidates, rank, type Ending, type MeasureOptions } from './measure-candidates';
import { candidateFor, distinct, pairsOf } from './pairs';
import type { RunTrial } from './trial';
import type { FaultyRun } from './verify-fixes';

/** A line of the comparison. */
export interface ComparedCure extends CandidateResult {
  readonly effect: Effect;
}

/** The original against every cure that applies, and pairs of the best. Plain data. */
export interface Comparison {
  readonly baseline: CandidateResult;
  /** Best first. */
  readonly cures: readonly ComparedCure[];
  readonly ended: Ending;
}

/**
 * Trains every cure of the catalogue that applies to the run, whether or not the rule names it, and pairs of the best of them.
 *
 * @throws what `run` rejects with for the original model
 */
export async function compareCures(faulty: FaultyRun, run: RunTrial, options: Omit<MeasureOptions, 'more'>): Promise<Comparison> {
  const ids = Object.keys(FIX_MAKERS) as FixId[];
  const singles = distinct(ids.map((id) => candidateFor(faulty, [{ id }])), faulty.document.text);
  let isPaired = false;
  const measured = await measureCandidates(faulty.model, singles, run, {
    ...options,
    more: (ranked) => {
      const pairs = isPaired ? [] : pairsOf(faulty, ranked, singles);
      isPaired = true;
      return pairs;
    },
  });
  const { baseline, candidates, ended } = measured;
  const cures = rank(candidates).map((result) => ({ ...result, effect: effectOf(result, baseline, faulty.finding.rule) }));
  return { baseline, ended, cures };
}
