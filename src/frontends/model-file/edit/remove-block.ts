import type { SourceDocument } from '../source-document';
import type { TextEdit, TextRange } from '../../../text/text-edit';
import { commentsIn, contentIn, eraseRange } from './erase';
import { column, isFirstOnLine, lineEnd, lineStart, nextLine } from './lines';
import { entryEnd, ownEntries, type SourceMapping, type SourceSequence } from './source-value';

/** Takes entry `index` of the mapping's own ones out of a mapping in block style that has others. Comments stay. */
export function removeFromBlock(document: SourceDocument, mapping: SourceMapping, index: number): TextEdit[] {
  const own = ownEntries(mapping);
  const range = { start: own[index].keyRange.start, end: entryEnd(document.text, own[index]) };
  // Not simply the next entry: a merge key may stand before it.
  return removePart(document, range, contentIn(document, { start: range.end, end: mapping.range.end })?.start);
}

/** Takes item `index` out of a list in block style that has others. Comments stay. */
export function removeItemFromBlock(document: SourceDocument, sequence: SourceSequence, index: number): TextEdit[] {
  const start = dashOf(document, sequence, index);
  const end = Math.max(start + 1, sequence.items[index].range.end);
  const next = index + 1 < sequence.items.length ? dashOf(document, sequence, index + 1) : undefined;
  return removePart(document, { start, end }, next);
}

/** All dashes of a list stand in one column. */
function dashOf(document: SourceDocument, sequence: SourceSequence, index: number): number {
  const { text } = document;
  if (index === 0) {
    return sequence.range.start;
  }
  const margin = column(text, sequence.range.start);
  let line = lineStart(text, sequence.items[index].range.start);
  while (line > sequence.range.start && !(text[line + margin] === '-' && isFirstOnLine(text, line + margin))) {
    line = lineStart(text, line - 1);
  }
  return line + margin;
}

function removePart(document: SourceDocument, range: TextRange, nextStart: number | undefined): TextEdit[] {
  if (!isFirstOnLine(document.text, range.start) && nextStart !== undefined) {
    // The first part after a dash: the next one moves up to it.
    return eraseRange(document, { start: range.start, end: nextStart });
  }
  return removeLines(document, range);
}

/** Erases whole lines; of a line with a comment, what stands before it. */
function removeLines(document: SourceDocument, range: TextRange): TextEdit[] {
  const { text } = document;
  const end = lineEnd(text, range.end);
  const comments = commentsIn(document, { start: range.start, end });
  const erased: { start: number; end: number }[] = [];
  const erase = (from: number, to: number): void => {
    const last = erased.at(-1);
    if (last?.end === from) {
      last.end = to;
    } else if (to > from) {
      erased.push({ start: from, end: to });
    }
  };
  for (let line = lineStart(text, range.start); line <= end; line = nextLine(text, line)) {
    const comment = comments.find(({ start }) => start >= line && start <= lineEnd(text, line));
    if (comment) {
      erase(line + /^[ \t]*/.exec(text.slice(line))![0].length, comment.start);
    } else {
      erase(line, nextLine(text, line));
    }
    if (nextLine(text, line) === text.length) {
      break;
    }
  }
  const last = erased.at(-1);
  if (last && last.end === text.length && !text.endsWith('\n') && last.start > 0 && text[last.start - 1] === '\n') {
    // The last line had no line break, so it takes that of the line before with it.
    last.start -= text[last.start - 2] === '\r' ? 2 : 1;
  }
  return erased.map(part => ({ range: part, text: '' }));
}
