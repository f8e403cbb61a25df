import type { SourceNode, SourceDocument } from '../source-document';
import type { TextEdit, TextRange } from '../../../text/text-edit';
import { lineEnd, nextLine } from './lines';
import { isAlias, ownEntries } from './source-value';

const COMMENT = { yaml: /#[^\r\n]*/y, json: /\/\/[^\r\n]*|\/\*[^]*?\*\//y };

/** Comments that begin in `range`, in order, without their line break. */
export function commentsIn(document: SourceDocument, range: TextRange): TextRange[] {
  const { text, language } = document;
  const opaque = scalarsOf(document);
  const found: TextRange[] = [];
  let next = firstEndingAfter(opaque, range.start);
  for (let offset = range.start; offset < range.end; offset++) {
    while (next < opaque.length && opaque[next].end <= offset) {
      next++;
    }
    if (next < opaque.length && opaque[next].start <= offset) {
      offset = opaque[next].end - 1;
      continue;
    }
    const pattern = COMMENT[language];
    pattern.lastIndex = offset;
    // In YAML a `#` inside a word is part of the word.
    const match =
      language === 'json' || offset === 0 || /[\s\uFEFF]/.test(text[offset - 1]) ? pattern.exec(text) : null;
    if (match) {
      found.push({ start: offset, end: offset + match[0].length });
      offset += match[0].length - 1;
    }
  }
  return found;
}

/**
 * The text from the first to the last character of `range` that is neither blank, nor a comment, nor one of `skipped`.
 */
export function contentIn(document: SourceDocument, range: TextRange, skipped = ''): TextRange | undefined {
  const comments = commentsIn(document, range);
  let content: TextRange | undefined;
  let next = 0;
  for (let offset = range.start; offset < range.end; offset++) {
    const comment = comments[next];
    if (comment?.start === offset) {
      offset = comment.end - 1;
      next += 1;
    } else if (!/\s/.test(document.text[offset]) && !skipped.includes(document.text[offset])) {
      content = { start: content?.start ?? offset, end: offset + 1 };
    }
  }
  return content;
}

/** Looked for in the whole document once: a cure edits it in hundreds of places. */
const scalars = new WeakMap<SourceDocument, readonly TextRange[]>();

/** The ranges of all scalars and aliases, in the order of the text; no two of them overlap. */
function scalarsOf(document: SourceDocument): readonly TextRange[] {
  const known =
    scalars.get(document) ??
    (document.root ? [...scalarRanges(document, document.root)].sort((one, other) => one.start - other.start) : []);
  scalars.set(document, known);
  return known;
}

/** Index of the first range that ends after `offset`; the number of ranges where none does. */
function firstEndingAfter(ranges: readonly TextRange[], offset: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle].end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

function* scalarRanges(document: SourceDocument, node: SourceNode): Generator<TextRange> {
  if (node.kind === 'scalar' || isAlias(document, node)) {
    yield node.range;
  } else if (node.kind === 'sequence') {
    for (const item of node.items) {
      yield* scalarRanges(document, item);
    }
  } else {
    for (const entry of ownEntries(node)) {
      yield entry.keyRange;
      yield* scalarRanges(document, entry.value);
    }
  }
}

/**
 * Puts `replacement` in the place of everything in `range` but its comments, which stay: on the replacement's line
 * where they were on the first line, else each on a line of its own.
 */
export function replaceRange(document: SourceDocument, range: TextRange, replacement: string): TextEdit[] {
  const { text } = document;
  const comments = commentsIn(document, range);
  if (comments.length === 0) {
    return [{ range, text: replacement }];
  }
  const edits: TextEdit[] = [];
  const erase = (start: number, end: number): void => {
    if (end > start) {
      edits.push({ range: { start, end }, text: '' });
    }
  };
  let from = range.start;
  for (const comment of comments) {
    const gap = text.slice(from, comment.start);
    const feed = gap.lastIndexOf('\n');
    // The last line of the gap leads to the comment: its indentation, or the space before `#`, is kept.
    const line = from + feed + 1;
    const lead = feed < 0 ? gap.length - gap.trimEnd().length : /^[ \t]*/.exec(gap.slice(feed + 1))![0].length;
    if (feed < 0) {
      erase(from, comment.start - lead);
    } else {
      const feedStart = gap[feed - 1] === '\r' ? line - 2 : line - 1;
      erase(from, feedStart);
      erase(line + lead, comment.start);
    }
    from = comment.end;
  }
  erase(tailStart(text, from, range.end), range.end);
  const first = edits[0];
  if (first?.range.start === range.start) {
    edits[0] = { ...first, text: replacement };
  } else {
    edits.unshift({ range: { start: range.start, end: range.start }, text: replacement });
  }
  return edits;
}

/** Takes everything in `range` out but its comments. */
export function eraseRange(document: SourceDocument, range: TextRange): TextEdit[] {
  return replaceRange(document, range, '').filter(edit => edit.range.end > edit.range.start);
}

/**
 * Where erasing after the last comment begins: what follows `end` on its line may not end up inside that comment, so
 * then the comment's line break and the indentation after it stay.
 */
function tailStart(text: string, from: number, end: number): number {
  const next = nextLine(text, from);
  if (next > end || text.slice(end, lineEnd(text, end)).trim() === '') {
    return from;
  }
  return Math.min(end, next + /^[ \t]*/.exec(text.slice(next))![0].length);
}
