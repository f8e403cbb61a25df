/** An edited model file that is to be trained in place of the original. */
import { causalFixes, type Finding, type FixId } from '../diagnosis/finding';
import type { Fix, FixPart } from '../fixes/fix';
import { compileModel } from '../frontends/model-file/compile';
import { applyEdits } from '../frontends/model-file/edit';
import type { ModelSpec } from '../model/model-spec';
import { isReconstruction } from '../model/reconstruction';
import { parseModelFile } from '../frontends/model-file/parse';
import type { SourceDocument } from '../frontends/model-file/source-document';
import type { TextEdit } from '../text/text-edit';

export interface Candidate {
  /** Ids of its fixes, with their values where they are not their own, joined by ` + `; empty for the original. */
  readonly id: string;
  readonly fixes: readonly FixId[];
  readonly parts: readonly FixPart[];
  /** Titles of its fixes, as they stand without a measurement. */
  readonly title: string;
  /** Edits of the original text; one edit of the workspace. */
  readonly edits: readonly TextEdit[];
  readonly model: ModelSpec;
  /** Whether one of its fixes undoes the cause that the finding names. */
  readonly causal: boolean;
}

/** The text that candidates are made of, and the finding that they are to cure. */
export interface CandidateSource {
  readonly document: SourceDocument;
  readonly finding: Finding;
}

/** The original text as a candidate. */
export function original(model: ModelSpec): Candidate {
  return { id: '', fixes: [], parts: [], title: 'Original', edits: [], model, causal: false };
}

/**
 * Makes a candidate of the file with the edits made; `undefined` where that is no model. Such a fix is a defect of
 * ours, which `npm run fuzz` looks for: it is neither measured nor offered, and takes no other one with it.
 */
export function candidateOf(
  { document, finding }: CandidateSource,
  parts: readonly FixPart[],
  title: string,
  edits: readonly TextEdit[],
): Candidate | undefined {
  const id = idOf(parts);
  const { model } = compileModel(parseModelFile(applyEdits(document.text, edits), document.language));
  if (!model) return undefined;
  const causes = causalFixes(finding);
  return {
    id,
    fixes: parts.map(part => part.id),
    parts,
    title,
    edits,
    model,
    causal: parts.some(part => causes.includes(part.id)),
  };
}

/** Names a candidate by its fixes and their values. */
export function idOf(parts: readonly FixPart[]): string {
  return parts.map(part => (part.value === undefined ? part.id : `${part.id} ${part.value}`)).join(' + ');
}

/** Makes a candidate of each fix that leaves a model. */
export function candidatesOf(
  source: CandidateSource,
  fixes: readonly Pick<Fix, 'id' | 'title' | 'edits'>[],
): readonly Candidate[] {
  return fixes.flatMap(({ id, title, edits }) => candidateOf(source, [{ id }], title, edits) ?? []);
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
  return JSON.stringify(one.loss) === JSON.stringify(other.loss) && targetOf(one) === targetOf(other);
}
