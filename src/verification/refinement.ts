/** Proposes further candidates once the cures that a rule names are measured. */
import { causalFixes, type FixId } from '../diagnosis/finding';
import type { FixPart } from '../fixes/fix';
import { ordinaryOf } from '../fixes/optimization/ordinary-rate';
import { otherFixes } from '../fixes/propose';
import type { ModelSpec } from '../model/model-spec';
import { candidatesOf, nameOf, type Candidate } from './candidate';
import { isSound, type CandidateResult } from './candidate-result';
import { ADAM, pairsOf, triplesOf } from './combinations';
import { candidateFor, distinct } from './compose-candidates';
import { isCauseWithSettings, isSetting } from './cure-order';
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

/** The rate at which adam trains most of small models in a few hundred steps, as `npm run defaults` measures. */
const FAST_ADAM = 0.01;
/** Pairs that undo the cause that are tried with other rates. */
const PAIRS_WITH_RATES = 2;
/** A rate within this factor of the ordinary one is found by going on from it. */
const FAR_OFF = 10;

interface Stage {
  readonly give: (ranked: readonly CandidateResult[]) => readonly (Candidate | undefined)[];
  /** Whether it goes on from what its last candidates showed; every other stage has all it gives at once. */
  readonly isSearch?: boolean;
}

/**
 * Gives more candidates as long as no cure trains well with every seed, or is on its way to. Each call goes on from
 * what is known by then, and moves to the next stage when one has no more to give:
 *
 * 1. where no edit that undoes the cause trains, whatever else does: other edits that undo it, then the best of them
 *    with another rate or
 *    optimizer;
 * 2. the rest of the catalog;
 * 3. other learning rates than the one that a rule about the rate comes to, in steps of about √10; these also where
 *    that trains
 *    well, as long as they get better;
 * 4. pairs: first with a cure that undoes the cause, then of the best;
 * 5. other rates with the best pair that undoes the cause, with the best of all, and with another optimizer;
 * 6. triples of the best pairs and single cures;
 * 7. more steps for the best whose loss still falls.
 */
export class Refinement {
  private readonly known: Candidate[];
  /** While no edit that undoes the cause trains. */
  private readonly causeStages: Stage[];
  /** While nothing trains. */
  private readonly stages: Stage[];
  private readonly causes: readonly FixId[];
  /** Names of cures whose rates were searched. */
  private readonly searched = new Set<string>();

  constructor(
    private readonly faulty: FaultyRun,
    first: readonly Candidate[],
  ) {
    this.known = [...first];
    this.causes = causalFixes(faulty.finding);
    this.causeStages = [{ give: () => this.otherCauses() }, this.causeWithSettings()];
    this.stages = [
      { give: () => candidatesOf(faulty, otherFixes(faulty)) },
      { give: ranked => this.ratesOfRule(ranked), isSearch: true },
      { give: ranked => pairsOf(faulty, ranked, this.known) },
      ...Array.from({ length: PAIRS_WITH_RATES }, () =>
        this.ratesWith(ranked =>
          ranked.find(result => result.causal && result.parts.filter(({ id }) => !isSetting(id)).length === 2),
        ),
      ),
      this.ratesWith(([best]) => best),
      { give: ranked => otherRates(faulty, [ADAM], ranked, this.known), isSearch: true },
      { give: ranked => triplesOf(faulty, ranked, this.known) },
      { give: ranked => this.longer(ranked) },
    ];
  }

  /** @param ranked all candidates, best first */
  next(ranked: readonly CandidateResult[]): readonly Candidate[] {
    const causeTrains = ranked.some(result => isEnough(result) && isCauseWithSettings(result, this.causes));
    const ofCause = causeTrains ? [] : this.goOn(this.causeStages, ranked);
    if (ofCause.length > 0) return ofCause;
    return ranked.some(isEnough) ? this.take(this.ratesOfRule(ranked)) : this.goOn(this.stages, ranked);
  }

  /** Takes from the first stage that has something to give, and drops those that have not. */
  private goOn(stages: Stage[], ranked: readonly CandidateResult[]): readonly Candidate[] {
    for (;;) {
      const [stage] = stages;
      if (stage === undefined) return [];
      const added = this.take(stage.give(ranked));
      if (added.length === 0 || !stage.isSearch) stages.shift();
      if (added.length > 0) return added;
    }
  }

  private ratesOfRule(ranked: readonly CandidateResult[]): readonly Candidate[] {
    return this.causes.some(isRate) ? otherRates(this.faulty, [], ranked, this.known) : [];
  }

  /** Edits that undo the cause and that the rule does not name, since its own ones come first. */
  private otherCauses(): readonly Candidate[] {
    return candidatesOf(
      this.faulty,
      otherFixes(this.faulty).filter(({ id }) => this.causes.includes(id)),
    );
  }

  /**
   * Tries the best edit that undoes the cause with another optimizer, and with other rates as long as those get better.
   */
  private causeWithSettings(): Stage {
    let cause: readonly FixPart[] | undefined;
    const begin = (ranked: readonly CandidateResult[]): readonly (Candidate | undefined)[] => {
      const best = ranked.find(
        ({ parts, causal, seeds, problem }) =>
          parts.length === 1 && causal && seeds > 0 && problem === undefined && !isSetting(parts[0].id),
      );
      cause = best?.parts;
      return best === undefined
        ? []
        : [ADAM, { ...ADAM, value: FAST_ADAM }, ...ordinaryRateOf(this.faulty.model)].map(setting =>
            candidateFor(this.faulty, [...best.parts, setting]),
          );
    };
    return {
      give: ranked => {
        const first = cause === undefined ? begin(ranked) : [];
        return cause === undefined ? [] : [...first, ...otherRates(this.faulty, cause, ranked, this.known)];
      },
      isSearch: true,
    };
  }

  /** Searches with the parts of what `best` gives at first, until the search has ended. */
  private ratesWith(best: (ranked: readonly CandidateResult[]) => CandidateResult | undefined): Stage {
    let base: readonly FixPart[] | undefined;
    return {
      give: ranked => {
        base ??= best(ranked.filter(({ seeds, name }) => seeds > 0 && !this.searched.has(name)))?.parts.filter(
          ({ id }) => !isRate(id),
        );
        if (base !== undefined) this.searched.add(nameOf(base));
        return base === undefined ? [] : otherRates(this.faulty, base, ranked, this.known);
      },
      isSearch: true,
    };
  }

  private longer(ranked: readonly CandidateResult[]): readonly (Candidate | undefined)[] {
    return ranked
      .filter(result => result.learnsIn > 0 && stillFalls(result))
      .slice(0, LONGER)
      .map(({ parts }) =>
        candidateFor(this.faulty, [...parts, { id: 'more-steps', value: TIMES_THE_STEPS * this.faulty.model.steps }]),
      );
  }

  private take(candidates: readonly (Candidate | undefined)[]): readonly Candidate[] {
    const fresh = distinct(candidates, this.faulty.source.text, this.known);
    this.known.push(...fresh);
    return fresh;
  }
}

function isEnough(result: CandidateResult): boolean {
  return (
    isSound(result) && (result.relativeLoss <= TRAINS_WELL || (result.relativeLoss <= ON_ITS_WAY && stillFalls(result)))
  );
}

/**
 * The ordinary rate of the optimizer where the present one is far off, and a search in small steps would not get there.
 */
function ordinaryRateOf({ optimizer }: ModelSpec): readonly FixPart[] {
  const ordinary = ordinaryOf(optimizer);
  const rate = optimizer.learningRate;
  if (rate * FAR_OFF <= ordinary) return [{ id: 'raise-learning-rate', value: ordinary }];
  return rate >= FAR_OFF * ordinary ? [{ id: 'lower-learning-rate', value: ordinary }] : [];
}
