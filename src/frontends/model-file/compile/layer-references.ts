import { MODEL_INPUT_PATH } from '../../../model/model-spec';
import { nearestName } from '../../../model/vocabulary/nearest-name';
import type { SourceNode } from '../source-document';
import { listNames } from '../../../model/vocabulary/describe-kind';
import { report, reportWord, wantsWord, type Compilation } from './compilation';
import { rangeOfLayer, type ReadLayer, type ReadLayers } from './read-layers';
import { layerText } from '../../../model/resolve/shape-text';

/** Which layers read which. A layer with a problem in its names is missing. */
export interface References {
  /** Paths of what each layer reads, `MODEL_INPUT_PATH` for the model's input. */
  readonly inputs: ReadonlyMap<ReadLayer, readonly string[]>;
  /** Path of the layer that owns the weights, for each layer with tied weights. */
  readonly owners: ReadonlyMap<ReadLayer, string>;
}

/** The word for the model's input in a file. */
export const MODEL_INPUT_NAME = 'input';

const JOINS: ReadonlySet<string> = new Set(['add', 'multiply', 'concatenate']);

/**
 * Finds the layers that `inputs` and `tied_to` name. A name is looked up beside the layer first, then in what encloses
 * it; only layers that are complete before it count. Every problem is reported, as is a layer whose output nobody
 * reads.
 */
export function findReferences(compilation: Compilation, read: ReadLayers): References {
  const walk = new ReferenceWalk(compilation, read);
  walk.follow(read.layers, [MODEL_INPUT_PATH], ['']);
  // A name that is wrong, or stands in a layer that is, may be the one that reads it.
  if (walk.sound) {
    walk.reportUnread();
  }
  return walk;
}

class ReferenceWalk implements References {
  readonly inputs = new Map<ReadLayer, readonly string[]>();
  readonly owners = new Map<ReadLayer, string>();
  sound = true;
  private readonly complete = new Map<string, ReadLayer>();
  private readonly read = new Set<string>();

  constructor(
    private readonly compilation: Compilation,
    private readonly all: ReadLayers,
  ) {}

  /** `before`: what the first layer reads unless it says otherwise; `scopes`: prefixes of paths, the nearest first. */
  follow(
    layers: readonly (ReadLayer | undefined)[],
    before: readonly string[] | undefined,
    scopes: readonly string[],
  ): void {
    let previous = before;
    for (const layer of layers) {
      if (layer === undefined) {
        previous = undefined;
        this.sound = false;
        continue;
      }
      const inputs = entryOf(layer, 'inputs') ? this.named(layer, scopes) : previous;
      if (inputs !== undefined) {
        this.inputs.set(layer, inputs);
      }
      this.follow(layer.inner, inputs, [`${layer.path}.`, ...scopes]);
      this.follow(layer.shortcut, inputs, [`${layer.path}.shortcut.`, `${layer.path}.`, ...scopes]);
      if (isReader(layer)) {
        inputs?.forEach(path => this.read.add(path));
      }
      this.findOwner(layer, scopes);
      this.complete.set(layer.path, layer);
      previous = [layer.path];
    }
    const last = layers.at(-1);
    if (last) {
      this.read.add(last.path);
    }
  }

  reportUnread(): void {
    for (const [path, layer] of this.complete) {
      if (!this.read.has(path)) {
        const message =
          `No layer reads the output of ${layerText({ path, type: layer.values.type })}, so it takes no part in the ` +
          `model; name \`${path}\` in the \`inputs\` of a later layer, or remove it.`;
        report(this.compilation, 'unread-layer', message, rangeOfLayer(layer));
      }
    }
  }

  private named(layer: ReadLayer, scopes: readonly string[]): readonly string[] | undefined {
    const node = entryOf(layer, 'inputs')!;
    const items = node.kind === 'sequence' ? node.items : [node];
    const paths = items.map(item => this.find(layer, item, scopes, true));
    const joins = JOINS.has(layer.values.type);
    if (joins ? items.length < 2 : items.length > 1) {
      const subject = layerText({ path: layer.path, type: layer.values.type });
      const message = joins
        ? `${subject} joins two or more layers, but \`inputs\` names one; name another, or remove this layer.`
        : `${subject} reads one layer, but \`inputs\` names ${items.length}; join them first, with \`add\` or \`concatenate\`.`;
      report(this.compilation, 'wrong-inputs', message, node.range);
      this.sound = false;
      return undefined;
    }
    return paths.every(path => path !== undefined) ? paths : undefined;
  }

  private findOwner(layer: ReadLayer, scopes: readonly string[]): void {
    const node = entryOf(layer, 'tied_to');
    const path = node && this.find(layer, node, scopes, false);
    const named = path === undefined ? undefined : this.complete.get(path);
    if (named !== undefined) {
      this.owners.set(layer, this.owners.get(named) ?? named.path);
    }
  }

  /** The path of what an item names, or `undefined` with its problem reported. */
  private find(layer: ReadLayer, item: SourceNode, scopes: readonly string[], mayBeInput: boolean): string | undefined {
    const name = item.kind === 'scalar' ? String(item.value) : '';
    const paths = scopes.map(scope => `${scope}${name}`);
    const found = paths.find(path => this.complete.has(path));
    if (mayBeInput && name === MODEL_INPUT_NAME) {
      return found === undefined
        ? MODEL_INPUT_PATH
        : this.refuse(
            item,
            'ambiguous-layer',
            `\`${name}\` is the input of the model, but \`${found}\` is a layer too; give that layer another name.`,
          );
    }
    if (found !== undefined) {
      return found;
    }
    const other = paths.find(path => this.all.paths.has(path));
    if (other !== undefined) {
      const why =
        other === layer.path
          ? 'is this layer itself'
          : layer.path.startsWith(`${other}.`)
            ? 'encloses this layer'
            : 'comes later';
      const verb = mayBeInput ? 'read the output' : 'use the weights';
      return this.refuse(item, 'later-layer', `\`${name}\` ${why}; a layer can ${verb} of layers before it only.`);
    }
    if (paths.some(path => this.all.broken.has(path))) {
      this.sound = false;
      return undefined;
    }
    this.sound = false;
    if (!wantsWord(this.compilation, 'unknown-layer-name', item.range)) {
      return undefined;
    }
    const known = [...this.namesIn(scopes), ...(mayBeInput ? [MODEL_INPUT_NAME] : [])];
    const near = nearestName(name, known);
    const hint =
      near !== undefined
        ? `did you mean \`${near}\`?`
        : known.length === 0
          ? 'there is none.'
          : `known are ${listNames(known)}.`;
    reportWord(
      this.compilation,
      'unknown-layer-name',
      `No layer before this one is named "${name}"; ${hint}`,
      item.range,
      near,
    );
    return undefined;
  }

  private refuse(item: SourceNode, code: string, message: string): undefined {
    report(this.compilation, code, message, item.range);
    this.sound = false;
    return undefined;
  }

  /** Every complete layer as it can be named here. */
  private namesIn(scopes: readonly string[]): readonly string[] {
    return [...this.complete.keys()].map(path => {
      const scope = scopes.find(prefix => path.startsWith(prefix)) ?? '';
      return path.slice(scope.length);
    });
  }
}

/** The value of a key of the layer in the file. */
export function entryOf(layer: ReadLayer, key: string): SourceNode | undefined {
  return layer.node.entries.find(entry => entry.key === key)?.value;
}

/** Whether it uses what it reads: a residual only hands it to its layers, which may all name others. */
function isReader({ values, inner, shortcut }: ReadLayer): boolean {
  if (values.type !== 'residual') {
    return true;
  }
  const reads = (first: ReadLayer | undefined): boolean =>
    first === undefined || entryOf(first, 'inputs') === undefined;
  return reads(inner[0]) || reads(shortcut[0]);
}
