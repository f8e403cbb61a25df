/** Candidates made of several cures, and lists of candidates without repetition. */
import type { FixPart } from '../fixes/fix';
import { applyEdits } from '../text/compose-edits';
import { candidateOf, type Candidate } from './candidate';
import { composeFix } from './compose-fix';
import type { FaultyRun } from './verify-fixes';

/** Makes a candidate of cures put together; `undefined` where one of them does not apply. */
export function candidateFor(faulty: FaultyRun, parts: readonly FixPart[]): Candidate | undefined {
  const fix = composeFix(faulty, parts);
  return fix && candidateOf(faulty, fix);
}

/** Leaves out what does not apply, and what makes a text, or a model without one, that another one makes. */
export function distinct(
  candidates: readonly (Candidate | undefined)[],
  text: string,
  known: readonly Candidate[] = [],
): Candidate[] {
  const resultOf = ({ notWritable, id, edits }: Candidate): string =>
    notWritable === undefined ? applyEdits(text, edits) : id;
  const results = new Set(known.map(resultOf));
  return candidates.filter((candidate): candidate is Candidate => {
    if (!candidate) return false;
    return results.size < results.add(resultOf(candidate)).size;
  });
}
