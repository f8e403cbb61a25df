import type { LayerDraft } from '../../../model/layer-draft';
import type { SourcePath } from '../../../model/model-spec';
import { findKey, findVariant } from '../../../model/vocabulary/family';
import { partsOfKey } from '../../../model/vocabulary/key-names';
import { LAYERS } from '../../../model/vocabulary/layers';
import { layerParts } from '../../../model/vocabulary/spec-parts';
import type { References } from './layer-references';
import type { ReadLayer } from './read-layers';

/** The layers of a file in the words of a model, and where each is written, by its path. */
export interface DraftedLayers {
  readonly layers: readonly (LayerDraft | undefined)[];
  readonly read: ReadonlyMap<string, ReadLayer>;
}

/** Drafts the layers whose keys and references are all right; others are `undefined`. */
export function draftLayers(
  layers: readonly (ReadLayer | undefined)[],
  references: References | undefined,
): DraftedLayers {
  const read = new Map<string, ReadLayer>();
  const draft = (layer: ReadLayer | undefined): LayerDraft | undefined => {
    if (!layer) return undefined;
    read.set(layer.path, layer);
    const inputs = references?.inputs.get(layer);
    return inputs && draftLayer(layer, inputs, references?.owners.get(layer), draft);
  };
  return { layers: layers.map(draft), read };
}

function draftLayer(
  layer: ReadLayer,
  inputs: readonly string[],
  owner: string | undefined,
  draft: (inner: ReadLayer | undefined) => LayerDraft | undefined,
): LayerDraft {
  const { name, path, values } = layer;
  const tie = owner === undefined ? {} : { tiedTo: { path: owner }, given: givenParts(layer) };
  const parts = layerParts(values);
  const placed = { name, path, inputs, ...tie };
  return parts.type === 'residual'
    ? { ...parts, ...placed, layers: layer.inner.map(draft), shortcut: layer.shortcut.map(draft) }
    : { ...parts, ...placed };
}

/** The parts whose keys the file has. */
function givenParts({ node, values }: ReadLayer): readonly string[] {
  const keys = findVariant(LAYERS, values.type)?.keys ?? {};
  return node.entries.flatMap(({ key }) => {
    const found = findKey(keys, key);
    return found ? partsOfKey(found.name, values.type) : [];
  });
}

/** Where the layer of this path is written: a layer inside a transformer block stands where the block stands. */
export function readLayerAt({ read }: DraftedLayers, path: string): ReadLayer | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const layer = read.get(path.slice(0, end));
    if (layer) return layer;
  }
  return undefined;
}

/** The same, as a path of the file. */
export function sourceOf(drafted: DraftedLayers, path: string): SourcePath {
  return readLayerAt(drafted, path)?.source ?? ['layers'];
}
