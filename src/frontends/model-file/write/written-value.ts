/** Values in the words of `ModelSpec` as a model file writes them. */
import type { ChangeValue } from '../../../model/change';
import { findVariant } from '../../../model/vocabulary/family';
import type { WrittenValue } from '../../../model/vocabulary/key';
import { keyOfPart } from '../../../model/vocabulary/key-names';
import { OPTIMIZERS } from '../../../model/vocabulary/optimizers';

/** Parts of a value by their names, e.g. `{ type: 'sgd', learningRate: 0.1 }`. */
export type Parts = Readonly<Record<string, ChangeValue>>;

/** Parts that one key holds together, as a list of two. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['beta1', 'beta2'],
  ['adamwBeta1', 'adamwBeta2'],
];

/** The value under the names of the file; one that has nothing but a type is that name. */
export function writtenValue(value: ChangeValue): WrittenValue {
  if (isList(value)) return value.map(writtenValue);
  if (typeof value !== 'object') return value;
  const entries = writtenParts(value, {});
  const isName = entries.length === 1 && entries[0][0] === 'type';
  return isName ? entries[0][1] : Object.fromEntries(entries);
}

/**
 * The keys that say what `given` does, with their values. Of two parts that one key holds, the other one comes from
 * `present`, or is the default of the type.
 */
export function writtenParts(given: Parts, present: Parts, layerType?: string): [key: string, value: WrittenValue][] {
  const written = new Map<string, WrittenValue>();
  for (const [part, value] of Object.entries(given)) {
    const pair = PAIRS.find(names => names.includes(part));
    const key = keyOfPart(part, layerType);
    written.set(key, pair ? pairOf(pair, key, given, present) : writtenValue(value));
  }
  return [...written];
}

function pairOf(names: readonly [string, string], key: string, given: Parts, present: Parts): WrittenValue {
  const type = given['type'] ?? present['type'];
  const fallback = typeof type === 'string' ? findVariant(OPTIMIZERS, type)?.keys[key]?.default : undefined;
  return names.map((name, index) => {
    const value = given[name] ?? present[name] ?? (Array.isArray(fallback) ? (fallback[index] as number) : undefined);
    if (value === undefined) throw new Error(`${name} has no value to write with ${key}.`);
    return writtenValue(value);
  });
}

function isList(value: ChangeValue): value is readonly ChangeValue[] {
  return Array.isArray(value);
}
