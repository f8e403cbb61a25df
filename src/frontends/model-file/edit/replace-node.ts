import type { SourceEntry, SourceNode, SourceDocument } from '../source-document';
import type { TextEdit, TextRange } from '../../../text/text-edit';
import { nameRange } from '../foreign/written-names';
import { commentsIn, replaceRange } from './erase';
import { lineEnd } from './lines';
import { isAlias } from './source-value';

/** Anchor (`&name`) and tag (`!!str`) before a value. */
const PROPERTIES = /^(?:[ \t]+[&!][^\s,[\]{}]*)*/;

/**
 * Writes `text` where `node` stands; `entry` is the mapping entry whose value it is, if any. Anchors and comments stay.
 */
export function replaceNode(
  document: SourceDocument,
  node: SourceNode,
  entry: SourceEntry | undefined,
  text: string,
): TextEdit[] {
  if (node.kind === 'scalar' && node.range.end === node.range.start) {
    return [fillEmpty(document, node.range.start, entry, text)];
  }
  if (entry?.translated) {
    // The value would mean something else behind the other library's key.
    return [
      { range: nameRange(document.text, entry.keyRange), text: entry.key },
      ...replaceRange(document, node.range, text),
    ];
  }
  const isBlock = node.kind !== 'scalar' && !node.flow && !isAlias(document, node);
  if (!isBlock) {
    return replaceRange(document, node.range, text);
  }
  if (!entry) {
    return replaceRange(document, withTrailingComment(document, node.range), text);
  }
  const colon = document.text.indexOf(':', entry.keyRange.end) + 1;
  const start = colon + PROPERTIES.exec(document.text.slice(colon, node.range.start))![0].length;
  return replaceRange(document, withTrailingComment(document, { start, end: node.range.end }), ` ${text}`);
}

/** Writes the value of a key without one: `clip:`, or a bare `{ clip }`. */
function fillEmpty(document: SourceDocument, offset: number, entry: SourceEntry | undefined, text: string): TextEdit {
  const before = entry ? entry.keyRange.end : 0;
  const kept = document.text.slice(before, offset).trimEnd();
  const at = before + kept.length;
  const separator = entry && !kept.includes(':') ? ': ' : ' ';
  const end = document.text[offset] === ',' ? offset : at;
  return { range: { start: at, end }, text: separator + text };
}

/** Where comments inside a block stay on lines of their own, the one that ends its last line does too. */
function withTrailingComment(document: SourceDocument, range: TextRange): TextRange {
  const comments = commentsIn(document, { start: range.end, end: lineEnd(document.text, range.end) });
  const inside = commentsIn(document, range);
  return inside.length > 0 && comments.length > 0 ? { start: range.start, end: comments[0].end } : range;
}
