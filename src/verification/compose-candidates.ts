/** Candidates made of several cures, and lists of candidates without repetition. */
import { composeFix } from '../fixes/compose-fix';
import type { FixPart } from '../fixes/fix';
import { applyEdits } from '../frontends/model-file/edit';
import { candidateOf, type Candidate } from './candidate';
import type { FaultyRun } from './verify-fixes';

/** Makes a candidate of cures put together; `undefined` where one of them does not apply. */
export function candidateFor(faulty: FaultyRun, parts: readonly FixPart[]): Candidate | undefined {
  const draft = composeFix(faulty, parts);
  return draft && candidateOf(faulty, parts, draft.title, draft.edits);
}

/** Leaves out what does not apply, and what makes a text that another one makes. */
export function distinct(
  candidates: readonly (Candidate | undefined)[],
  text: string,
  known: readonly Candidate[] = [],
): Candidate[] {
  const texts = new Set(known.map(candidate => applyEdits(text, candidate.edits)));
  return candidates.filter((candidate): candidate is Candidate => {
    if (!candidate) return false;
    const result = applyEdits(text, candidate.edits);
    return texts.size < texts.add(result).size;
  });
}
