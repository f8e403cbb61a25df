import type { SourceEntry, SourceDocument } from '../source-document';
import type { TextEdit } from '../../../text/text-edit';
import { entryBefore } from './key-order';
import { column, indentation, lineBreak, lineEnd, lineStart, nextLine } from './lines';
import { entryEnd, ownEntries, type SourceMapping, type SourceSequence } from './source-value';

/** Adds `entry` (`key: value`) to a mapping in block style, on a line of its own at the indentation of the others. */
export function insertIntoBlock(
  document: SourceDocument,
  mapping: SourceMapping,
  key: string,
  entry: string,
): TextEdit {
  const { text } = document;
  const own = ownEntries(mapping);
  const isRoot = mapping === document.root;
  const eol = lineBreak(text);
  const margin = ' '.repeat(column(text, mapping.range.start));
  const before = own.length > 0 ? entryBefore(own, key, isRoot) : undefined;
  if (!before && own.length > 0) {
    const start = own[0].keyRange.start;
    return insertion(start, `${entry}${eol}${margin}`);
  }
  const end = before ? lastLineOf(document, before, margin.length) : lineEnd(text, mapping.range.end);
  const blank = before && isRoot && standsApart(document, own, before) ? eol : '';
  return insertion(end, `${blank}${eol}${margin}${entry}`);
}

/** Adds an item to a list in block style, after its last one. */
export function appendToBlock(document: SourceDocument, sequence: SourceSequence, item: string): TextEdit {
  const { text } = document;
  const first = sequence.range.start;
  const margin = text[first] === '-' ? ' '.repeat(column(text, first)) : indentation(text, first);
  return insertion(lineEnd(text, sequence.range.end), `${lineBreak(text)}${margin}- ${item}`);
}

function insertion(offset: number, text: string): TextEdit {
  return { range: { start: offset, end: offset }, text };
}

/** End of the last line that belongs to the entry: with the comments below it that are indented deeper than its key. */
function lastLineOf(document: SourceDocument, entry: SourceEntry, margin: number): number {
  const { text } = document;
  let end = lineEnd(text, entryEnd(text, entry));
  const { value } = entry;
  const keepsBlankLines = value.kind === 'scalar' && /^[|>]\d*\+/.test(text.slice(value.range.start, value.range.end));
  for (let line = nextLine(text, end); line < text.length; line = nextLine(text, line)) {
    const content = text.slice(line, lineEnd(text, line));
    if (content.trim() === '') {
      end = keepsBlankLines ? lineEnd(text, line) : end;
    } else if (content.trimStart().startsWith('#') && content.search(/\S/) > margin) {
      end = lineEnd(text, line);
    } else {
      break;
    }
  }
  return end;
}

/**
 * Whether the file sets the entry apart by a blank line from what follows, so that a new one wants a blank line before
 * it.
 */
function standsApart(document: SourceDocument, entries: readonly SourceEntry[], before: SourceEntry): boolean {
  const { text } = document;
  const gaps = entries
    .slice(1)
    .map((entry, index) => hasBlankLine(text, entryEnd(text, entries[index]), entry.keyRange.start));
  if (gaps.length > 0 && gaps.every(Boolean)) {
    return true;
  }
  const spansLines = lineStart(text, before.keyRange.start) !== lineStart(text, entryEnd(text, before));
  const index = entries.indexOf(before);
  return spansLines && (index < gaps.length ? gaps[index] : gaps[index - 1] === true);
}

function hasBlankLine(text: string, from: number, to: number): boolean {
  return /\n[ \t]*\r?\n/.test(text.slice(from, to));
}
