/** Whether two models mean the same, and which layer of one is which layer of the other. */
import { branchesOf } from './inner-layers';
import { MODEL_INPUT_PATH, type LayerSpec, type ModelSpec } from './model-spec';
import type { Setting } from './place';

/**
 * Whether a setting decides how gradients fare: no finding outlives a change of one. A name says nothing, and more steps,
 * another seed or another split only continue or repeat the same training.
 */
const DECIDES_TRAINING = {
  name: false,
  input: true,
  loss: true,
  data: true,
  optimizer: true,
  schedule: true,
  clip: true,
  regularization: true,
  batchSize: true,
  gradientAccumulation: true,
  steps: false,
  validation: false,
  seed: false,
} as const satisfies Record<Setting, boolean>;

const TRAINING_SETTINGS = (Object.keys(DECIDES_TRAINING) as Setting[]).filter(setting => DECIDES_TRAINING[setting]);

/** Whether two models are one in all that they say, wherever and however it is written. */
export function sameModel(one: ModelSpec, other: ModelSpec): boolean {
  return one === other || wholeMeaning(one) === wholeMeaning(other);
}

/** Whether the settings that decide training are the same; the layers may differ. */
export function sameTraining(one: ModelSpec, other: ModelSpec): boolean {
  return one === other || TRAINING_SETTINGS.every(setting => sameSetting(one, other, setting));
}

/** Whether a setting is the same in both. A task that was chosen to fit a model follows its layers. */
export function sameSetting(one: ModelSpec, other: ModelSpec, setting: Setting): boolean {
  if (setting === 'data' && one.data.inferred && other.data.inferred) return true;
  return textOf(one[setting]) === textOf(other[setting]);
}

/**
 * The path in `now` of a layer of `before`: of the layer that says the same, wherever it has moved. Automatic names, paths
 * and shapes do not count. Twins keep their order; where one came or went, the nearest in the list is it.
 */
export function layerNow(before: ModelSpec, now: ModelSpec, path: string): string | undefined {
  if (before === now) return path;
  const [earlier, later] = [descriptionsOf(before), descriptionsOf(now)];
  const index = earlier.findIndex(layer => layer.path === path);
  if (index < 0) return undefined;
  const { text } = earlier[index];
  const isTwin = (layer: Described): boolean => layer.text === text;
  const candidates = later.filter(isTwin);
  const twins = earlier.filter(isTwin);
  if (twins.length === candidates.length) return candidates[twins.indexOf(earlier[index])]?.path;
  const expected = movedIndex(earlier, later, index);
  const distance = (layer: Described): number => Math.abs(later.indexOf(layer) - expected);
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0]?.path;
}

/** A layer by what it says. */
interface Described {
  readonly path: string;
  readonly text: string;
}

/** What a model or a part of it means for training, as text. */
export function meaningOf(part: unknown): string {
  return textOf(part);
}

/** Whether two parts of models train alike, whoever decided them. */
export function sameMeaning(one: unknown, other: unknown): boolean {
  return meaningOf(one) === meaningOf(other);
}

const descriptions = new WeakMap<ModelSpec, readonly Described[]>();
const meanings = new WeakMap<ModelSpec, string>();

function wholeMeaning(model: ModelSpec): string {
  const known = meanings.get(model) ?? textOf(model);
  meanings.set(model, known);
  return known;
}

/** Where an index goes when all that changed between two lists is taken as one replacement. */
function movedIndex(before: readonly Described[], now: readonly Described[], index: number): number {
  const shorter = Math.min(before.length, now.length);
  let prefix = 0;
  while (prefix < shorter && before[prefix].text === now[prefix].text) prefix++;
  return index < prefix ? index : index + now.length - before.length;
}

/** Every layer in the order of the model, those inside another one after it. */
function descriptionsOf(model: ModelSpec): readonly Described[] {
  const known = descriptions.get(model) ?? describeList(model.layers, MODEL_INPUT_PATH, '');
  descriptions.set(model, known);
  return known;
}

/** @param entry input of the list @param block what the transformer block around it says: its parts are one with it */
function describeList(layers: readonly LayerSpec[], entry: string, block: string): readonly Described[] {
  return layers.flatMap((layer, index) => {
    const text = `${block}${describe(layer, index === 0 ? entry : layers[index - 1].path)}`;
    const inside = layer.type === 'transformer-block' ? `${text} > ` : '';
    const within = branchesOf(layer).flatMap(branch => describeList(branch, layer.inputs[0], inside));
    return [{ path: layer.path, text }, ...within];
  });
}

/** What a layer says of itself, with the layers inside it; of its inputs only those that are not right before it. */
function describe(layer: LayerSpec, previous: string): string {
  const branches = branchesOf(layer).map(branch =>
    branch.map((inner, index) => describe(inner, index === 0 ? layer.inputs[0] : branch[index - 1].path)),
  );
  const own = textOf(layer, key => LEFT_OUT.has(key));
  const inputs = layer.inputs.map(path => (path === previous ? '' : ownName(path)));
  return JSON.stringify([own, givenName(layer), inputs, layer.tiedTo && ownName(layer.tiedTo.path), branches]);
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  'name',
  'path',
  'inputs',
  'inputShape',
  'inputShapes',
  'outputShape',
  'layers',
  'shortcut',
  'tiedTo',
]);

/** The name that a layer was given; empty for one that is made of its type and a number. */
function givenName({ name, type }: LayerSpec): string {
  return name.startsWith(type) && /^\d+$/.test(name.slice(type.length)) ? '' : name;
}

/** The last name of a path, without the number that tells automatic names apart. */
function ownName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\d+$/, '');
}

/** A value as text, whatever the order of its keys, and without who decided it. */
function textOf(value: unknown, leavesOut: (key: string) => boolean = () => false): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (NOT_MEANT.has(key) || leavesOut(key)) return undefined;
    return part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  });
}

/** Who decided things, which changes nothing about them. */
const NOT_MEANT: ReadonlySet<string> = new Set(['inferred', 'derived', 'own', 'folded', 'probabilities']);
