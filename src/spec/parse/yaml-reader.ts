import { Composer, CST, Lexer, Parser, type Document, type ParsedNode } from 'yaml';
import type { SpecProblem } from '../spec-document';
import { MAX_DEPTH, MAX_SYNTAX_PROBLEMS, MAX_VALUES, MAX_YAML_TOKENS } from './limits';
import { refuseDepth, refuseValues, syntaxProblem, type Reading } from './reading';
import { yamlSentence } from './yaml-messages';
import { buildTree } from './yaml-tree';

/**
 * Reads YAML 1.2 (core schema) with anchors, aliases and merge keys. Never throws: depth and size are bounded while
 * tokens are read, before the composer, which recurses, sees them.
 */
export function readYaml(text: string): Reading {
  const problems: SpecProblem[] = [];
  const tokens = readTokens(text, problems);
  if (!Array.isArray(tokens)) {
    return tokens;
  }
  const composer = new Composer({ schema: 'core', uniqueKeys: false, prettyErrors: false, resolveKnownTags: false });
  const documents = [...composer.compose(tokens, true, text.length)] as Document.Parsed[];
  const [first, second] = documents;
  for (const error of first?.errors ?? []) {
    problems.push(syntaxProblem(text, 'syntax', yamlSentence(error), error.pos[0], error.pos[1]));
  }
  if (second) {
    const start = text.lastIndexOf('---', second.range[0]);
    problems.push(syntaxProblem(text, 'several-documents', 'A file holds one model; remove this `---` and what follows, or move it to a file of its own.', start, start + 3));
  }
  const tree = buildTree((first?.contents ?? undefined) as ParsedNode | undefined, text);
  if (tree.height > MAX_DEPTH) {
    return refuseDepth(text);
  }
  if (tree.size > MAX_VALUES) {
    return refuseValues(text);
  }
  problems.push(...tree.problems);
  return { root: tree.root, problems: problems.slice(0, MAX_SYNTAX_PROBLEMS) };
}

/** The tokens of the text, or its refusal. Tags are reported here, where each is a token with a place. */
function readTokens(text: string, problems: SpecProblem[]): CST.Token[] | Reading {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let previous = '';
  for (const lexeme of new Lexer().lex(text)) {
    const offset = parser.offset;
    if (previous !== CST.SCALAR && CST.tokenType(lexeme) === 'tag') {
      problems.push(syntaxProblem(text, 'tag', `Tags such as \`${lexeme}\` have no meaning in a model file; remove it.`, offset, offset + lexeme.length));
    }
    previous = lexeme;
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
    }
    count += 1;
    if (parser.stack.length > MAX_DEPTH) {
      return refuseDepth(text);
    }
    if (count > MAX_YAML_TOKENS) {
      return refuseValues(text);
    }
  }
  for (const token of parser.end()) {
    tokens.push(token);
  }
  return tokens;
}
