import type { SourceDocument } from '../source-document';
import type { TextEdit, TextRange } from '../../../text/text-edit';
import { commentsIn, eraseRange } from './erase';
import type { FlowStyle } from './format-value';
import { indentation, isFirstOnLine, lineBreak, lineEnd } from './lines';

/** A mapping or list in flow style as its parts lie in the text: entries from key to value, or items. */
export interface FlowParts {
  /** From the opening to the closing bracket. */
  readonly range: TextRange;
  readonly parts: readonly TextRange[];
}

/**
 * Adds `part` (`key: value`, or an item) after part `index`, or first for -1: on the same line, or on a line of its own
 * where the parts around it have theirs.
 */
export function insertIntoFlow(
  document: SourceDocument,
  flow: FlowParts,
  index: number,
  part: string,
  style: FlowStyle,
): TextEdit[] {
  const { text } = document;
  const { parts, range } = flow;
  if (parts.length === 0) {
    return insertIntoEmpty(document, range, part, style);
  }
  const ownLine = isFirstOnLine(text, parts[Math.max(0, index)].start);
  const separator = ownLine ? `,${lineBreak(text)}${indentation(text, parts[Math.max(0, index)].start)}` : style.comma;
  if (index < 0) {
    return [insertion(parts[0].start, part + separator)];
  }
  const end = parts[index].end;
  const comma = commaAfter(document, flow, index);
  const anchor = comma ?? end;
  const lineBreakAt = lineEnd(text, anchor);
  const comments = commentsIn(document, { start: anchor, end: lineBreakAt });
  const restIsComment =
    text.slice(comma === undefined ? end : comma + 1, comments[0]?.start ?? lineBreakAt).trim() === '';
  if (!ownLine || !restIsComment || comments.length === 0) {
    return [insertion(end, separator + part)];
  }
  // The comment at the end of the line is about the part before it, so the new part comes below.
  const line = `${lineBreak(text)}${indentation(text, parts[index].start)}${part}`;
  return comma === undefined
    ? [insertion(end, ','), insertion(lineBreakAt, line)]
    : [insertion(lineBreakAt, `${line},`)];
}

/** Takes part `index` out, with the comma that it no longer needs. Comments stay. */
export function removeFromFlow(document: SourceDocument, flow: FlowParts, index: number): TextEdit[] {
  const { text } = document;
  const { parts, range } = flow;
  if (parts.length === 1) {
    return eraseRange(document, { start: range.start + 1, end: range.end - 1 });
  }
  const isLast = index === parts.length - 1;
  const whole = isLast
    ? { start: parts[index - 1].end, end: parts[index].end }
    : { start: parts[index].start, end: parts[index + 1].start };
  if (commentsIn(document, whole).length === 0) {
    return [{ range: whole, text: '' }];
  }
  const comma = commaAfter(document, flow, index);
  const edits: TextEdit[] = [];
  if (isLast && comma === undefined) {
    const before = commaAfter(document, flow, index - 1);
    edits.push(...(before === undefined ? [] : [{ range: { start: before, end: before + 1 }, text: '' }]));
  }
  const end = comma === undefined ? parts[index].end : comma + 1;
  const blank = /^[ \t]*/.exec(text.slice(end))![0].length;
  const inside = eraseRange(document, { start: parts[index].start, end });
  const line = inside.length === 1 && isFirstOnLine(text, parts[index].start) && end + blank === lineEnd(text, end);
  if (line) {
    // Nothing else is on the line: it goes, with the line break before it.
    const start = text.lastIndexOf('\n', parts[index].start);
    const feed = text[start - 1] === '\r' ? start - 1 : start;
    return [...edits, { range: { start: feed, end: end + blank }, text: '' }];
  }
  return [...edits, ...inside];
}

function insertIntoEmpty(document: SourceDocument, range: TextRange, part: string, style: FlowStyle): TextEdit[] {
  const { text } = document;
  const inside = { start: range.start + 1, end: range.end - 1 };
  const content = text.slice(inside.start, inside.end);
  const padding = text[range.start] === '{' ? style.padding : '';
  if (content.trim() === '') {
    return [{ range: inside, text: padding + part + padding }];
  }
  // Only comments: the part goes right behind the bracket, the comments stay after it.
  return [insertion(inside.start, `${padding}${part} `)];
}

/** Offset of the comma after part `index`, or `undefined`; commas inside comments do not count. */
function commaAfter(document: SourceDocument, { range, parts }: FlowParts, index: number): number | undefined {
  const from = parts[index].end;
  const to = index + 1 < parts.length ? parts[index + 1].start : range.end - 1;
  const comments = commentsIn(document, { start: from, end: to });
  for (let at = from; at < to; at++) {
    const comment = comments.find(({ start, end }) => at >= start && at < end);
    at = comment ? comment.end - 1 : at;
    if (!comment && document.text[at] === ',') {
      return at;
    }
  }
  return undefined;
}

function insertion(offset: number, text: string): TextEdit {
  return { range: { start: offset, end: offset }, text };
}
