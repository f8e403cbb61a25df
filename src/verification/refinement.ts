/** What else is worth a training once it is known how the cures that a rule names do. */
import { otherFixes } from '../fixes/propose';
import { candidateOf, type Candidate, type CandidateResult } from './candidate';
import { foundAgain } from './effect';
import { candidateFor, distinct, pairsOf } from './pairs';
import { isRate, otherRates } from './rate-search';
import type { FaultyRun } from './verify-fixes';

/** A run that leaves more of a constant prediction's loss than this has only begun to learn: other seeds may not begin. */
const WELL = 0.5;
/** Cures without the fault that are tried with another optimizer. */
const CLEAN = 2;

/**
 * Asked again and again with what is known by then, gives, each until it has no more to give:
 *
 * 1. the rest of the catalogue, where no cure that the rule names trains;
 * 2. other learning rates than the one that a rule about the rate comes to, in steps of about √10, as long as they get better;
 * 3. where no cure trains well with every seed: those that take the fault away, with another optimizer; pairs of the best; then
 *    other rates with the best of all, and with the other optimizer.
 */
export class Refinement {
  private readonly known: Candidate[];
  private areOthersTried = false;
  private arePairsTried = false;

  constructor(private readonly faulty: FaultyRun, first: readonly Candidate[]) {
    this.known = [...first];
  }

  /** @param ranked of all candidates that are still in the race, best first */
  next(ranked: readonly CandidateResult[]): readonly Candidate[] {
    const added = this.others(ranked) ?? this.rates(ranked) ?? this.together(ranked) ?? [];
    this.known.push(...added);
    return added;
  }

  private others(ranked: readonly CandidateResult[]): readonly Candidate[] | undefined {
    if (this.areOthersTried || ranked.some(({ trainsIn }) => trainsIn > 0)) return undefined;
    this.areOthersTried = true;
    const { document } = this.faulty;
    return this.fresh(otherFixes(this.faulty).map(({ id, title, edits }) => candidateOf(document, [{ id }], title, edits)));
  }

  private rates(ranked: readonly CandidateResult[]): readonly Candidate[] | undefined {
    return this.faulty.finding.fixes.some(isRate) ? this.fresh(otherRates(this.faulty, [], ranked, this.known)) : undefined;
  }

  private together(ranked: readonly CandidateResult[]): readonly Candidate[] | undefined {
    const { rule } = this.faulty.finding;
    const byMerit = ranked.filter((result) => result.seeds > 0 && result.problem === undefined)
      .toSorted((one, other) => other.trainsIn / other.seeds - one.trainsIn / one.seeds || foundAgain(one, rule) - foundAgain(other, rule));
    const [best] = byMerit;
    if (best === undefined || (best.trainsIn === best.seeds && best.relativeLoss < WELL)) return undefined;
    if (!this.arePairsTried) {
      this.arePairsTried = true;
      const clean = byMerit.filter((result) => foundAgain(result, rule) === 0 && !result.fixes.some(isRate)).slice(0, CLEAN);
      const faster = clean.map(({ parts }) => candidateFor(this.faulty, [...parts, { id: 'adaptive-optimizer' }]));
      const singles = byMerit.filter(({ parts }) => parts.length === 1);
      const pairs = this.fresh([...faster, ...pairsOf(this.faulty, singles, this.known)]);
      if (pairs !== undefined) return pairs;
    }
    return this.fresh(otherRates(this.faulty, best.parts.filter(({ id }) => !isRate(id)), ranked, this.known))
      ?? this.fresh(otherRates(this.faulty, [{ id: 'adaptive-optimizer' }], ranked, this.known));
  }

  private fresh(candidates: readonly (Candidate | undefined)[]): readonly Candidate[] | undefined {
    const fresh = distinct(candidates, this.faulty.document.text, this.known);
    return fresh.length === 0 ? undefined : fresh;
  }
}
