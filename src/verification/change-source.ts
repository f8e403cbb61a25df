/** A source after changes: its text with them written into it, or its model alone. */
import type { Fix } from '../fixes/fix';
import { NotWritable, type Source } from '../frontends/frontend';
import { readLike } from '../frontends/registry';
import { applyChanges } from '../model/apply-changes';
import type { ChangeSequence } from '../model/change';
import type { ModelSpec } from '../model/model-spec';
import { sameModel } from '../model/same-model';
import { applyEdits, composeEdits } from '../text/compose-edits';
import type { TextEdit } from '../text/text-edit';

/** A text after changes. */
export interface Changed {
  /** Edits of the text as it was. */
  readonly edits: readonly TextEdit[];
  /** The edited text. */
  readonly source: Source;
}

/** A fix with what it makes of a text. */
export interface WrittenFix extends Fix {
  /** Edits of the text that it was written into; none where it cannot be. */
  readonly edits: readonly TextEdit[];
  /** One sentence for the user where it cannot be written. */
  readonly notWritable?: string;
}

/** Writes changes into a text, list after list, each into the text that the one before left. */
export function changeSource(source: Source, changes: ChangeSequence): Changed | NotWritable {
  const made: (readonly TextEdit[])[] = [];
  let now = source;
  for (const list of changes) {
    const edits = now.write(list);
    if (edits instanceof NotWritable) return edits;
    made.push(edits);
    now = readLike(source, applyEdits(now.text, edits));
  }
  const edits = composeEdits(
    source.text,
    made.map(each => () => each),
  );
  return { edits, source: now };
}

/** The model of a source after changes. */
export interface ChangedModel {
  /** `undefined` where they leave no model. */
  readonly model: ModelSpec | undefined;
  /** Edits of the text; none where the changes cannot be written. */
  readonly edits: readonly TextEdit[];
  /** One sentence for the user where they cannot be written. */
  readonly notWritable?: string;
}

/** The model after changes: as the edited text says it, or made without a text where they cannot be written. */
export function changeModel(source: Source, changes: ChangeSequence): ChangedModel {
  const changed = changeSource(source, changes);
  if (!(changed instanceof NotWritable)) return { model: changed.source.model, edits: changed.edits };
  const model = changes.reduce(
    (now: ModelSpec | undefined, list) => now && applyChanges(now, list).model,
    source.model,
  );
  return { model, edits: [], notWritable: changed.reason };
}

/** As `changeModel`; `undefined` where the changes leave no model, or the model as it is. */
export function changeOf(
  source: Source,
  changes: ChangeSequence,
): (ChangedModel & { readonly model: ModelSpec }) | undefined {
  const { model, edits, notWritable } = changeModel(source, changes);
  if (!model) return undefined;
  if (notWritable === undefined) return edits.length > 0 ? { model, edits } : undefined;
  return source.model && sameModel(source.model, model) ? undefined : { model, edits, notWritable };
}

/**
 * The fixes as edits of a text, or with the reason why they cannot be. Leaves out those that change nothing, and those
 * after which it is not a model.
 */
export function writeFixes(source: Source, fixes: readonly Fix[]): readonly WrittenFix[] {
  return fixes.flatMap((fix): WrittenFix[] => {
    const changed = changeOf(source, fix.changes);
    if (!changed) return [];
    const { edits, notWritable } = changed;
    return [{ ...fix, edits, ...(notWritable !== undefined && { notWritable }) }];
  });
}
