import { isAlias as isAliasNode, Lexer, parseDocument, visit } from 'yaml';
import type { SourcePath } from '../../../model/model-spec';
import { nodeAt } from '../source-range';
import type { SourceNode, SourceDocument } from '../source-document';
import type { TextEdit, TextRange } from '../../../text/text-edit';
import { flowStyleOf } from './flow-style';
import { formatValue } from './format-value';
import { isAlias, type PlainValue } from './source-value';

/** An anchor `&name` with the aliases `*name` that stand for its value. */
export interface Anchor {
  readonly name: string;
  readonly range: TextRange;
  readonly aliases: readonly TextRange[];
}

/** Lexemes of the YAML lexer that take no room in the text; the third says that the next one is text. */
const WIDTHLESS = new Set(['\u0002', '\u0018', '\u001F']);
const TEXT_FOLLOWS = '\u001F';

/** Every anchor of the file, in order. */
export function anchorsOf(document: SourceDocument): Anchor[] {
  if (document.language === 'json' || !document.text.includes('&')) {
    return [];
  }
  const anchors: { name: string; range: TextRange; aliases: TextRange[] }[] = [];
  let offset = 0;
  let previous = '';
  for (const lexeme of new Lexer().lex(document.text)) {
    const range = { start: offset, end: offset + lexeme.length };
    if (previous !== TEXT_FOLLOWS && lexeme.length > 1) {
      if (lexeme.startsWith('&')) {
        anchors.push({ name: lexeme.slice(1), range, aliases: [] });
      } else if (lexeme.startsWith('*')) {
        anchors.findLast(anchor => anchor.name === lexeme.slice(1))?.aliases.push(range);
      }
    }
    offset = WIDTHLESS.has(lexeme) ? offset : range.end;
    previous = lexeme;
  }
  return anchors;
}

/** The anchor of a value, or `undefined`: only blank space, a tag and comments stand between the two. */
export function anchorOf(document: SourceDocument, node: SourceNode, anchors: readonly Anchor[]): Anchor | undefined {
  if (isAlias(document, node)) {
    return undefined;
  }
  // Another anchor in between would be more than blank space, so the last one before the value is the only one that can
  // be its own.
  const last = anchors.findLast(({ range }) => range.end <= node.range.start);
  return last && holdsNoValue(document.text, last.range.end, node.range.start) ? last : undefined;
}

/** Whether the text between two offsets holds nothing but blank space, tags and comments. Reads each character once. */
function holdsNoValue(text: string, start: number, end: number): boolean {
  let offset = start;
  while (offset < end) {
    const character = text[offset];
    if (character === '#') {
      const lineEnd = text.indexOf('\n', offset);
      offset = lineEnd < 0 ? end : lineEnd;
    } else if (character === '!') {
      while (offset < end && !isBlank(text[offset])) {
        offset += 1;
      }
    } else if (isBlank(character)) {
      offset += 1;
    } else {
      return false;
    }
  }
  return true;
}

function isBlank(character: string): boolean {
  return character.trim() === '';
}

/**
 * Makes the value at `path` and what surrounds it independent of aliases elsewhere, so that it can change alone: the
 * first alias of each anchor that the change would reach gets the anchor together with a copy of the value.
 */
export function detachAnchors(document: SourceDocument, path: SourcePath): TextEdit[] {
  const anchors = anchorsOf(document).filter(anchor => anchor.aliases.length > 0);
  const target = nodeAt(document, path);
  if (anchors.length === 0) {
    return [];
  }
  const around = path
    .map((_, length) => nodeAt(document, path.slice(0, length)))
    .map(node => node && anchorOf(document, node, anchors));
  const own = target && anchorOf(document, target, anchors);
  const reached = anchors.filter(
    anchor => around.includes(anchor) || anchor === own || isWithin(anchor.range, target?.range),
  );
  return reached.flatMap(anchor => {
    const outside = anchor.aliases.find(alias => !isWithin(alias, target?.range));
    if (!outside) {
      return [];
    }
    const blank = /^[ \t]*/.exec(document.text.slice(anchor.range.end))![0].length;
    return [
      { range: { start: anchor.range.start, end: anchor.range.end + blank }, text: '' },
      {
        range: outside,
        text: `&${anchor.name} ${formatValue(anchoredValue(document, anchor), flowStyleOf(document))}`,
      },
    ];
  });
}

function isWithin(range: TextRange, outer: TextRange | undefined): boolean {
  return outer !== undefined && range.start >= outer.start && range.end <= outer.end;
}

/**
 * Returns the value of the anchor; asks the parser, since the tree does not show what merge keys are given in place.
 * The reader has bounded how far aliases may repeat, so the count is not bounded again.
 */
function anchoredValue(document: SourceDocument, anchor: Anchor): PlainValue {
  const parsed = parseDocument(document.text, { schema: 'core', merge: true, uniqueKeys: false, logLevel: 'silent' });
  let value: PlainValue = null;
  visit(parsed, {
    Node: (_, node) => {
      if (isAliasNode(node) || node.anchor !== anchor.name || (node.range?.[0] ?? 0) < anchor.range.end) {
        return undefined;
      }
      value = node.toJS(parsed, { maxAliasCount: -1 }) as PlainValue;
      return visit.BREAK;
    },
  });
  return value;
}
