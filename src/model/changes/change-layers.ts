/** Changes of layers, made on their tree. */
import type { Change, ChangeValue } from '../change';
import type { LayerDraft } from '../layer-draft';
import type { LayerPart } from '../place';
import type { ProblemLog } from '../resolve/problem-log';
import { layerPartsOf } from '../vocabulary/spec-parts';
import { sameMeaning } from '../same-model';
import { without } from '../without';
import { keyFor } from '../vocabulary/value-problem';
import { defaultLayerPart, layerKeys, layerPart } from './given-values';
import { LayerTree, type Spot, type TreeLayer } from './layer-tree';
import { newLayers } from './new-layers';

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** Makes changes of layers; what cannot be made is reported. */
export class LayerChanges {
  constructor(
    private readonly log: ProblemLog,
    private readonly tree: LayerTree,
  ) {}

  /** Sets a part of a layer. */
  set(id: string, part: LayerPart | undefined, value: ChangeValue): void {
    const spot = this.spotOf(id);
    if (!spot) return;
    const { layer } = spot;
    const { draft } = layer;
    if (part === 'inputs' && Array.isArray(value)) {
      layer.draft = { ...draft, inputs: value as readonly string[] };
    } else if (part === 'tiedTo' && typeof value === 'string') {
      layer.draft = { ...draft, tiedTo: { path: value } };
    } else if (part === 'name' && typeof value === 'string') {
      layer.draft = { ...draft, name: value };
    } else if (part === undefined) {
      this.log.report('wrong-type', `\`${id}\` is a layer, which has no value of its own.`, { layer: id });
    } else {
      const given = layerPart(this.log, draft, part, value);
      if (given) layer.draft = { ...draft, ...given, given: [...(draft.given ?? []), part] };
    }
  }

  /** Gives a part of a layer its default. */
  reset(id: string, part: LayerPart | undefined): void {
    const spot = this.spotOf(id);
    if (!spot) return;
    const { layer, list, index } = spot;
    const { draft } = layer;
    if (part === 'tiedTo') {
      layer.draft = without(draft, 'tiedTo');
    } else if (part === 'inputs') {
      layer.draft = { ...draft, inputs: this.inputsBefore(list, index) };
    } else if (part === undefined || !keyFor(layerKeys(draft.type), part, draft.type)) {
      this.log.report('unknown-key', `\`${id}\` (${draft.type}) has no \`${part ?? 'default'}\`.`, { layer: id });
    } else {
      const given = draft.given?.filter(other => other !== part);
      layer.draft = { ...draft, [part]: defaultLayerPart(draft.type, part), ...(given && { given }) };
    }
  }

  insertAfter({ layer: id, layers: added }: ChangeOf<'insert-after'>): void {
    const spot = this.spotOf(id, true);
    if (!spot) return;
    const { list, index } = spot;
    const made = newLayers(this.log, this.tree, added, { before: [id], beside: id, list });
    const last = made?.at(-1);
    if (!made || !last) return;
    list.splice(index + 1, 0, ...made);
    this.tree.redirect(id, [last.draft.path], withInner(made));
  }

  insertFirst({ inside, layers: added }: ChangeOf<'insert-first'>): void {
    const spot = this.spotOf(inside, true);
    if (!spot) return;
    const { draft, layers: list } = spot.layer;
    if (draft.type !== 'residual') {
      this.log.report('unknown-layer-name', `\`${inside}\` (${draft.type}) holds no layers.`, { layer: inside });
      return;
    }
    const made = newLayers(this.log, this.tree, added, { before: draft.inputs, beside: inside, list });
    const last = made?.at(-1);
    if (!made || !last) return;
    const [first] = list;
    if (sameMeaning(first.draft.inputs, draft.inputs)) first.draft = { ...first.draft, inputs: [last.draft.path] };
    list.unshift(...made);
  }

  wrap({ from, to }: ChangeOf<'wrap'>): void {
    const [start, end] = [this.spotOf(from, true), this.spotOf(to, true)];
    if (!start || !end) return;
    if (start.list !== end.list || start.index > end.index) {
      const message = `\`${from}\` and \`${to}\` are not the first and last of neighbors in one list.`;
      this.log.report('unknown-layer-name', message, { layer: from });
      return;
    }
    const { list, index } = start;
    const { inputs } = start.layer.draft;
    const inner = list.slice(index, end.index + 1);
    const name = LayerTree.freeName(list, 'residual');
    const path = this.tree.newId();
    const draft = { ...layerPartsOf('residual'), name, path, inputs } as unknown as LayerDraft;
    this.tree.redirect(to, [path], withInner(inner));
    list.splice(index, inner.length, { draft, layers: inner, shortcut: [] });
  }

  replaceType({ layer: id, type, parts = {} }: ChangeOf<'replace-type'>): void {
    const spot = this.spotOf(id, true);
    if (!spot) return;
    const { layer } = spot;
    const { draft } = layer;
    const keys = layerKeys(type);
    let made: object = { ...layerPartsOf(type) };
    // What has the default of the old type takes that of the new one.
    for (const [part, value] of Object.entries(draft)) {
      const isBoth = keyFor(layerKeys(draft.type), part, draft.type) && keyFor(keys, part, type);
      if (isBoth && !sameMeaning(value, defaultLayerPart(draft.type, part))) made = { ...made, [part]: value };
    }
    for (const [part, value] of Object.entries(parts)) {
      const given = layerPart(this.log, { type, path: id }, part, value);
      if (!given) return;
      made = { ...made, ...given };
    }
    const { name, path, inputs, tiedTo } = draft;
    const missing = Object.entries(keys).find(
      ([key, { required }]) =>
        required && ![...Object.keys(made), 'inputs', 'layers'].some(part => keyFor({ [key]: keys[key] }, part, type)),
    );
    if (missing) {
      this.log.report('missing-key', `\`${missing[0]}\` is missing in a ${type} layer.`, { layer: id });
      return;
    }
    layer.draft = { ...made, name, path, inputs, ...(tiedTo && { tiedTo }) } as unknown as LayerDraft;
  }

  remove({ layer: id }: ChangeOf<'remove'>): void {
    const spot = this.spotOf(id, true);
    if (!spot) return;
    const { layer, list, index } = spot;
    list.splice(index, 1);
    if (list.length === 0) {
      this.log.report('no-layers', `\`${id}\` is the only layer of its list.`, { layer: id });
    }
    this.tree.redirect(id, layer.draft.inputs);
  }

  /** What a layer reads that names nothing. */
  private inputsBefore(list: readonly TreeLayer[], index: number): readonly string[] {
    if (index > 0) return [list[index - 1].draft.path];
    let inputs: readonly string[] = [''];
    this.tree.walk(({ draft, layers, shortcut }) => {
      if (layers === list || shortcut === list) ({ inputs } = draft);
    });
    return inputs;
  }

  /** `whole`: a layer inside a block is no layer of its own. */
  private spotOf(id: string, whole = false): Spot | undefined {
    const spot = this.tree.find(id);
    if (spot && (!whole || spot.layer.draft.path === id)) return spot;
    const message = spot
      ? `\`${id}\` is a part of \`${spot.layer.draft.path}\`, whose layers are made from its parts.`
      : `There is no layer \`${id}\`.`;
    this.log.report('unknown-layer-name', message, { layer: id });
    return undefined;
  }
}

/** The layers and all that are inside them. */
function withInner(layers: readonly TreeLayer[]): ReadonlySet<TreeLayer> {
  return new Set(layers.flatMap(layer => [layer, ...withInner(layer.layers), ...withInner(layer.shortcut)]));
}
