import { listNames } from '../../../model/vocabulary/describe-kind';
import { findKey } from '../../../model/vocabulary/family';
import { MODEL_KEYS } from '../../../model/vocabulary/model';
import { KEY_SYNONYMS } from '../../../model/vocabulary/synonyms';

/**
 * A sentence about where a key belongs that is unknown where it stands but known at the top of the model or inside one
 * of the model's mappings, under its own name or another library's. `undefined` if it is known nowhere.
 */
export function homeOfKey(name: string, atTop: boolean): string | undefined {
  const names = [name, ...(Object.hasOwn(KEY_SYNONYMS, name) ? [KEY_SYNONYMS[name] ?? []].flat() : [])];
  const root = atTop ? undefined : names.find(candidate => Object.hasOwn(MODEL_KEYS, candidate));
  if (root !== undefined) {
    return root === name
      ? `\`${name}\` belongs at the top of the model, not here.`
      : `\`${name}\` is unknown here; use \`${root}\` at the top of the model.`;
  }
  const homes = Object.entries(MODEL_KEYS).filter(([, { value }]) =>
    value.kind === 'variant'
      ? value.family().variants.some(variant => findKey(variant.keys, name))
      : value.kind === 'group' && findKey(value.keys, name) !== undefined,
  );
  const place = atTop ? 'at the top of the model' : 'here';
  return homes.length === 0
    ? undefined
    : `\`${name}\` belongs inside ${listNames(homes.map(([key]) => key))}, not ${place}.`;
}
