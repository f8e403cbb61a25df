import type { SourcePath } from '../../model/model-spec';
import type { RangePart, SourceEntry, SourceNode, SourceDocument } from './source-document';
import type { TextRange } from '../../text/text-edit';

/** Where an offset lies: on an entry's key, on (or just before) a value, or between the parts of a mapping or list. */
export interface PlaceAt {
  readonly path: SourcePath;
  readonly on: 'key' | 'value' | 'inside';
}

/** The node at `path`, or `undefined` where the file has none. */
export function nodeAt(document: SourceDocument, path: SourcePath): SourceNode | undefined {
  return nodeIn(document.root, path);
}

/** The node at `path` below `root`. */
export function nodeIn(root: SourceNode | undefined, path: SourcePath): SourceNode | undefined {
  let node = root;
  for (const step of path) {
    node = node && child(node, step);
  }
  return node;
}

/** The mapping entry at `path`, or `undefined` where the path ends in a list index or the file has none. */
export function entryAt(document: SourceDocument, path: SourcePath): SourceEntry | undefined {
  const parent = nodeAt(document, path.slice(0, -1));
  const key = path.at(-1);
  return parent?.kind === 'mapping' ? parent.entries.find(entry => entry.key === key) : undefined;
}

/**
 * The range of a part of the place at `path`, or `undefined` where the file has none: its value (default), its key, or
 * both. An item of a list has no key, so all three are its value.
 */
export function rangeAt(document: SourceDocument, path: SourcePath, part: RangePart = 'value'): TextRange | undefined {
  const node = nodeAt(document, path);
  const entry = node && entryAt(document, path);
  if (!entry || part === 'value') {
    return node?.range;
  }
  return part === 'key'
    ? entry.keyRange
    : {
        start: entry.keyRange.start,
        end: Math.max(entry.keyRange.end, entry.value.range.end),
      };
}

/** As `rangeAt`, but where the file does not have the place, the nearest one around it that it has. */
export function nearestRange(document: SourceDocument, path: SourcePath, part: RangePart = 'value'): TextRange {
  for (let length = path.length; length >= 0; length -= 1) {
    const range = rangeAt(document, path.slice(0, length), part);
    if (range) {
      return range;
    }
  }
  return { start: 0, end: document.text.length };
}

/**
 * The deepest place of the file at `offset`. What an alias stands for is elsewhere in the text, so an alias is one
 * value.
 */
export function pathAt(document: SourceDocument, offset: number): PlaceAt {
  return document.root ? placeIn(document.root, offset, []) : { path: [], on: 'inside' };
}

function placeIn(node: SourceNode, offset: number, path: SourcePath): PlaceAt {
  if (node.kind === 'sequence') {
    const index = node.items.findIndex(item => within(item.range, node.range) && touches(item.range, offset));
    const item = node.items[index];
    return item ? placeIn(item, offset, [...path, index]) : { path, on: isAlias(node) ? 'value' : 'inside' };
  }
  if (node.kind === 'mapping') {
    const own = node.entries.filter(entry => within(entry.keyRange, node.range));
    for (const entry of own) {
      if (touches(entry.keyRange, offset)) {
        return { path: [...path, entry.key], on: 'key' };
      }
      if (touches(entry.value.range, offset)) {
        return placeIn(entry.value, offset, [...path, entry.key]);
      }
      if (offset > entry.keyRange.end && offset < entry.value.range.start) {
        return { path: [...path, entry.key], on: 'value' };
      }
    }
    return { path, on: isAlias(node) ? 'value' : 'inside' };
  }
  return { path, on: 'value' };
}

/** Whether the node is an alias: a collection whose parts all stand somewhere else. */
function isAlias(node: SourceNode): boolean {
  if (node.kind === 'scalar') {
    return false;
  }
  const ranges =
    node.kind === 'mapping' ? node.entries.map(entry => entry.keyRange) : node.items.map(item => item.range);
  return ranges.length > 0 && !ranges.some(range => within(range, node.range));
}

function child(node: SourceNode, step: string | number): SourceNode | undefined {
  if (node.kind === 'sequence') {
    return typeof step === 'number' ? node.items[step] : undefined;
  }
  return node.kind === 'mapping' ? node.entries.find(entry => entry.key === step)?.value : undefined;
}

function within(inner: TextRange, outer: TextRange): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function touches(range: TextRange, offset: number): boolean {
  return offset >= range.start && offset <= range.end;
}
