/** Cures put together. */
import { composeFix } from '../fixes/compose-fix';
import type { FixPart } from '../fixes/fix';
import { applyEdits } from '../spec/edit';
import { candidateOf, type Candidate, type CandidateResult } from './candidate';
import type { FaultyRun } from './verify-fixes';

/** Pairs that are tried, and the best cures that they are made of. */
const PAIRS = 3;
const CONSIDERED = 6;

/**
 * The pairs of best rank that apply together; two normalisations, say, exclude each other.
 *
 * @param ranked best first
 * @param known candidates that a pair must not repeat
 */
export function pairsOf(faulty: FaultyRun, ranked: readonly CandidateResult[], known: readonly Candidate[]): readonly Candidate[] {
  const best = ranked.filter((result) => result.seeds > 0 && result.problem === undefined).slice(0, CONSIDERED);
  const byRank = best.flatMap((one, first) => best.slice(first + 1).map((other, next) =>
    ({ parts: [...one.parts, ...other.parts], rank: 2 * first + next + 1 }))).sort((one, other) => one.rank - other.rank);
  const pairs: Candidate[] = [];
  for (const { parts } of byRank) {
    if (pairs.length === PAIRS) break;
    pairs.push(...distinct([candidateFor(faulty, parts)], faulty.document.text, [...known, ...pairs]));
  }
  return pairs;
}

/** `undefined` where one of the parts does not apply. */
export function candidateFor(faulty: FaultyRun, parts: readonly FixPart[]): Candidate | undefined {
  const draft = composeFix(faulty, parts);
  return draft && candidateOf(faulty.document, parts, draft.title, draft.edits);
}

/** Without those that do not apply, and without those that make a text that another one makes. */
export function distinct(
  candidates: readonly (Candidate | undefined)[], text: string, known: readonly Candidate[] = [],
): Candidate[] {
  const texts = new Set(known.map((candidate) => applyEdits(text, candidate.edits)));
  return candidates.filter((candidate): candidate is Candidate => {
    if (!candidate) return false;
    const result = applyEdits(text, candidate.edits);
    return texts.size < texts.add(result).size;
  });
}
