/** Changes of a model file, by the names of its keys, as edits of its text. */
import { changeValues, type ValueChange } from './edit';
import type { SourcePath } from '../../model/model-spec';
import { nodeAt } from './source-range';
import type { SourceDocument } from './source-document';
import type { TextEdit } from '../../text/text-edit';
import { mappingAt } from './assist/expectation';

/** The edits that make the changes. A key that the file writes by another of its names keeps that name. */
export function remedyEdits(document: SourceDocument, changes: readonly ValueChange[]): readonly TextEdit[] {
  return changeValues(
    document,
    changes.map(change => ({ ...change, path: asWritten(document, change.path) })),
  );
}

function asWritten(document: SourceDocument, path: SourcePath): SourcePath {
  const parent = path.slice(0, -1);
  const name = path.at(-1);
  const node = nodeAt(document, parent);
  if (node?.kind !== 'mapping' || typeof name !== 'string' || node.entries.some(({ key }) => key === name)) {
    return path;
  }
  const aliases = mappingAt(document.root, parent)?.keys[name]?.aliases ?? [];
  const written = node.entries.find(({ key }) => aliases.includes(key));
  return written ? [...parent, written.key] : path;
}
