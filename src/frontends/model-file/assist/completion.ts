import type { SourceDocument } from '../source-document';
import type { TextRange } from '../../../text/text-edit';
import { cursorAt, type Cursor } from './cursor';
import { expectationAt } from './expectation';
import { keyCompletions } from './key-completions';
import { modelCompletions } from './model-completions';
import { itemCompletions, valueCompletions } from './value-completions';

/** Something that could be typed at the cursor. */
export interface Completion {
  readonly label: string;
  /** A few words beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** Plain text, but for a `snippet`, which is in VS Code's snippet syntax. */
  readonly insertText: string;
  /** Range that it replaces: the word under the cursor. */
  readonly range: TextRange;
  readonly kind: 'key' | 'value' | 'snippet';
}

/** A completion whose place is not worked out yet. */
export type Proposal = Omit<Completion, 'range'>;

/**
 * Completions at `offset` of a YAML model file, likeliest first, however broken the text around it: keys that are not
 * there yet, values, whole layers. Empty where nothing is known, and in JSON, which VS Code completes from the schema.
 * @param columns names of the columns of the data file, as far as they are known; see `columnFileAt`
 */
export function completionsAt(document: SourceDocument, offset: number, columns: readonly string[] = []): Completion[] {
  if (document.language !== 'yaml') {
    return [];
  }
  const cursor = cursorAt(document.text, offset);
  if (!cursor) {
    return [];
  }
  const after = commaAfter(document.text, cursor);
  return propose(cursor, columns).map(proposal => {
    const before = proposal.insertText.startsWith('\n') ? '' : cursor.before;
    return { ...proposal, insertText: `${before}${proposal.insertText}${after}`, range: cursor.word };
  });
}

function propose(cursor: Cursor, columns: readonly string[]): readonly Proposal[] {
  switch (cursor.position) {
    case 'key': {
      // After the dash of a block list, a name looks like the key of a mapping that is begun.
      const isName =
        typeof cursor.path.at(-1) === 'number' && expectationAt(cursor.root, cursor.path)?.kind === 'value';
      if (isName) {
        return itemCompletions({ ...cursor, position: 'item' }, columns);
      }
      return [...modelCompletions(cursor), ...keyCompletions(cursor)];
    }
    case 'value':
      return valueCompletions(cursor, columns);
    case 'item':
      return itemCompletions(cursor, columns);
  }
}

/** Inside braces, what is put before another entry needs a comma after it. */
function commaAfter(text: string, cursor: Cursor): string {
  const rest = text.slice(cursor.word.end);
  return cursor.flow && cursor.position !== 'value' && !cursor.colon && /^[ \t]*[\w"'{[]/.test(rest) ? ', ' : '';
}
