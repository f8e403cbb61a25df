import { composeEdits } from '../../text/compose-edits';
import { anchorsOf, detachAnchors } from './edit/anchors';
import { removeAt, setAt } from './edit/change-at';
import { sharedChanges, type ValueChange } from './edit/shared-changes';
import { isAlias, isMapping, ownEntries, sameValue, valueOf, type PlainValue } from './edit/source-value';
import type { SourcePath } from '../../model/model-spec';
import { parseModelFile } from './parse';
import { nodeAt } from './source-range';
import type { SourceNode, SourceDocument } from './source-document';
import type { TextEdit } from '../../text/text-edit';

export { applyEdits, composeEdits } from '../../text/compose-edits';
export type { ValueChange } from './edit/shared-changes';
export type { WrittenValue } from '../../model/vocabulary/key';
import type { WrittenValue } from '../../model/vocabulary/key';

/**
 * The smallest edits after which the file has `value` at `path` and is otherwise the same: comments, order and layout
 * stay. Missing mappings on the way are made, a scalar on the way is replaced by one, a mapping is changed key by key.
 * What other places share through an anchor stays theirs: an alias is replaced by a copy, an anchor moves to its next
 * user.
 *
 * @throws RangeError where the path asks a list for a key, or for an item further than one beyond its end.
 */
export function setValue(document: SourceDocument, path: SourcePath, value: WrittenValue): readonly TextEdit[] {
  return changeValues(document, [{ path, value }]);
}

/**
 * The smallest edits after which the file has nothing of its own at `path`; none where it has nothing there now, or
 * only through a merge key (`<<`). Where an entry overrode a merged one, that shows again. The last entry of a mapping
 * leaves `{}`.
 */
export function removeValue(document: SourceDocument, path: SourcePath): readonly TextEdit[] {
  return changeValues(document, [{ path, value: undefined }]);
}

/**
 * Several changes as one list of edits; `undefined` removes. Where the changes set all places that share a value
 * through an anchor to the same, the anchored value itself is edited, once.
 *
 * @throws RangeError as `setValue`.
 */
export function changeValues(document: SourceDocument, changes: readonly ValueChange[]): readonly TextEdit[] {
  const now = (current: string): SourceDocument =>
    current === document.text ? document : parseModelFile(current, document.language);
  const edit = (current: SourceDocument, { path, value }: ValueChange): readonly TextEdit[] =>
    value === undefined ? removeAt(current, path) : setAt(current, path, value);
  const planned = sharedChanges(document, changes).flatMap(({ change, shared }) =>
    stepsOf(nodeAt(document, change.path), change, document).map(step => ({ step, shared })),
  );
  if (anchorsOf(document).length > 0) {
    return composeEdits(
      document.text,
      planned.flatMap(({ step, shared }) => [
        ...(shared ? [] : [(current: string): readonly TextEdit[] => detachAnchors(now(current), step.path)]),
        (current: string): readonly TextEdit[] => edit(now(current), step),
      ]),
    );
  }
  const batches = independentBatches(
    document,
    planned.map(({ step }) => step),
  );
  return composeEdits(
    document.text,
    batches.map(batch => (current: string) => {
      const parsed = now(current);
      return batch.flatMap(step => edit(parsed, step));
    }),
  );
}

/**
 * The changes in their order, in as few batches as can be made of one text: changes inside different mappings, neither
 * of which lies in the other, do not meet.
 */
function independentBatches(document: SourceDocument, changes: readonly ValueChange[]): ValueChange[][] {
  const batches: { readonly changes: ValueChange[]; readonly places: SourcePath[] }[] = [];
  for (const change of changes) {
    const place = changedPlace(document, change.path);
    const batch = batches.at(-1);
    if (batch && !batch.places.some(other => isWithin(other, place) || isWithin(place, other))) {
      batch.changes.push(change);
      batch.places.push(place);
    } else {
      batches.push({ changes: [change], places: [place] });
    }
  }
  return batches.map(batch => batch.changes);
}

/** The innermost mapping around `path` that the file has; of an item of a list, what has the list. */
function changedPlace(document: SourceDocument, path: SourcePath): SourcePath {
  let length = Math.max(0, path.length - 1);
  while (length > 0 && nodeAt(document, path.slice(0, length))?.kind !== 'mapping') length--;
  return path.slice(0, length);
}

function isWithin(inner: SourcePath, outer: SourcePath): boolean {
  return outer.length <= inner.length && outer.every((step, index) => inner[index] === step);
}

/** Splits a change of a mapping or list that is there into changes of the parts that differ. */
function stepsOf(node: SourceNode | undefined, { path, value }: ValueChange, document: SourceDocument): ValueChange[] {
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
    const isAlike = own.some(entry => Object.hasOwn(value, entry.key));
    const isMerged = node.entries.some(entry => !own.includes(entry) && !Object.hasOwn(value, entry.key));
    if (isAlike && !isMerged) {
      const gone = own.filter(entry => !Object.hasOwn(value, entry.key));
      return [
        ...Object.keys(value).flatMap(key => {
          const child = node.entries.find(entry => entry.key === key)?.value;
          return stepsOf(child, { path: [...path, key], value: value[key] }, document);
        }),
        ...gone.map(entry => ({ path: [...path, entry.key], value: undefined })),
      ];
    }
  }
  if (node.kind === 'sequence' && isList(value) && value.length === node.items.length && !isAlias(document, node)) {
    return node.items.flatMap((item, index) =>
      stepsOf(item, { path: [...path, index], value: value[index] }, document),
    );
  }
  return [{ path, value }];
}

function isList(value: PlainValue): value is readonly WrittenValue[] {
  return Array.isArray(value);
}
