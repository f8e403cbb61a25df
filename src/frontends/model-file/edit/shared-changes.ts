import type { SourcePath } from '../../../model/model-spec';
import { nodeAt } from '../source-range';
import type { SourceNode, SourceDocument } from '../source-document';
import { anchorOf, anchorsOf, type Anchor } from './anchors';
import { isAlias, sameValue } from './source-value';
import type { WrittenValue } from '../../../model/vocabulary/key';

/** One place to change: the value it is to have, or `undefined` to remove it. */
export interface ValueChange {
  readonly path: SourcePath;
  readonly value: WrittenValue | undefined;
}

/** A change as it is to be made: `shared` where it is made at an anchor on behalf of all its aliases. */
export interface PlannedChange {
  readonly change: ValueChange;
  readonly shared: boolean;
}

/**
 * Joins changes that mean the same text. A value that several places share through an anchor is changed once, at the
 * anchor, if every one of those places is to change in the same way; otherwise each change is made for its own place
 * alone.
 */
export function sharedChanges(document: SourceDocument, changes: readonly ValueChange[]): PlannedChange[] {
  const anchors = anchorsOf(document).filter(anchor => anchor.aliases.length > 0);
  if (anchors.length === 0 || !document.root) {
    return changes.map(change => ({ change, shared: false }));
  }
  const users = new Map<string, SourcePath[]>();
  for (const path of pathsIn(document.root, [])) {
    const place = writtenPlace(document, path, anchors);
    users.set(place, [...(users.get(place) ?? []), path]);
  }
  const planned: PlannedChange[] = [];
  const done = new Set<ValueChange>();
  for (const change of changes) {
    if (done.has(change)) {
      continue;
    }
    const place = writtenPlace(document, change.path, anchors);
    const group = changes.filter(
      other => writtenPlace(document, other.path, anchors) === place && isSame(other, change),
    );
    const sharing = placesSharing(document, change.path, anchors, users);
    const isComplete =
      sharing.length > 1 &&
      sharing.every(path => isDefinition(path) || group.some(other => String(other.path) === String(path)));
    const written = isComplete ? sharing.find(path => isWritten(document, path)) : undefined;
    for (const member of written ? group : [change]) {
      done.add(member);
    }
    planned.push(
      written ? { change: { path: written, value: change.value }, shared: true } : { change, shared: false },
    );
  }
  return planned;
}

/**
 * Every path that leads to the same text as `path`, itself included; of a missing key, through all that share its
 * mapping.
 */
function placesSharing(
  document: SourceDocument,
  path: SourcePath,
  anchors: readonly Anchor[],
  users: ReadonlyMap<string, SourcePath[]>,
): SourcePath[] {
  let missing = 0;
  while (missing < path.length && !nodeAt(document, path.slice(0, path.length - missing))) {
    missing++;
  }
  const rest = path.slice(path.length - missing);
  const sharing = users.get(writtenPlace(document, path.slice(0, path.length - missing), anchors)) ?? [];
  return sharing.map(each => [...each, ...rest]);
}

/** A name for the text that `path` leads to: the same for all paths that reach it through aliases. */
function writtenPlace(document: SourceDocument, path: SourcePath, anchors: readonly Anchor[]): string {
  let place: (string | number)[] = [];
  for (let length = 0; length <= path.length; length++) {
    const node = nodeAt(document, path.slice(0, length));
    if (length > 0) {
      place.push(path[length - 1]);
    }
    const anchor = node && standsFor(document, node, anchors);
    if (anchor) {
      place = [`&${anchor.range.start}`];
    }
  }
  return JSON.stringify(place);
}

function standsFor(document: SourceDocument, node: SourceNode, anchors: readonly Anchor[]): Anchor | undefined {
  return isAlias(document, node)
    ? anchors.find(anchor => anchor.aliases.some(alias => alias.start === node.range.start))
    : anchorOf(document, node, anchors);
}

/** Whether the path leads into a key such as `x-block`, which is there for its anchors and means nothing else. */
function isDefinition(path: SourcePath): boolean {
  return String(path[0]).startsWith('x-');
}

/** Whether the path leads through no alias. */
function isWritten(document: SourceDocument, path: SourcePath): boolean {
  return path.every((_, index) => {
    const node = nodeAt(document, path.slice(0, index + 1));
    return !node || !isAlias(document, node);
  });
}

function* pathsIn(node: SourceNode, path: SourcePath): Generator<SourcePath> {
  yield path;
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      yield* pathsIn(item, [...path, index]);
    }
  } else if (node.kind === 'mapping') {
    for (const entry of node.entries) {
      yield* pathsIn(entry.value, [...path, entry.key]);
    }
  }
}

function isSame(one: ValueChange, other: ValueChange): boolean {
  return one.value === undefined || other.value === undefined
    ? one.value === other.value
    : sameValue(one.value, other.value);
}
