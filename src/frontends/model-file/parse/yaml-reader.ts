import { Composer, CST, Lexer, Parser, type Document } from 'yaml';
import type { TextProblem } from '../../text-problem';
import type { TextRange } from '../../../text/text-edit';
import { MAX_DEPTH, MAX_SYNTAX_PROBLEMS, MAX_VALUES, MAX_YAML_TOKENS } from './parse-limits';
import { refuseDepth, refuseValues, syntaxProblem, type Reading } from './reading';
import { isUnclosedQuote, yamlSentence } from './yaml-messages';
import { buildTree } from './yaml-tree';

/**
 * Reads YAML 1.2 (core schema) with anchors, aliases and merge keys. Never throws: depth and size are bounded while
 * tokens are read, before the composer, which recurses, sees them.
 */
export function readYaml(text: string): Reading {
  const problems = new SyntaxProblems(text);
  const reading = readTokens(text, problems);
  if ('root' in reading) {
    return reading;
  }
  const { tokens, unclosed } = reading;
  const composer = new Composer({ schema: 'core', uniqueKeys: false, prettyErrors: false, resolveKnownTags: false });
  const documents = [...composer.compose(tokens, true, text.length)] as Document.Parsed[];
  const [first, second] = documents;
  for (const error of first?.errors ?? []) {
    if (error.code !== 'TAG_RESOLVE_FAILED') {
      const range = (isUnclosedQuote(error) ? unclosed : undefined) ?? { start: error.pos[0], end: error.pos[1] };
      problems.add('syntax', () => yamlSentence(error), range);
    }
  }
  if (second) {
    const start = text.lastIndexOf('---', second.range[0]);
    const message = 'A file holds one model; remove this `---` and what follows, or move it to a file of its own.';
    problems.add('several-documents', () => message, { start, end: start + 3 });
  }
  const tree = buildTree(first?.contents ?? undefined, text);
  if (tree.height > MAX_DEPTH) {
    return refuseDepth(text);
  }
  if (tree.size > MAX_VALUES) {
    return refuseValues(text);
  }
  return { root: tree.root, problems: problems.with(tree.problems) };
}

/** The first problem at each place, up to the limit; others are not even made. */
class SyntaxProblems {
  private readonly kept = new Map<number, TextProblem>();
  private readonly places = new Set<number>();

  constructor(private readonly text: string) {}

  add(code: string, message: () => string, { start, end }: TextRange): void {
    if (this.kept.size >= MAX_SYNTAX_PROBLEMS || this.places.has(start)) {
      return;
    }
    this.places.add(start);
    this.keep(syntaxProblem(this.text, code, message(), start, end));
  }

  with(others: readonly TextProblem[]): readonly TextProblem[] {
    others.forEach(problem => this.keep(problem));
    return [...this.kept.values()].slice(0, MAX_SYNTAX_PROBLEMS);
  }

  private keep(problem: TextProblem): void {
    const { start } = problem.range;
    this.kept.set(start, this.kept.get(start) ?? problem);
  }
}

interface Tokens {
  readonly tokens: readonly CST.Token[];
  /** The first line of quoted text whose closing quote is missing. */
  readonly unclosed: TextRange | undefined;
}

/** The tokens of the text, or its refusal. Tags are reported here, where each is a token with a place. */
function readTokens(text: string, problems: SyntaxProblems): Tokens | Reading {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let unclosed: TextRange | undefined;
  let count = 0;
  let previous = '';
  for (const lexeme of new Lexer().lex(text)) {
    const offset = parser.offset;
    const type = previous === CST.SCALAR ? 'scalar' : CST.tokenType(lexeme);
    if (type === 'tag') {
      const range = { start: offset, end: offset + lexeme.length };
      problems.add(
        'tag',
        () => `Tags such as \`${lexeme.slice(0, 40)}\` have no meaning in a model file; remove it.`,
        range,
      );
    } else if (/^["']/.test(lexeme) && type !== 'scalar' && (lexeme.length === 1 || !lexeme.endsWith(lexeme[0]))) {
      unclosed ??= { start: offset, end: offset + lexeme.search(/[\r\n]|$/) };
    }
    previous = lexeme;
    tokens.push(...parser.next(lexeme));
    count += 1;
    if (parser.stack.length > MAX_DEPTH) {
      return refuseDepth(text);
    }
    if (count > MAX_YAML_TOKENS) {
      return refuseValues(text);
    }
  }
  tokens.push(...parser.end());
  return { tokens, unclosed };
}
