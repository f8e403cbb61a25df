/** Keeping the names by which layers read one another right where an edit adds layers or changes their types. */
import { branchesOf } from '../../../model/inner-layers';
import type { LayerSpec, ModelSpec } from '../../../model/model-spec';
import { nodeAt } from '../source-range';
import type { ModelFileSource } from '../model-file-source';
import type { SourceNode } from '../source-document';
import type { ValueChange } from '../edit/shared-changes';

const REFERENCES = ['inputs', 'tied_to'] as const;

/**
 * Changes after which every layer whose `inputs` name the layer at `path` reads the one named `name` beside it instead:
 * to be made where that one is put behind it.
 */
export function redirectInputs(source: ModelFileSource, model: ModelSpec, path: string, name: string): ValueChange[] {
  return layersOf(model.layers).flatMap(layer => {
    const node = nodeAt(source.document, source.keyPath(layer, 'inputs'));
    return namesIn(node).flatMap((written, index) => {
      const place = node?.kind === 'sequence' ? ['inputs', index] : ['inputs'];
      const value = [...written.split('.').slice(0, -1), name].join('.');
      return layer.inputs[index] === path ? [{ path: [...source.keyPath(layer), ...place], value }] : [];
    });
  });
}

/**
 * Gives layers that are read by a name made from their type that name for good, so that it stays where the types around
 * it change or layers come between: all that have no `name` and whose name some layer mentions.
 */
export function keepNames(source: ModelFileSource, model: ModelSpec): ValueChange[] {
  const mentioned = mentionedNames(source, model);
  return layersOf(model.layers)
    .filter(layer => mentioned.has(layer.name) && !nodeAt(source.document, source.keyPath(layer, 'name')))
    .map(layer => ({ path: source.keyPath(layer, 'name'), value: layer.name }));
}

/** Names that stand in the `inputs` or `tied_to` of some layer; of a dotted one, each part. */
export function mentionedNames(source: ModelFileSource, model: ModelSpec): ReadonlySet<string> {
  return new Set(
    layersOf(model.layers).flatMap(layer =>
      REFERENCES.flatMap(key =>
        namesIn(nodeAt(source.document, source.keyPath(layer, key))).flatMap(name => name.split('.')),
      ),
    ),
  );
}

/** The `inputs` of a layer as the file has them; `undefined` where it leaves them to the order. */
export function writtenInputs(source: ModelFileSource, layer: LayerSpec): string | readonly string[] | undefined {
  const node = nodeAt(source.document, source.keyPath(layer, 'inputs'));
  return node && (node.kind === 'sequence' ? namesIn(node) : namesIn(node)[0]);
}

function namesIn(node: SourceNode | undefined): readonly string[] {
  const items = node?.kind === 'sequence' ? node.items : node ? [node] : [];
  return items.map(item => (item.kind === 'scalar' ? String(item.value) : ''));
}

/** Every layer with an entry of its own in the file: what a transformer block is made of has none. */
export function layersOf(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.flatMap(layer => [
    layer,
    ...(layer.type === 'transformer-block' ? [] : branchesOf(layer).flatMap(layersOf)),
  ]);
}
