import type { SourcePath } from '../../../model/model-spec';
import { parseModelFile } from '../parse';
import type { SourceEntry, SourceNode } from '../source-document';
import type { TextRange } from '../../../text/text-edit';

/** A word that no model file contains; it takes the place of what is being typed. */
const MARK = 'gradientHealthCursor';

/**
 * Finds what is being typed by parsing the text with a mark in its place, so that half-typed text still has a
 * structure.
 */
export interface Cursor {
  /** `key`: a key of a mapping; `value`: the value of a key; `item`: an item of a list. */
  readonly position: 'key' | 'value' | 'item';
  /** Path of the mapping (for a key) or of the value or item itself. */
  readonly path: SourcePath;
  /**
   * Entries of the mapping that the key belongs to, or of the one that holds the value, without what is being typed.
   */
  readonly siblings: readonly SourceEntry[];
  /** Whether it stands inside `{ }` or `[ ]`. */
  readonly flow: boolean;
  /** The word under the cursor, which a completion replaces. */
  readonly word: TextRange;
  /** Text to put before the inserted text: a space after a colon, a dash where a list item is begun. */
  readonly before: '' | ' ' | '- ';
  /** Whether the word is a key that already has its colon. */
  readonly colon: boolean;
  /** The whole text with the mark in it. */
  readonly root: SourceNode;
}

/**
 * Finds what is being typed at `offset` of a YAML text; `undefined` in comments, free text and places without
 * structure.
 */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const word = wordAround(text, offset);
  const line = text.slice(text.lastIndexOf('\n', word.start - 1) + 1, word.start);
  const colon = /^[ \t]*:(\s|$)/.test(text.slice(word.end));
  for (const { inserted, before, flowOnly } of attemptsFor(line, colon)) {
    const marked = text.slice(0, word.start) + inserted + text.slice(word.end);
    const { root } = parseModelFile(marked, 'yaml');
    const offsetOfMark = word.start + inserted.indexOf(MARK);
    const found = root && findMark(root, [], false, offsetOfMark);
    const fits =
      found !== undefined &&
      (flowOnly !== true || found.flow) &&
      (before !== '- ' || found.position === 'item') &&
      (found.flow || found.position !== 'key' || inColumn(marked, found.siblings, offsetOfMark));
    if (root && fits) {
      return { ...found, word, before, colon, root };
    }
  }
  return undefined;
}

/** Ways to complete the text so that it has a structure, in the order they are tried. */
function attemptsFor(line: string, colon: boolean): readonly Attempt[] {
  if (/:$/.test(line)) {
    return [{ inserted: ` ${MARK}`, before: ' ' }];
  }
  const beforeOthers: Attempt = { inserted: `${MARK},`, before: '', flowOnly: true };
  if (/^\s*(- +)*$/.test(line.replace(/^\uFEFF/, '')) && !colon) {
    return [
      { inserted: MARK, before: '', flowOnly: true },
      beforeOthers,
      { inserted: `${MARK}:`, before: '' },
      { inserted: `- ${MARK}`, before: '- ' },
    ];
  }
  return [{ inserted: MARK, before: '' }, beforeOthers];
}

/** Whether a key begins in the column of the keys beside it; else the parser only guessed where it belongs. */
function inColumn(text: string, siblings: readonly SourceEntry[], offset: number): boolean {
  const column = (start: number): number => start - text.lastIndexOf('\n', start - 1);
  return siblings.length === 0 || siblings.some(({ keyRange }) => column(keyRange.start) === column(offset));
}

interface Attempt {
  readonly inserted: string;
  readonly before: Cursor['before'];
  /** Counts only where it lands inside brackets: in a block, a word without a colon belongs to the line before it. */
  readonly flowOnly?: true;
}

type Found = Pick<Cursor, 'position' | 'path' | 'siblings' | 'flow'>;

function findMark(node: SourceNode, path: SourcePath, inFlow: boolean, offset: number): Found | undefined {
  if (node.kind === 'sequence') {
    const flow = inFlow || node.flow;
    for (const [index, item] of node.items.entries()) {
      if (isMark(item, offset)) {
        return { position: 'item', path: [...path, index], siblings: [], flow };
      }
      const found = findMark(item, [...path, index], flow, offset);
      if (found) {
        return found;
      }
    }
    return undefined;
  }
  if (node.kind !== 'mapping') {
    return undefined;
  }
  const flow = inFlow || node.flow;
  for (const entry of node.entries) {
    const siblings = (): readonly SourceEntry[] => node.entries.filter(other => other !== entry);
    if (entry.key === MARK && entry.keyRange.start === offset) {
      return { position: 'key', path, siblings: siblings(), flow };
    }
    if (isMark(entry.value, offset)) {
      return { position: 'value', path: [...path, entry.key], siblings: siblings(), flow };
    }
    const found = findMark(entry.value, [...path, entry.key], flow, offset);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The mark as a value of its own, also within quotes. */
function isMark(node: SourceNode, offset: number): boolean {
  return node.kind === 'scalar' && node.value === MARK && node.range.start >= offset - 1 && node.range.start <= offset;
}

function wordAround(text: string, offset: number): TextRange {
  let start = offset;
  let end = offset;
  while (start > 0 && /[\w$.-]/.test(text[start - 1]) && !isDash(text, start - 1)) {
    start -= 1;
  }
  while (end < text.length && /[\w$.-]/.test(text[end])) {
    end += 1;
  }
  return { start, end };
}

/** Whether the character is the dash of a list item. */
function isDash(text: string, index: number): boolean {
  return (
    /^-(\s|$)/.test(text.slice(index, index + 2)) &&
    /(^|\n)[ \t]*(- +)*$/.test(text.slice(Math.max(0, index - 200), index))
  );
}
