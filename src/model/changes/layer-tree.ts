/** The layers of a model while they are changed. A layer keeps its id, the path that it had before, wherever it goes. */
import type { LayerDraft } from '../layer-draft';
import { MODEL_INPUT_PATH } from '../model-spec';

/** A layer; its draft's `path` is its id, and so are those that it reads. */
export interface TreeLayer {
  draft: LayerDraft;
  /** Of a residual; empty for every other layer. */
  readonly layers: TreeLayer[];
  readonly shortcut: TreeLayer[];
}

/** Where a layer is: the list that holds it, and its place in there. */
export interface Spot {
  readonly layer: TreeLayer;
  readonly list: TreeLayer[];
  readonly index: number;
}

export class LayerTree {
  readonly layers: TreeLayer[];
  private added = 0;

  constructor(drafts: readonly (LayerDraft | undefined)[]) {
    this.layers = drafts.map(draft => toTree(draft!));
  }

  /** The layer of this id; inside a transformer block, the block, whose parts are those of its layers. */
  find(id: string): Spot | undefined {
    for (let end = id.length; end > 0; end = id.lastIndexOf('.', end - 1)) {
      const spot = findIn(this.layers, id.slice(0, end));
      if (spot) return end === id.length || spot.layer.draft.type === 'transformer-block' ? spot : undefined;
    }
    return undefined;
  }

  /** An id that no layer has: no path begins with a dot. */
  newId(): string {
    this.added += 1;
    return `.${this.added}`;
  }

  /** A name made from a type that no layer of the list has. */
  static freeName(list: readonly TreeLayer[], type: string): string {
    const taken = new Set(list.map(({ draft }) => draft.name));
    let number = list.filter(({ draft }) => draft.type === type).length + 1;
    while (taken.has(`${type}${number}`)) number += 1;
    return `${type}${number}`;
  }

  /** Makes every layer that reads `from` read `to` in its place, but for those of `except`. */
  redirect(from: string, to: readonly string[], except: ReadonlySet<TreeLayer> = new Set()): void {
    this.walk(layer => {
      if (except.has(layer) || !layer.draft.inputs.includes(from)) return;
      const inputs = layer.draft.inputs.flatMap(id => (id === from ? to : [id]));
      layer.draft = { ...layer.draft, inputs };
    });
  }

  /** Calls `visit` with every layer, in forward order. */
  walk(visit: (layer: TreeLayer) => void, list: readonly TreeLayer[] = this.layers): void {
    for (const layer of list) {
      this.walk(visit, layer.layers);
      this.walk(visit, layer.shortcut);
      visit(layer);
    }
  }

  /** The drafts with the paths that the layers have now. */
  drafts(): readonly LayerDraft[] {
    const paths = new Map([[MODEL_INPUT_PATH, MODEL_INPUT_PATH]]);
    const name = (list: readonly TreeLayer[], prefix: string): void => {
      for (const { draft, layers, shortcut } of list) {
        const path = `${prefix}${draft.name}`;
        paths.set(draft.path, path);
        name(layers, `${path}.`);
        name(shortcut, `${path}.shortcut.`);
      }
    };
    name(this.layers, '');
    // Layers inside a block are named by its path, as it now is.
    const now = (id: string): string => {
      const spot = paths.has(id) ? undefined : this.find(id);
      const block = spot?.layer.draft.path;
      return block === undefined ? (paths.get(id) ?? id) : `${paths.get(block)!}${id.slice(block.length)}`;
    };
    const placed = ({ draft, layers, shortcut }: TreeLayer): LayerDraft => ({
      ...draft,
      path: now(draft.path),
      inputs: draft.inputs.map(now),
      ...(draft.tiedTo && { tiedTo: { path: now(draft.tiedTo.path) } }),
      ...(draft.type === 'residual' && { layers: layers.map(placed), shortcut: shortcut.map(placed) }),
    });
    return this.layers.map(placed);
  }
}

function toTree(draft: LayerDraft): TreeLayer {
  const inner = (list: readonly (LayerDraft | undefined)[]): TreeLayer[] => list.map(each => toTree(each!));
  return draft.type === 'residual'
    ? { draft, layers: inner(draft.layers), shortcut: inner(draft.shortcut) }
    : { draft, layers: [], shortcut: [] };
}

function findIn(list: TreeLayer[], id: string): Spot | undefined {
  for (const [index, layer] of list.entries()) {
    if (layer.draft.path === id) return { layer, list, index };
    const inside = findIn(layer.layers, id) ?? findIn(layer.shortcut, id);
    if (inside) return inside;
  }
  return undefined;
}
