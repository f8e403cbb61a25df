/** More layers between those of a file. */
import { allLayers } from '../../diagnosis/layers';
import { changeValues, composeEdits, type Change } from '../../frontends/model-file/edit';
import { applyEdits } from '../../text/compose-edits';
import { keepNames, redirectInputs } from '../../frontends/model-file/edit/layer-references';
import { insertItems, type ListItem } from '../../frontends/model-file/edit/list-items';
import type { SourceSequence } from '../../frontends/model-file/edit/source-value';
import { compileModel } from '../../frontends/model-file/compile';
import type { ModelSpec, SourcePath } from '../../model/model-spec';
import { parseModelFile } from '../../frontends/model-file/parse';
import { nodeAt } from '../../frontends/model-file/source-range';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import type { TextEdit } from '../../text/text-edit';

/** Layers to be added after the one at `after`. */
export interface Insertion {
  readonly after: SourcePath;
  readonly layers: readonly ListItem[];
}

/**
 * Changes values and then adds layers, as one list of edits. Layers that read one by its name now read what is put
 * behind it. `undefined` where the outcome is no model: where one of a shape that the new layer cannot take is among
 * them.
 */
export function insertLayers(
  document: SourceDocument,
  model: ModelSpec,
  changes: readonly Change[],
  insertions: readonly Insertion[],
): readonly TextEdit[] | undefined {
  const led = insertions.map(insertion => leadReaders(document, model, insertion));
  const all = [...keepNames(document, model), ...changes, ...led.flatMap(({ redirected }) => redirected)];
  const edits = editInTurn(document, all, changed =>
    distinct(
      led.flatMap(({ after, layers }) => {
        const list = listOf(changed, after);
        return list ? insertItems(changed, list, after.at(-1) as number, layers) : [];
      }),
    ),
  );
  return isModel(document, edits) ? edits : undefined;
}

/** The insertion with a name for its last layer where others are to read that, and the changes that make them do so. */
function leadReaders(
  document: SourceDocument,
  model: ModelSpec,
  { after, layers }: Insertion,
): Insertion & { readonly redirected: readonly Change[] } {
  const all = allLayers(model.layers);
  const before = all.find(({ source }) => String(source) === String(after));
  const taken = new Set(all.map(({ name }) => name));
  let name = `${before?.name ?? ''}-out`;
  for (let number = 2; taken.has(name); number++) name = `${before?.name ?? ''}-out${number}`;
  const redirected = before ? redirectInputs(document, model, before.path, name) : [];
  const named = layers.map((layer, index) => (index === layers.length - 1 ? { name, ...layer } : layer));
  return { after, layers: redirected.length > 0 ? named : layers, redirected };
}

/** Values first, then the edits that `then` makes of the text with them. */
export function editInTurn(
  document: SourceDocument,
  changes: readonly Change[],
  then: (changed: SourceDocument) => readonly TextEdit[],
): readonly TextEdit[] {
  const first = changeValues(document, changes);
  return composeEdits(document.text, [() => first, current => then(parseModelFile(current, document.language))]);
}

/** The list that holds the layer at `source`. */
export function listOf(document: SourceDocument, source: SourcePath): SourceSequence | undefined {
  const list = nodeAt(document, source.slice(0, -1));
  return list?.kind === 'sequence' ? list : undefined;
}

/** A list that several places share through an anchor is edited once. */
export function distinct(edits: readonly TextEdit[]): TextEdit[] {
  return edits.filter((edit, index) => edits.findIndex(({ range }) => range.start === edit.range.start) === index);
}

/** Whether the file can be trained with the edits made. */
export function isModel(document: SourceDocument, edits: readonly TextEdit[]): boolean {
  return compileModel(parseModelFile(applyEdits(document.text, edits), document.language)).problems.length === 0;
}
