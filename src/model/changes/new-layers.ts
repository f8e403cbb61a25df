import type { ChangeValue, NewLayer } from '../change';
import type { LayerDraft } from '../layer-draft';
import type { ProblemLog } from '../resolve/problem-log';
import { describeExpected } from '../vocabulary/describe-kind';
import { keyOfPart } from '../vocabulary/key-names';
import { layerPartsOf } from '../vocabulary/spec-parts';
import { layerKeys, layerPart } from './given-values';
import { LayerTree, type TreeLayer } from './layer-tree';

/** Parts of a new layer that are no values of its type's keys. */
const PLACES: ReadonlySet<string> = new Set(['type', 'name', 'inputs', 'layers', 'shortcut']);

/**
 * Layers that a change adds, each of which reads the one before it, the first one `before`; their names are free in
 * `list`. `undefined` where a part is missing or wrong, which is reported at `beside`.
 */
export function newLayers(
  log: ProblemLog,
  tree: LayerTree,
  added: readonly NewLayer[],
  {
    before,
    beside,
    list,
  }: { readonly before: readonly string[]; readonly beside: string; readonly list: readonly TreeLayer[] },
): readonly TreeLayer[] | undefined {
  const made: TreeLayer[] = [];
  let inputs = before;
  for (const layer of added) {
    const parts = newParts(log, layer, beside);
    if (!parts) return undefined;
    const name = typeof layer['name'] === 'string' ? layer['name'] : LayerTree.freeName([...list, ...made], layer.type);
    const path = tree.newId();
    const reads = Array.isArray(layer['inputs']) ? (layer['inputs'] as readonly string[]) : inputs;
    const inner = (key: 'layers' | 'shortcut'): TreeLayer[] | undefined => {
      const value: ChangeValue | undefined = layer[key];
      if (!Array.isArray(value)) return [];
      const place = { before: reads, beside, list: [] };
      return newLayers(log, tree, value as readonly NewLayer[], place) as TreeLayer[] | undefined;
    };
    const [layers, shortcut] = [inner('layers'), inner('shortcut')];
    if (!layers || !shortcut) return undefined;
    const draft = { ...parts, name, path, inputs: reads } as unknown as LayerDraft;
    made.push({ draft, layers, shortcut });
    inputs = [path];
  }
  return made;
}

function newParts(log: ProblemLog, layer: NewLayer, beside: string): object | undefined {
  const { type } = layer;
  let parts: object = { ...layerPartsOf(type) };
  const keys = layerKeys(type);
  for (const [part, value] of Object.entries(layer)) {
    if (PLACES.has(part)) continue;
    const given = layerPart(log, { type, path: beside }, part, value);
    if (!given) return undefined;
    parts = { ...parts, ...given };
  }
  const given = new Set(Object.keys(layer).map(part => keyOfPart(part, type)));
  const missing = Object.entries(keys).find(([name, key]) => key.required && !given.has(name));
  if (!missing) return parts;
  const message = `\`${missing[0]}\` is missing in a new ${type} layer; it must be ${describeExpected(missing[1].value)}.`;
  log.report('missing-key', message, { layer: beside });
  return undefined;
}
