/** Which cures are worth trying together. */
import { causalFixes, isAlarm, type FixId } from '../diagnosis/finding';
import type { FixPart } from '../fixes/fix';
import type { Candidate } from './candidate';
import type { CandidateResult } from './candidate-result';
import { candidateFor, distinct } from './compose-candidates';
import { foundAgain } from './effect';
import { isRate } from './rate-search';
import type { FaultyRun } from './verify-fixes';

/** Cures that undo the cause that get partners, and the partners of each. */
const CAUSAL = 2;
const PARTNERS = 4;
/** Cures without the fault that are tried with another optimizer. */
const CLEAN = 2;
/** Pairs of the best that are tried, and the cures that they are made of. */
const BEST_PAIRS = 3;
const CONSIDERED = 6;
/** Pairs that get a third cure, and the third cures of each. */
const TRIPLED = 2;
const THIRDS = 3;

/**
 * Pairs that apply together; two normalizations, say, exclude each other. Cures that undo the cause come first, with
 * cures of what is found after them, the best of the others and another optimizer; then those after which the fault is
 * gone, with another optimizer; then pairs of the best.
 *
 * @param ranked best first
 * @param known candidates that a pair must not repeat
 */
export function pairsOf(
  faulty: FaultyRun,
  ranked: readonly CandidateResult[],
  known: readonly Candidate[],
): readonly Candidate[] {
  const { rule } = faulty.finding;
  const singles = singlesOf(ranked);
  const causal = singles.filter(result => result.causal).slice(0, CAUSAL);
  const wanted = new Set(causal.flatMap(foundAfter));
  const partners = singles
    .filter(result => !causal.includes(result))
    .sort((one, other) => Number(wanted.has(other.parts[0].id)) - Number(wanted.has(one.parts[0].id)))
    .slice(0, PARTNERS);
  const withCause = causal.flatMap(one =>
    [{ parts: [ADAM] }, ...causal.filter(other => other !== one), ...partners].map(({ parts }) => [
      ...one.parts,
      ...parts,
    ]),
  );
  const clean = singles
    .filter(result => foundAgain(result, rule) === 0 && !result.fixes.some(isRate))
    .slice(0, CLEAN)
    .map(({ parts }) => [...parts, ADAM]);
  const best = singles.slice(0, CONSIDERED);
  const byRank = best
    .flatMap((one, first) =>
      best
        .slice(first + 1)
        .map((other, next) => ({ parts: [...one.parts, ...other.parts], rank: 2 * first + next + 1 })),
    )
    .sort((one, other) => one.rank - other.rank);
  const first = make(faulty, [...withCause, ...clean], known);
  return [
    ...first,
    ...make(
      faulty,
      byRank.map(({ parts }) => parts),
      [...known, ...first],
      BEST_PAIRS,
    ),
  ];
}

/**
 * The best pairs, those that undo the cause first, each with another optimizer and the best single cures that it does
 * not have.
 */
export function triplesOf(
  faulty: FaultyRun,
  ranked: readonly CandidateResult[],
  known: readonly Candidate[],
): readonly Candidate[] {
  const measured = ranked.filter(result => result.seeds > 0 && result.problem === undefined);
  const pairs = measured
    .filter(({ parts }) => parts.length === 2)
    .sort((one, other) => Number(other.causal) - Number(one.causal))
    .slice(0, TRIPLED);
  const thirds = [{ parts: [ADAM] }, ...singlesOf(ranked)];
  return pairs.flatMap(pair =>
    make(
      faulty,
      thirds.filter(({ parts }) => !pair.fixes.includes(parts[0].id)).map(({ parts }) => [...pair.parts, ...parts]),
      known,
      THIRDS,
    ),
  );
}

/** Another optimizer, which makes steps of a size of its own. */
export const ADAM: FixPart = { id: 'adaptive-optimizer' };

function singlesOf(ranked: readonly CandidateResult[]): readonly CandidateResult[] {
  return ranked.filter(({ parts, seeds, problem }) => parts.length === 1 && seeds > 0 && problem === undefined);
}

/** Cures of what is found first once a cure was applied: a fault that the other one hid. */
function foundAfter({ trials }: CandidateResult): readonly FixId[] {
  return trials.flatMap(({ findings }) => findings.filter(isAlarm).slice(0, 1).flatMap(causalFixes));
}

/** The first `most` that apply and make a text of their own. */
function make(
  faulty: FaultyRun,
  lists: readonly (readonly FixPart[])[],
  known: readonly Candidate[],
  most = lists.length,
): readonly Candidate[] {
  const made: Candidate[] = [];
  for (const parts of lists) {
    if (made.length === most) break;
    made.push(...distinct([candidateFor(faulty, parts)], faulty.source.text, [...known, ...made]));
  }
  return made;
}
