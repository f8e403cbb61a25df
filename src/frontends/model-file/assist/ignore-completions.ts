/** Completion inside comments that silence rules. */
import { commentsOf } from '../parse/comments';
import type { SourceDocument } from '../source-document';
import type { Completion } from './completion';

/** A rule that a comment may name. */
export interface NamedRule {
  readonly id: string;
  /** One sentence. */
  readonly summary: string;
}

/** Text of a comment before its rules. */
const DIRECTIVE = 'gradient-health: ignore';

/**
 * Completes a comment at `offset`: the rules that it does not name yet behind `gradient-health: ignore`, and these
 * words themselves where it says nothing else. `undefined` outside of comments.
 */
export function ignoreCompletionsAt(
  document: SourceDocument,
  offset: number,
  rules: readonly NamedRule[],
): readonly Completion[] | undefined {
  const { text, language } = document;
  const comment = commentsOf(text, language).find(
    ({ start, end }) =>
      start < offset && text.slice(end, offset).trim() === '' && !text.slice(end, offset).includes('\n'),
  );
  if (!comment) return undefined;
  const mark = /^(?:#+|\/\/|\/\*)[ \t]*/.exec(text.slice(comment.start, Math.max(comment.end, offset)))![0].length;
  const said = comment.start + mark;
  const before = text.slice(said, offset);
  if (offset >= said && DIRECTIVE.startsWith(before)) {
    return [
      {
        label: DIRECTIVE,
        detail: 'silence rules',
        kind: 'key',
        insertText: `${DIRECTIVE} `,
        range: { start: said, end: offset },
        documentation:
          'Silences the rules that follow, separated by commas, for the layer or entry on this line or the next one; before the first key, for the ' +
          'whole file. A reason may follow `--`.',
      },
    ];
  }
  const list = /^gradient-health:[ \t]*ignore[ \t]+/.exec(before);
  if (!list || /\s--(\s|$)/.test(before)) return [];
  const word = /[\w-]*$/.exec(before)![0].length;
  const end = offset + /^[\w-]*/.exec(text.slice(offset))![0].length;
  // Behind a name without a comma nothing of ours can stand.
  if (!/(?:^|,)[ \t]*$/.test(before.slice(list[0].length, before.length - word))) return [];
  const rest = text.slice(end, Math.max(end, comment.end)).replace(/\s--(\s.*)?$/s, '');
  const named = new Set(
    `${before.slice(list[0].length, before.length - word)},${rest}`.split(',').map(name => name.trim()),
  );
  return rules
    .filter(({ id }) => !named.has(id))
    .map(({ id, summary }) => ({
      label: id,
      detail: '',
      documentation: summary,
      insertText: id,
      range: { start: offset - word, end },
      kind: 'value',
    }));
}
