import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { SourceEntry, SourceNode } from '../source-document';
import type { TextProblem } from '../../text-problem';
import type { TextRange } from '../../../text/text-edit';
import { MAX_DEPTH, MAX_VALUES } from './parse-limits';
import { refuseDepth, refuseValues, syntaxProblem, type Reading } from './reading';

const SENTENCES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not a JSON value; text needs double quotes, and numbers look like `0.01` or `1e-4`.',
  InvalidNumberFormat: 'This is not a JSON number; write it like `0.01` or `1e-4`.',
  PropertyNameExpected: 'A key in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'A closing brace `}` is missing here.',
  CloseBracketExpected: 'A closing bracket `]` is missing here.',
  EndOfFileExpected: 'The model ends before this; a file holds one model.',
  InvalidCommentToken: 'A comment is not allowed here.',
  UnexpectedEndOfComment: 'This comment is never closed; end it with `*/`.',
  UnexpectedEndOfString: 'This text is never closed; end it with a double quote.',
  UnexpectedEndOfNumber: 'This number is incomplete; write it like `0.01` or `1e-4`.',
  InvalidUnicode: 'This is not a Unicode escape; write it like `\\u00e9`.',
  InvalidEscapeCharacter: 'This escape is unknown in JSON; write a backslash as `\\\\`.',
  InvalidCharacter: 'This control character is not allowed in JSON text.',
};

/** Reads JSON. Comments and trailing commas are tolerated, as VS Code does in its own settings. Never throws. */
export function readJson(text: string): Reading {
  // A byte order mark is no JSON, but editors on Windows write it; a space in its place keeps every offset.
  const source = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const refusal = checkExtent(source);
  if (refusal) {
    return refusal;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { allowTrailingComma: true, disallowComments: false });
  // What is told after the first error mostly follows from it.
  const problems = errors.slice(0, 1).map(error => {
    const sentence = SENTENCES[printParseErrorCode(error.error)] ?? 'This is not JSON.';
    return syntaxProblem(text, 'syntax', sentence, error.offset, error.offset + error.length);
  });
  const root = tree ? readNode(tree, text, problems) : undefined;
  return { root, problems };
}

/**
 * `parseTree` recurses, so depth and number of values are bounded before it runs. Tokens are told by their first
 * character.
 */
function checkExtent(source: string): Reading | undefined {
  const scanner = createScanner(source, true);
  let depth = 0;
  let commas = 0;
  // Past the end, after a comment that is never closed, tokens still have a length; only the offset tells the end.
  for (scanner.scan(); scanner.getTokenOffset() < source.length; scanner.scan()) {
    const first = source[scanner.getTokenOffset()];
    depth += first === '{' || first === '[' ? 1 : first === '}' || first === ']' ? -1 : 0;
    commas += first === ',' ? 1 : 0;
    if (depth > MAX_DEPTH) {
      return refuseDepth(source);
    }
    if (commas > MAX_VALUES) {
      return refuseValues(source);
    }
  }
  return undefined;
}

function readNode(node: Node, text: string, problems: TextProblem[]): SourceNode {
  const range = rangeOf(node, text);
  if (node.type === 'array') {
    return {
      kind: 'sequence',
      range,
      flow: true,
      items: (node.children ?? []).map(child => readNode(child, text, problems)),
    };
  }
  if (node.type === 'object') {
    return { kind: 'mapping', range, flow: true, entries: readEntries(node, text, problems) };
  }
  return { kind: 'scalar', range, value: (node.value ?? null) as string | number | boolean | null };
}

function readEntries(node: Node, text: string, problems: TextProblem[]): SourceEntry[] {
  const entries = new Map<string, SourceEntry>();
  for (const property of node.children ?? []) {
    const [keyNode, valueNode] = property.children ?? [];
    if (!keyNode) {
      continue;
    }
    const key = String(keyNode.value);
    const keyRange = rangeOf(keyNode, text);
    if (entries.has(key)) {
      const message = `Key \`${key}\` is given twice here; keep one of them.`;
      problems.push(syntaxProblem(text, 'duplicate-key', message, keyRange.start, keyRange.end));
      continue;
    }
    const end = Math.max(keyRange.end, rangeOf(property, text).end);
    const value: SourceNode = valueNode
      ? readNode(valueNode, text, problems)
      : { kind: 'scalar', range: { start: end, end }, value: null };
    entries.set(key, { key, keyRange, value });
  }
  return [...entries.values()];
}

/** Behind a comment that is never closed, the parser's lengths reach beyond the text. */
function rangeOf(node: Node, text: string): TextRange {
  return { start: Math.min(node.offset, text.length), end: Math.min(node.offset + node.length, text.length) };
}
