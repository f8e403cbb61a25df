import type { SpecDocument, TextRange } from '../spec-document';
import { cursorAt, type Cursor } from './cursor';
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
  /** What it replaces: the word under the cursor. */
  readonly range: TextRange;
  readonly kind: 'key' | 'value' | 'snippet';
}

/** A completion whose place is not worked out yet. */
export type Proposal = Omit<Completion, 'range'>;

/**
 * What could stand at `offset` of a YAML model file, likeliest first, however broken the text around it: keys that are not
 * there yet, values, whole layers. Empty where nothing is known, and in JSON, which VS Code completes from the schema.
 */
export function completionsAt(document: SpecDocument, offset: number): Completion[] {
  if (document.language !== 'yaml') {
    return [];
  }
  const cursor = cursorAt(document.text, offset);
  if (!cursor) {
    return [];
  }
  const after = commaAfter(document.text, cursor);
  return propose(cursor).map((proposal) => {
    const before = proposal.insertText.startsWith('\n') ? '' : cursor.before;
    return { ...proposal, insertText: `${before}${proposal.insertText}${after}`, range: cursor.word };
  });
}

function propose(cursor: Cursor): readonly Proposal[] {
  switch (cursor.position) {
    case 'key':
      return [...modelCompletions(cursor), ...keyCompletions(cursor)];
    case 'value':
      return valueCompletions(cursor);
    case 'item':
      return itemCompletions(cursor);
  }
}

/** Inside braces, what is put before another entry needs a comma after it. */
function commaAfter(text: string, cursor: Cursor): string {
  const rest = text.slice(cursor.word.end);
  return cursor.flow && cursor.position !== 'value' && !cursor.colon && /^[ \t]*[\w"'{[]/.test(rest) ? ', ' : '';
}
