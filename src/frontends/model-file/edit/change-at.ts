import type { SourcePath } from '../../../model/model-spec';
import { entryAt, nodeAt } from '../source-range';
import type { SourceEntry, SourceNode, SourceDocument } from '../source-document';
import type { TextEdit, TextRange } from '../../../text/text-edit';
import { contentIn } from './erase';
import { insertIntoFlow, removeFromFlow, type FlowParts } from './flow';
import { flowStyleOf } from './flow-style';
import { formatEntry, formatValue } from './format-value';
import { appendToBlock, insertIntoBlock } from './insert-block';
import { entryBefore } from './key-order';
import { lineBreak } from './lines';
import { removeFromBlock, removeItemFromBlock } from './remove-block';
import { replaceNode } from './replace-node';
import {
  entryEnd,
  isAlias,
  ownEntries,
  valueOf,
  withoutValue,
  withValue,
  type PlainValue,
  type SourceMapping,
  type SourceSequence,
} from './source-value';

/** How far a path leads through what the file itself has, before an alias, a merge key or nothing. */
interface Reach {
  readonly node: SourceNode;
  readonly entry: SourceEntry | undefined;
  /** Steps of the path that lead to `node`. */
  readonly length: number;
}

/** Writes `value` at `path`: replaces what is there, or adds it. Throws `RangeError` where a list has no such place. */
export function setAt(document: SourceDocument, path: SourcePath, value: PlainValue): TextEdit[] {
  if (!document.root) {
    return startFile(document, path, value);
  }
  const { node, entry, length } = reach(document, document.root, path);
  const rest = path.slice(length);
  if (rest.length > 0 && !isAlias(document, node)) {
    const [step, ...deeper] = rest;
    if (node.kind === 'mapping') {
      // A merged key is overridden as a whole.
      const merged = node.entries.find(each => each.key === String(step));
      return addEntry(document, node, String(step), withValue(merged ? valueOf(merged.value) : null, deeper, value));
    }
    if (node.kind === 'sequence') {
      if (step !== node.items.length) {
        throw new RangeError(`A list of ${node.items.length} items has no place ${JSON.stringify(step)}`);
      }
      return addItem(document, node, withValue(null, deeper, value));
    }
  }
  const whole = rest.length > 0 ? withValue(valueOf(node), rest, value) : value;
  return replaceNode(document, node, entry, formatValue(whole, flowStyleOf(document)));
}

/** Takes out what stands at `path`; nothing where the file has nothing of its own there. */
export function removeAt(document: SourceDocument, path: SourcePath): TextEdit[] {
  if (!document.root || path.length === 0 || !nodeAt(document, path)) {
    return [];
  }
  const { node, entry, length } = reach(document, document.root, path.slice(0, -1));
  const rest = path.slice(length);
  if (isAlias(document, node)) {
    return replaceNode(document, node, entry, formatValue(withoutValue(valueOf(node), rest), flowStyleOf(document)));
  }
  if (rest.length > 1 || node.kind === 'scalar') {
    return [];
  }
  return node.kind === 'mapping'
    ? removeEntry(document, node, entry, rest[0])
    : removeItem(document, node, entry, Number(rest[0]));
}

function reach(document: SourceDocument, root: SourceNode, path: SourcePath): Reach {
  let node = root;
  let entry: SourceEntry | undefined;
  for (const [length, step] of path.entries()) {
    const isOwn = node.kind === 'mapping' ? ownEntries(node).some(each => each.key === step) : node.kind === 'sequence';
    const child = nodeAt(document, path.slice(0, length + 1));
    if (isAlias(document, node) || !isOwn || !child) {
      return { node, entry, length };
    }
    entry = entryAt(document, path.slice(0, length + 1));
    node = child;
  }
  return { node, entry, length: path.length };
}

function addEntry(document: SourceDocument, mapping: SourceMapping, key: string, value: PlainValue): TextEdit[] {
  const style = flowStyleOf(document, mapping);
  const text = formatEntry(key, value, style);
  if (!mapping.flow) {
    return [insertIntoBlock(document, mapping, key, text)];
  }
  const own = ownEntries(mapping);
  const flow = entryParts(document, mapping);
  const before = entryBefore(own, key, mapping === document.root);
  const index = before ? partOf(flow, before) : own.length > 0 ? -1 : flow.parts.length - 1;
  return insertIntoFlow(document, flow, index, text, style);
}

function addItem(document: SourceDocument, sequence: SourceSequence, value: PlainValue): TextEdit[] {
  const style = flowStyleOf(document);
  const text = formatValue(value, style);
  return sequence.flow
    ? insertIntoFlow(document, itemParts(sequence), sequence.items.length - 1, text, style)
    : [appendToBlock(document, sequence, text)];
}

function removeEntry(
  document: SourceDocument,
  mapping: SourceMapping,
  entry: SourceEntry | undefined,
  key: string | number,
): TextEdit[] {
  const own = ownEntries(mapping);
  const index = own.findIndex(each => each.key === key);
  if (index < 0) {
    return [];
  }
  if (mapping.flow) {
    const flow = entryParts(document, mapping);
    return removeFromFlow(document, flow, partOf(flow, own[index]));
  }
  const isOnly =
    own[index].keyRange.start === mapping.range.start && entryEnd(document.text, own[index]) >= mapping.range.end;
  return isOnly ? replaceNode(document, mapping, entry, '{}') : removeFromBlock(document, mapping, index);
}

function removeItem(
  document: SourceDocument,
  sequence: SourceSequence,
  entry: SourceEntry | undefined,
  index: number,
): TextEdit[] {
  if (sequence.flow) {
    return removeFromFlow(document, itemParts(sequence), index);
  }
  return sequence.items.length === 1
    ? replaceNode(document, sequence, entry, '[]')
    : removeItemFromBlock(document, sequence, index);
}

/** The entries, and between them what the tree does not show as such: merge keys. */
function entryParts(document: SourceDocument, mapping: SourceMapping): FlowParts {
  const parts: TextRange[] = [];
  let from = mapping.range.start + 1;
  const addHidden = (end: number): void => {
    const hidden = contentIn(document, { start: from, end }, ',');
    parts.push(...(hidden ? [hidden] : []));
  };
  for (const entry of ownEntries(mapping)) {
    addHidden(entry.keyRange.start);
    from = entryEnd(document.text, entry);
    parts.push({ start: entry.keyRange.start, end: from });
  }
  addHidden(mapping.range.end - 1);
  return { range: mapping.range, parts };
}

function partOf({ parts }: FlowParts, entry: SourceEntry): number {
  return parts.findIndex(part => part.start === entry.keyRange.start);
}

function itemParts(sequence: SourceSequence): FlowParts {
  return { range: sequence.range, parts: sequence.items.map(item => item.range) };
}

/** The first value of a file that has none, only comments perhaps. A file that could not be read is left as it is. */
function startFile(document: SourceDocument, path: SourcePath, value: PlainValue): TextEdit[] {
  const { text, language } = document;
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const isEmpty = language === 'json' ? text.trim() === '' : lines.every(line => /^(?:---)?\s*(?:#.*)?$/.test(line));
  if (!isEmpty || typeof path[0] === 'number') {
    return [];
  }
  const style = flowStyleOf(document);
  const end = { start: text.length, end: text.length };
  if (language === 'json' || path.length === 0) {
    return [{ range: end, text: formatValue(withValue(null, path, value), style) }];
  }
  const eol = lineBreak(text);
  const entry = formatEntry(String(path[0]), withValue(null, path.slice(1), value), style);
  return [{ range: end, text: `${text === '' || text.endsWith('\n') ? '' : eol}${entry}${eol}` }];
}
