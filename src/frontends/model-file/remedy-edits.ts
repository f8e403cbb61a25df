/** Remedies of training as edits of the text of a model file. */
import { changeValues, type ValueChange } from './edit';
import type { ModelFileSource } from './model-file-source';
import type { SourcePath } from '../../model/model-spec';
import type { BlamedPlace } from '../../model/place';
import { nodeAt } from './source-range';
import type { SourceDocument } from './source-document';
import type { TextEdit } from '../../text/text-edit';
import { mappingAt } from './assist/expectation';

/** A value for a place that training names. */
export type RemedyValue = Pick<ValueChange, 'value'> & { readonly path: BlamedPlace };

/** The edits that make the changes. A key that the file writes by another of its names keeps that name. */
export function remedyEdits(source: ModelFileSource, changes: readonly RemedyValue[]): readonly TextEdit[] {
  const { document } = source;
  return changeValues(
    document,
    changes.map(({ path, value }) => ({ path: asWritten(document, source.pathOfBlamed(path)), value })),
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
