import { CLIPS } from '../../model/vocabulary/clips';
import { findKey, findVariant, type Family } from '../../model/vocabulary/family';
import { LAYER_FAMILY } from '../../model/vocabulary/layers';
import { LOSSES } from '../../model/vocabulary/losses';
import { OPTIMIZERS } from '../../model/vocabulary/optimizers';
import { SCHEDULES } from '../../model/vocabulary/schedules';
import type { CaseLayer, CaseMapping, CaseSpec } from './case-file';

/** Sizes that a case spells out and a model file leaves to be inferred; they ask for no operator. */
export const INFERRED_SIZES: ReadonlySet<string> = new Set(['in', 'features', 'dims']);

/**
 * Operators that a case needs and the vocabulary of model files lacks, e.g. `conv2d`, `adam amsgrad`; empty for a
 * supported case.
 */
export function unsupportedOperators(spec: CaseSpec): readonly string[] {
  const missing = new Set<string>();
  const check = (family: Family, mapping: CaseMapping | undefined, ignored: ReadonlySet<string>): void => {
    if (!mapping) return;
    const variant = findVariant(family, mapping.type);
    if (!variant) {
      missing.add(mapping.type);
      return;
    }
    for (const [key, value] of Object.entries(mapping)) {
      // A switch that is off asks for nothing.
      if (key === 'type' || value === false || ignored.has(key)) continue;
      if (!findKey(variant.keys, key)) missing.add(`${mapping.type} ${key}`);
    }
  };
  const checkLayers = (layers: readonly CaseLayer[]): void => {
    for (const layer of layers) {
      check(LAYER_FAMILY, layer, INFERRED_SIZES);
      checkLayers(layer.layers ?? []);
      checkLayers(layer.shortcut ?? []);
    }
  };
  checkLayers(spec.layers);
  check(LOSSES, spec.loss, new Set(['l1', 'l2']));
  check(OPTIMIZERS, spec.optimizer, new Set());
  check(SCHEDULES, spec.schedule, new Set());
  check(CLIPS, spec.clip, new Set());
  return [...missing];
}
