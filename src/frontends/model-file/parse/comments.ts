import { createScanner } from 'jsonc-parser';
import { CST, Lexer } from 'yaml';
import type { ModelFileLanguage } from '../source-document';
import type { TextRange } from '../../../text/text-edit';

/**
 * Ranges of all comments, with their marks, in the order of the text. What only looks like one inside quotes or a block
 * of text is none.
 */
export function commentsOf(text: string, language: ModelFileLanguage): readonly TextRange[] {
  return language === 'json' ? jsonComments(text) : yamlComments(text);
}

function yamlComments(text: string): readonly TextRange[] {
  const comments: TextRange[] = [];
  let offset = 0;
  let isScalar: boolean = false;
  for (const lexeme of new Lexer().lex(text)) {
    // Of the lexer's marks, which stand for no text, one says that what follows is a scalar, whatever it looks like.
    const isMark: boolean = !isScalar && (lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END || lexeme === CST.SCALAR);
    if (!isScalar && CST.tokenType(lexeme) === 'comment') {
      comments.push({ start: offset, end: offset + lexeme.trimEnd().length });
    }
    isScalar = isMark && lexeme === CST.SCALAR;
    offset += isMark ? 0 : lexeme.length;
  }
  return comments;
}

function jsonComments(text: string): readonly TextRange[] {
  const comments: TextRange[] = [];
  const scanner = createScanner(text, false);
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const start = scanner.getTokenOffset();
    if (text.startsWith('//', start) || text.startsWith('/*', start)) {
      comments.push({ start, end: Math.min(start + scanner.getTokenLength(), text.length) });
    }
  }
  return comments;
}
