/** A text with changes written into it, read again. */
import type { Fix } from '../fixes/fix';
import { NotWritable, type Source } from '../frontends/frontend';
import { readLike } from '../frontends/registry';
import type { ChangeSequence } from '../model/change';
import type { ModelSpec } from '../model/model-spec';
import { applyEdits, composeEdits } from '../text/compose-edits';
import type { TextEdit } from '../text/text-edit';

/** What a text says after changes. */
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

/** What changes make of the model of a source. */
export interface ChangedModel {
  /** `undefined` where they leave no model. */
  readonly model: ModelSpec | undefined;
  readonly edits: readonly TextEdit[];
  readonly notWritable?: string;
}

/** The model after changes, as the source says it once they are written into it. */
export function changeModel(source: Source, changes: ChangeSequence): ChangedModel {
  const changed = changeSource(source, changes);
  // Changes that no text can say have no model yet: `applyChanges` will make it here.
  if (changed instanceof NotWritable) return { model: undefined, edits: [], notWritable: changed.reason };
  return { model: changed.source.model, edits: changed.edits };
}

/**
 * The fixes as edits of a text, or with the reason why they cannot be. Leaves out those that change nothing, and those
 * after which it is no model.
 */
export function writeFixes(source: Source, fixes: readonly Fix[]): readonly WrittenFix[] {
  return fixes.flatMap((fix): WrittenFix[] => {
    const { model, edits, notWritable } = changeModel(source, fix.changes);
    if (notWritable !== undefined) return [{ ...fix, edits, notWritable }];
    return model && edits.length > 0 ? [{ ...fix, edits }] : [];
  });
}
