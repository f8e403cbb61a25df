import type { Change } from '../../../model/change';
import type { ModelSpec } from '../../../model/model-spec';
import { composeEdits } from '../../../text/compose-edits';
import type { TextEdit } from '../../../text/text-edit';
import { isLayerPlace } from '../../../model/place';
import { NotWritable } from '../../frontend';
import { changeValues } from '../edit';
import type { ModelFileSource } from '../model-file-source';
import { parseModelFile } from '../parse';
import type { SourceDocument } from '../source-document';
import { keepNames } from './kept-names';
import { structureSteps, type StructureStep } from './structure-edits';
import { valueChanges } from './value-changes';

/**
 * Writes changes into a model file: values first, then layers in between, around others or taken out, as one list of
 * edits. Names by which layers read one another stay right.
 */
export function writeChanges(source: ModelFileSource, changes: readonly Change[]): readonly TextEdit[] | NotWritable {
  const { document, model } = source;
  if (!model) return new NotWritable('The model file has errors, so changes cannot be written: correct them first.');
  const unknown = changes.map(layerOf).find(layer => layer !== undefined && !source.sourceOf(layer));
  if (unknown !== undefined)
    return new NotWritable(`The layer ${unknown} is no longer in the model file: train again.`);
  const steps = structureSteps(source, model, changes);
  if (steps instanceof NotWritable) return steps;
  const first = changeValues(document, [
    ...(changes.some(change => movesNames(model, change)) ? keepNames(source, model) : []),
    ...valueChanges(source, model, changes),
    ...steps.flatMap(({ values }) => values),
  ]);
  if (steps.length === 0) return first;
  let refused: NotWritable | undefined;
  const edits = composeEdits(document.text, [
    () => first,
    current => {
      const made = editsOf(steps, parseModelFile(current, document.language));
      if (!(made instanceof NotWritable)) return made;
      refused = made;
      return [];
    },
  ]);
  return refused ?? edits;
}

/** A list that several places share through an anchor is edited once. */
function editsOf(steps: readonly StructureStep[], changed: SourceDocument): readonly TextEdit[] | NotWritable {
  const all: TextEdit[] = [];
  for (const step of steps) {
    const edits = step.edits?.(changed) ?? [];
    if (edits instanceof NotWritable) return edits;
    all.push(...edits.filter(edit => !all.some(other => isSame(edit, other))));
  }
  // From the last to the first, so that none moves another.
  const removed = steps.flatMap(({ removed: path }) => (path ? [{ path, value: undefined }] : [])).toReversed();
  return [...all, ...changeValues(changed, removed)];
}

function isSame(one: TextEdit, other: TextEdit): boolean {
  return one.range.start === other.range.start && one.range.end === other.range.end && one.text === other.text;
}

/** Whether names that are made from types may be others afterwards. */
function movesNames({ layers }: ModelSpec, change: Change): boolean {
  switch (change.kind) {
    case 'set':
    case 'reset':
      return false;
    case 'remove':
      return layers.at(-1)?.path !== change.layer;
    case 'insert-after':
    case 'insert-first':
    case 'wrap':
    case 'replace-type':
      return true;
  }
}

function layerOf(change: Change): string | undefined {
  switch (change.kind) {
    case 'set':
    case 'reset':
      return isLayerPlace(change.at) ? change.at.layer : undefined;
    case 'insert-first':
      return change.inside;
    case 'wrap':
      return change.from;
    case 'insert-after':
    case 'replace-type':
    case 'remove':
      return change.layer;
  }
}
