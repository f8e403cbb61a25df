import type { Proposal } from './completion';
import type { Cursor } from './cursor';
import { MODEL_SNIPPETS } from './snippets';

/** Whole models, offered where the file has nothing in it yet. */
export function modelCompletions(cursor: Cursor): readonly Proposal[] {
  if (cursor.path.length > 0 || cursor.siblings.length > 0 || cursor.colon || cursor.flow) {
    return [];
  }
  return MODEL_SNIPPETS.map(({ label, description, lines }) => ({
    label,
    detail: 'whole model',
    documentation: `${description}\n\n\`\`\`yaml\n${lines
      .join('\n')
      .replace(/\$\{\d+:(.*?)\}|\$0/g, '$1')
      .trimEnd()}\n\`\`\``,
    insertText: lines.join('\n'),
    kind: 'snippet',
  }));
}
