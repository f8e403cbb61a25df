/** What else is worth a training once it is known how the cures that a rule names do. */
import { causalFixes } from '../diagnosis/finding';
import type { FixPart } from '../fixes/fix';
import { otherFixes } from '../fixes/propose';
import { candidatesOf, type Candidate } from './candidate';
import { isSound, type CandidateResult } from './candidate-result';
import { pairsOf, triplesOf } from './combinations';
import { candidateFor, distinct } from './compose-candidates';
import { isRate, otherRates } from './rate-search';
import { stillFalls } from './still-falls';
import { TRAINS_WELL } from './training-bar';
import type { FaultyRun } from './verify-fixes';

/** Best candidates whose loss still falls that are tried with more steps. */
const LONGER = 2;
/** A run that leaves at most this much of a constant's loss, and whose loss still falls, only needs to go on. */
const ON_ITS_WAY = 0.75;
/** Times the steps that they get. */
const TIMES_THE_STEPS = 3;

interface Stage {
  readonly give: (ranked: readonly CandidateResult[]) => readonly (Candidate | undefined)[];
  /** Whether it goes on from what its last candidates showed; every other stage has all it gives at once. */
  readonly isSearch?: boolean;
}

/**
 * Gives more candidates as long as no cure trains well with every seed, or is on its way to. Asked again and again with what is known by then, it goes
 * on to its next stage when one has no more to give:
 *
 * 1. the rest of the catalogue;
 * 2. other learning rates than the one that a rule about the rate comes to, in steps of about √10; these also where that trains
 *    well, as long as they get better;
 * 3. pairs: first with a cure that undoes the cause, then of the best;
 * 4. other rates with the best of all, and with another optimizer;
 * 5. triples of the best pair and single cures;
 * 6. more steps for the best whose loss still falls.
 */
export class Refinement {
  private readonly known: Candidate[];
  private readonly stages: Stage[];

  constructor(private readonly faulty: FaultyRun, first: readonly Candidate[]) {
    this.known = [...first];
    const { document, finding } = faulty;
    this.stages = [
      { give: () => candidatesOf({ document, finding }, otherFixes(faulty)) },
      { give: (ranked) => this.ratesOfRule(ranked), isSearch: true },
      { give: (ranked) => pairsOf(faulty, ranked, this.known) },
      this.ratesWithBest(),
      { give: (ranked) => otherRates(faulty, [{ id: 'adaptive-optimizer' }], ranked, this.known), isSearch: true },
      { give: (ranked) => triplesOf(faulty, ranked, this.known) },
      { give: (ranked) => this.longer(ranked) },
    ];
  }

  /** @param ranked all candidates, best first */
  next(ranked: readonly CandidateResult[]): readonly Candidate[] {
    if (ranked.some(isEnough)) return this.take(this.ratesOfRule(ranked));
    for (;;) {
      const [stage] = this.stages;
      if (stage === undefined) return [];
      const added = this.take(stage.give(ranked));
      if (added.length === 0 || !stage.isSearch) this.stages.shift();
      if (added.length > 0) return added;
    }
  }

  private ratesOfRule(ranked: readonly CandidateResult[]): readonly Candidate[] {
    return causalFixes(this.faulty.finding).some(isRate) ? otherRates(this.faulty, [], ranked, this.known) : [];
  }

  /** Searches with the best of all, which stays the same until the search has ended. */
  private ratesWithBest(): Stage {
    let base: readonly FixPart[] | undefined;
    return {
      give: (ranked) => {
        base ??= ranked.find((result) => result.seeds > 0)?.parts.filter(({ id }) => !isRate(id));
        return base === undefined ? [] : otherRates(this.faulty, base, ranked, this.known);
      },
      isSearch: true,
    };
  }

  private longer(ranked: readonly CandidateResult[]): readonly (Candidate | undefined)[] {
    return ranked.filter((result) => result.learnsIn > 0 && stillFalls(result)).slice(0, LONGER).map(({ parts }) =>
      candidateFor(this.faulty, [...parts, { id: 'more-steps', value: TIMES_THE_STEPS * this.faulty.model.steps }]));
  }

  private take(candidates: readonly (Candidate | undefined)[]): readonly Candidate[] {
    const fresh = distinct(candidates, this.faulty.document.text, this.known);
    this.known.push(...fresh);
    return fresh;
  }
}

function isEnough(result: CandidateResult): boolean {
  return isSound(result) && (result.relativeLoss <= TRAINS_WELL || (result.relativeLoss <= ON_ITS_WAY && stillFalls(result)));
}
