import { composeEdits } from './edit/compose';
import { detachAnchors } from './edit/anchors';
import { removeAt, setAt } from './edit/change-at';
import { sharedChanges, type Change } from './edit/shared-changes';
import { isAlias, isMapping, ownEntries, sameValue, valueOf, type PlainValue, type SpecValue } from './edit/source-value';
import type { SourcePath } from './model-spec';
import { parseModelFile } from './parse';
import { nodeAt } from './source-range';
import type { SourceNode, SpecDocument, TextEdit } from './spec-document';

export { applyEdits, composeEdits } from './edit/compose';
export type { Change } from './edit/shared-changes';
export type { SpecValue } from './edit/source-value';

/**
 * The smallest edits after which the file has `value` at `path` and is otherwise the same: comments, order and layout stay.
 * Missing mappings on the way are made, a scalar on the way is replaced by one, a mapping is changed key by key. What other
 * places share through an anchor stays theirs: an alias is replaced by a copy, an anchor moves to its next user.
 *
 * @throws RangeError where the path asks a list for a key, or for an item further than one beyond its end.
 */
export function setValue(document: SpecDocument, path: SourcePath, value: SpecValue): readonly TextEdit[] {
  return changeValues(document, [{ path, value }]);
}

/**
 * The smallest edits after which the file has nothing of its own at `path`; none where it has nothing there now, or only through a
 * merge key (`<<`). Where an entry overrode a merged one, that shows again. The last entry of a mapping leaves `{}`.
 */
export function removeValue(document: SpecDocument, path: SourcePath): readonly TextEdit[] {
  return changeValues(document, [{ path, value: undefined }]);
}

/**
 * Several changes as one list of edits; `undefined` removes. Where the changes set all places that share a value through an
 * anchor to the same, the anchored value itself is edited, once.
 *
 * @throws RangeError as `setValue`.
 */
export function changeValues(document: SpecDocument, changes: readonly Change[]): readonly TextEdit[] {
  const steps = sharedChanges(document, changes).flatMap(({ change, shared }) => {
    const now = (current: string): SpecDocument => parseModelFile(current, document.language);
    return stepsOf(nodeAt(document, change.path), change, document).flatMap((step) => [
      ...(shared ? [] : [(current: string): readonly TextEdit[] => detachAnchors(now(current), step.path)]),
      (current: string): readonly TextEdit[] =>
        (step.value === undefined ? removeAt(now(current), step.path) : setAt(now(current), step.path, step.value)),
    ]);
  });
  return composeEdits(document.text, steps);
}

/** Splits a change of a mapping or list that is there into changes of the parts that differ. */
function stepsOf(node: SourceNode | undefined, { path, value }: Change, document: SpecDocument): Change[] {
  if (!node) {
    return value === undefined ? [] : [{ path, value }];
  }
  if (value === undefined) {
    return [{ path, value }];
  }
  const old = valueOf(node);
  if (sameValue(old, value)) {
    return [];
  }
  if (node.kind === 'mapping' && isMapping(value) && !isAlias(document, node)) {
    const own = ownEntries(node);
    const isAlike = own.some((entry) => Object.hasOwn(value, entry.key));
    const isMerged = node.entries.some((entry) => !own.includes(entry) && !Object.hasOwn(value, entry.key));
    if (isAlike && !isMerged) {
      const gone = own.filter((entry) => !Object.hasOwn(value, entry.key));
      return [
        ...Object.keys(value).flatMap((key) => {
          const child = node.entries.find((entry) => entry.key === key)?.value;
          return stepsOf(child, { path: [...path, key], value: (value as { readonly [key: string]: SpecValue })[key] }, document);
        }),
        ...gone.map((entry) => ({ path: [...path, entry.key], value: undefined })),
      ];
    }
  }
  if (node.kind === 'sequence' && isList(value) && value.length === node.items.length && !isAlias(document, node)) {
    return node.items.flatMap((item, index) => stepsOf(item, { path: [...path, index], value: value[index] }, document));
  }
  return [{ path, value }];
}

function isList(value: PlainValue): value is readonly SpecValue[] {
  return Array.isArray(value);
}
