/** Changes of which layers there are: layers in between, put into residuals, or taken out. */
import type { Change, NewLayer } from '../../../model/change';
import { MODEL_INPUT_PATH, type LayerSpec, type ModelSpec, type SourcePath } from '../../../model/model-spec';
import type { TextEdit } from '../../../text/text-edit';
import { NotWritable } from '../../frontend';
import { insertItems, wrapItems, type ListItem } from '../edit/list-items';
import type { ValueChange } from '../edit/shared-changes';
import type { SourceSequence } from '../edit/source-value';
import type { ModelFileSource } from '../model-file-source';
import type { SourceDocument } from '../source-document';
import { liesWithin } from '../source-path';
import { nodeAt } from '../source-range';
import { layersOf, redirectInputs, writtenInputs } from './kept-names';
import { writtenParts } from './written-value';

/** A change of the structure: values to be set before it, then edits of the text that has them. */
export interface StructureStep {
  readonly values: readonly ValueChange[];
  readonly edits?: (changed: SourceDocument) => readonly TextEdit[] | NotWritable;
  /** The layer that goes. */
  readonly removed?: SourcePath;
}

/** A step for each change that concerns which layers there are. */
export function structureSteps(
  source: ModelFileSource,
  model: ModelSpec,
  changes: readonly Change[],
): StructureStep[] | NotWritable {
  const steps: StructureStep[] = [];
  for (const change of joined(changes)) {
    const step = stepOf(source, model, change);
    if (step instanceof NotWritable) return step;
    if (step) steps.push(step);
  }
  return steps;
}

/** Insertions behind one layer as one. */
function joined(changes: readonly Change[]): readonly Change[] {
  const behind = new Map<string, NewLayer[]>();
  return changes
    .filter(change => {
      if (change.kind !== 'insert-after') return true;
      const isFirst = !behind.has(change.layer);
      behind.set(change.layer, [...(behind.get(change.layer) ?? []), ...change.layers]);
      return isFirst;
    })
    .map(change =>
      change.kind === 'insert-after' ? { ...change, layers: behind.get(change.layer) ?? change.layers } : change,
    );
}

function stepOf(source: ModelFileSource, model: ModelSpec, change: Change): StructureStep | NotWritable | undefined {
  switch (change.kind) {
    case 'insert-after': {
      const layer = entryOf(model, change.layer);
      return layer instanceof NotWritable ? layer : insertAfter(source, model, layer, change.layers.map(itemOf));
    }
    case 'insert-first': {
      const layer = entryOf(model, change.inside);
      if (layer instanceof NotWritable) return layer;
      return {
        values: [],
        edits: changed => {
          const list = nodeAt(changed, source.keyPath(layer, 'layers'));
          return list?.kind === 'sequence' ? insertItems(changed, list, -1, change.layers.map(itemOf)) : noList(layer);
        },
      };
    }
    case 'wrap': {
      const [from, to] = [entryOf(model, change.from), entryOf(model, change.to)];
      if (from instanceof NotWritable) return from;
      return to instanceof NotWritable ? to : wrap(source, model, from, to);
    }
    case 'remove': {
      const layer = entryOf(model, change.layer);
      return layer instanceof NotWritable ? layer : remove(source, model, layer);
    }
    case 'set':
    case 'reset':
    case 'replace-type':
      return undefined;
  }
}

/** The layer, where it has an entry of its own in the file. */
function entryOf(model: ModelSpec, path: string): LayerSpec | NotWritable {
  const found = layersOf(model.layers).find(layer => layer.path === path);
  return (
    found ??
    new NotWritable(`${path} has no entry of its own in the model file: write out the layers of its block one by one.`)
  );
}

function itemOf({ type, ...parts }: NewLayer): ListItem {
  return Object.fromEntries([['type', type], ...writtenParts(parts, {}, type)]);
}

/** Lets the readers of the layer read the last of the new ones, which gets a name for that. */
function insertAfter(
  source: ModelFileSource,
  model: ModelSpec,
  layer: LayerSpec,
  items: readonly ListItem[],
): StructureStep {
  const name = freeName(model, `${layer.name}-out`);
  const values = redirectInputs(source, model, layer.path, name);
  const named = items.map((item, index) => (index === items.length - 1 ? { name, ...item } : item));
  return {
    values,
    edits: changed => {
      const list = listOf(changed, source.keyPath(layer));
      return list
        ? insertItems(changed, list, indexOf(source, layer), values.length > 0 ? named : items)
        : noList(layer);
    },
  };
}

/** Lets the readers of the last layer read the residual; what the first one names, the residual reads. */
function wrap(source: ModelFileSource, model: ModelSpec, from: LayerSpec, to: LayerSpec): StructureStep | NotWritable {
  const inside = layersOf(model.layers).filter(
    layer =>
      isBeside(source, layer, from) &&
      indexOf(source, layer) >= indexOf(source, from) &&
      indexOf(source, layer) <= indexOf(source, to),
  );
  const isInside = (path: string): boolean =>
    inside.some(layer => path === layer.path || path.startsWith(`${layer.path}.`));
  const isNamed = layersOf(model.layers).some(
    layer =>
      !isInside(layer.path) &&
      ((layer.tiedTo !== undefined && isInside(layer.tiedTo.path)) ||
        layer.inputs.some(path => isInside(path) && path !== to.path)),
  );
  if (isNamed) {
    return new NotWritable(
      `${from.path} cannot be put into a residual while other layers name it: let them name a later layer.`,
    );
  }
  const name = freeName(model, `${to.name}-block`);
  const redirected = redirectInputs(source, model, to.path, name).filter(
    ({ path }) => !inside.some(layer => liesWithin(path, source.keyPath(layer))),
  );
  const inputs = writtenInputs(source, from);
  return {
    values: [
      ...redirected,
      ...(inputs === undefined ? [] : [{ path: source.keyPath(from, 'inputs'), value: undefined }]),
    ],
    edits: changed => {
      const list = listOf(changed, source.keyPath(from));
      const item: ListItem = {
        type: 'residual',
        ...(redirected.length > 0 && { name }),
        ...(inputs !== undefined && { inputs }),
      };
      const edits = list && wrapItems(changed, list, indexOf(source, from), indexOf(source, to), item, 'layers');
      return (
        edits ??
        new NotWritable(
          `${from.path} does not begin a line of the model file, so it cannot be put into a residual: move it to its own line.`,
        )
      );
    },
  };
}

/** Lets the readers of the layer read what it read. */
function remove(source: ModelFileSource, model: ModelSpec, layer: LayerSpec): StructureStep | NotWritable {
  const [read, ...others] = layer.inputs;
  const before = layersOf(model.layers).find(({ path }) => path === read);
  const name =
    read === MODEL_INPUT_PATH ? 'input' : before && isBeside(source, before, layer) ? before.name : undefined;
  const redirected = redirectInputs(source, model, layer.path, name ?? '');
  const next = layersOf(model.layers).find(
    each => isBeside(source, each, layer) && indexOf(source, each) === indexOf(source, layer) + 1,
  );
  // The next one reads the entry above it by itself, which is what the removed one read unless that said otherwise.
  const needsName = next !== undefined && writtenInputs(source, next) === undefined && next.inputs[0] === layer.path;
  const inputs =
    needsName && writtenInputs(source, layer) !== undefined
      ? [{ path: source.keyPath(next, 'inputs'), value: name }]
      : [];
  if (others.length > 0 || (name === undefined && redirected.length + inputs.length > 0)) {
    return new NotWritable(
      `${layer.path} cannot be removed while other layers read it by name: let them read other layers.`,
    );
  }
  return {
    values: [...redirected, ...inputs],
    removed: source.keyPath(layer),
  };
}

function freeName(model: ModelSpec, wanted: string): string {
  const taken = new Set(layersOf(model.layers).map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}

/** Whether two layers are items of one list. */
function isBeside(source: ModelFileSource, one: LayerSpec, other: LayerSpec): boolean {
  return String(source.keyPath(one).slice(0, -1)) === String(source.keyPath(other).slice(0, -1));
}

function indexOf(source: ModelFileSource, layer: LayerSpec): number {
  return Number(source.keyPath(layer).at(-1));
}

/** The list that holds the layer at `source`. */
function listOf(document: SourceDocument, source: SourcePath): SourceSequence | undefined {
  const list = nodeAt(document, source.slice(0, -1));
  return list?.kind === 'sequence' ? list : undefined;
}

function noList({ path }: LayerSpec): NotWritable {
  return new NotWritable(`The layers around ${path} are not a list in the model file: write them out.`);
}
