/** A changed model that is to be trained in place of the original. */
import { causalFixes, type Finding, type FixId } from '../diagnosis/finding';
import type { Fix, FixPart } from '../fixes/fix';
import type { Source } from '../frontends/frontend';
import { sequenceKey, type ChangeSequence } from '../model/change';
import type { ModelSpec } from '../model/model-spec';
import { isReconstruction } from '../model/reconstruction';
import { sameMeaning } from '../model/same-model';
import type { TextEdit } from '../text/text-edit';
import { changeOf } from './change-source';

export interface Candidate {
  /** Key of its changes, see `sequenceKey`; empty for the original. */
  readonly id: string;
  /** Ids of its fixes, with their values where they are not their own, joined by ` + `; empty for the original. */
  readonly name: string;
  readonly fixes: readonly FixId[];
  readonly parts: readonly FixPart[];
  /** Titles of its fixes, as they stand without a measurement. */
  readonly title: string;
  readonly changes: ChangeSequence;
  /** Edits of the original text; one edit of the workspace. None where they cannot be written. */
  readonly edits: readonly TextEdit[];
  readonly notWritable?: string;
  readonly model: ModelSpec;
  /** Whether one of its fixes undoes the cause that the finding names. */
  readonly causal: boolean;
}

/** The text that candidates are made of, and the finding that they are to cure. */
export interface CandidateSource {
  readonly source: Source;
  readonly finding: Finding;
}

/** The original text as a candidate. */
export function original(model: ModelSpec): Candidate {
  return { id: '', name: '', fixes: [], parts: [], title: 'Original', changes: [], edits: [], model, causal: false };
}

/**
 * Makes a candidate of a fix; `undefined` where that leaves no model, or the model as it is. A fix that leaves none is a
 * defect of ours, which `npm run fuzz` looks for: it is neither measured nor offered, and takes no other one with it.
 */
export function candidateOf(
  { source, finding }: CandidateSource,
  { id, parts = [{ id }], title, changes }: Pick<Fix, 'id' | 'parts' | 'title' | 'changes'>,
): Candidate | undefined {
  const changed = changeOf(source, changes);
  if (!changed) return undefined;
  const { model, edits, notWritable } = changed;
  const causes = causalFixes(finding);
  return {
    id: sequenceKey(changes),
    name: nameOf(parts),
    fixes: parts.map(part => part.id),
    parts,
    title,
    changes,
    edits,
    ...(notWritable !== undefined && { notWritable }),
    model,
    causal: parts.some(part => causes.includes(part.id)),
  };
}

/** Names cures by their ids and values, for people and logs. */
export function nameOf(parts: readonly FixPart[]): string {
  return parts.map(part => (part.value === undefined ? part.id : `${part.id} ${part.value}`)).join(' + ');
}

/** Makes a candidate of each fix that leaves a model; of fixes that change the same, one. */
export function candidatesOf(
  source: CandidateSource,
  fixes: readonly Pick<Fix, 'id' | 'title' | 'changes'>[],
): readonly Candidate[] {
  const made = new Map<string, Candidate>();
  for (const { id, title, changes } of fixes) {
    const candidate = candidateOf(source, { id, title, changes });
    if (candidate && !made.has(candidate.id)) made.set(candidate.id, candidate);
  }
  return [...made.values()];
}

/** Whether the losses of two models can be held against each other as they are. */
export function sameScale(one: ModelSpec, other: ModelSpec): boolean {
  // What scales an input scales the target that it is.
  const targetOf = ({ data }: ModelSpec): string =>
    JSON.stringify([
      'standardizeTarget' in data && data.standardizeTarget,
      ...(isReconstruction(data)
        ? ['standardize' in data && data.standardize, 'rescale' in data && data.rescale, 'scale' in data && data.scale]
        : []),
    ]);
  return sameMeaning(one.loss, other.loss) && targetOf(one) === targetOf(other);
}
