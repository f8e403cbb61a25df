/** Changes of values, by the keys of the file. */
import type { Change, ChangeValue } from '../../../model/change';
import type { ModelSpec } from '../../../model/model-spec';
import { isLayerPlace, type LayerPlace, type Setting } from '../../../model/place';
import { findVariant } from '../../../model/vocabulary/family';
import { keyOfPart } from '../../../model/vocabulary/key-names';
import { LAYERS } from '../../../model/vocabulary/layers';
import { OPTIMIZERS } from '../../../model/vocabulary/optimizers';
import type { ValueChange } from '../edit/shared-changes';
import { sameValue } from '../edit/source-value';
import type { ModelFileSource } from '../model-file-source';
import { nodeAt } from '../source-range';
import { writtenParts, writtenValue, type Parts } from './written-value';

type ValueSet = Extract<Change, { readonly kind: 'set' }>;

/** Computes the text for the places that are set or reset, and for the types that are replaced. */
export function valueChanges(source: ModelFileSource, model: ModelSpec, changes: readonly Change[]): ValueChange[] {
  const partsOf = partsBySetting(changes);
  const written = new Set<Setting>();
  return changes.flatMap((change): ValueChange[] => {
    switch (change.kind) {
      case 'set': {
        const { at } = change;
        if (isLayerPlace(at)) return layerValue(source, change, at);
        if (at.part === undefined) return [{ path: source.pathOf(at), value: writtenValue(change.value) }];
        // All parts of a setting at once: where it is a bare name, they become one mapping.
        if (written.has(at.setting)) return [];
        written.add(at.setting);
        return settingParts(source, model, at.setting, partsOf.get(at.setting) ?? {});
      }
      case 'reset':
        return [{ path: source.pathOf(change.at), value: undefined }];
      case 'replace-type': {
        const layer = source.sourceOf(change.layer) ?? [];
        const parts = writtenParts(change.parts ?? {}, {}, change.type);
        return [['type', change.type] as const, ...parts].map(([key, value]) => ({ path: [...layer, key], value }));
      }
      case 'insert-after':
      case 'insert-first':
      case 'wrap':
      case 'remove':
        return [];
    }
  });
}

function partsBySetting(changes: readonly Change[]): ReadonlyMap<Setting, Parts> {
  const all = new Map<Setting, Parts>();
  for (const change of changes) {
    if (change.kind !== 'set' || isLayerPlace(change.at) || change.at.part === undefined) continue;
    const { setting, part } = change.at;
    all.set(setting, { ...all.get(setting), [part]: change.value });
  }
  return all;
}

/**
 * Sets parts of a setting. Where the file has it as a mapping, or it has no type, their keys change; else it is written
 * whole, with the type that it has.
 */
function settingParts(source: ModelFileSource, model: ModelSpec, setting: Setting, given: Parts): ValueChange[] {
  const key = keyOfPart(setting);
  // The setting as the model has it is made of the same values.
  const present = model[setting] as unknown as Parts;
  const node = nodeAt(source.document, [key]);
  const type = given['type'] ?? present['type'];
  if (node?.kind !== 'mapping' && type !== undefined) {
    const parts = Object.entries(given).filter(([part]) => part !== 'type' && !FOLLOWING.has(part));
    const value = { type, ...(node ? {} : unnamedRate(model, setting, type)), ...Object.fromEntries(parts) };
    return [{ path: [key], value: writtenValue(value) }];
  }
  return writtenParts(given, present)
    .map(([name, value]) => ({ path: [key, name], value }))
    .filter(({ path }) => !FOLLOWING_KEYS.has(String(path[1])) || nodeAt(source.document, path));
}

/** The rate that a model has where its file names no optimizer, as far as a named one would have another. */
function unnamedRate({ optimizer }: ModelSpec, setting: Setting, type: ChangeValue): Parts {
  const ordinary = findVariant(OPTIMIZERS, String(type))?.keys['learning_rate']?.default;
  return setting === 'optimizer' && optimizer.learningRate !== ordinary ? { learningRate: optimizer.learningRate } : {};
}

/** Parts that follow another one by themselves where the file does not write them. */
const FOLLOWING: ReadonlySet<string> = new Set(['adamwLearningRate']);
const FOLLOWING_KEYS: ReadonlySet<string> = new Set([...FOLLOWING].map(part => keyOfPart(part)));

/** Sets a layer's part. Weights that start in the standard way have no key for it, unless others share theirs. */
function layerValue(source: ModelFileSource, change: ValueSet, at: LayerPlace): ValueChange[] {
  const { document } = source;
  const path = source.pathOf(at);
  const value = writtenValue(change.value);
  if (at.part !== 'kernelInitializer' || !isStandard(source, at, path, value)) return [{ path, value }];
  if (!nodeAt(document, path)) return [];
  const isShared = document.language === 'yaml' && document.text.includes('&');
  return [{ path, value: isShared ? value : undefined }];
}

function isStandard(
  source: ModelFileSource,
  { layer }: LayerPlace,
  path: ValueChange['path'],
  value: NonNullable<ValueChange['value']>,
): boolean {
  const standard = findVariant(LAYERS, source.typeOf(layer) ?? '')?.keys[String(path.at(-1))]?.default;
  return standard !== undefined && sameValue(standard, value);
}
