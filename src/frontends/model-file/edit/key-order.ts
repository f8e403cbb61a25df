import type { SourceEntry } from '../source-document';

/** The order in which people write the keys of a model file. */
const ROOT_ORDER: readonly string[] = [
  'name',
  'input',
  'layers',
  'loss',
  'data',
  'optimizer',
  'schedule',
  'clip',
  'regularization',
  'batch_size',
  'gradient_accumulation',
  'steps',
  'validation',
  'seed',
];

/** Keys that come first in the mappings inside it; every other key goes to the end. */
const INNER_ORDER: readonly string[] = ['type', 'learning_rate'];

/**
 * The entry after which a new key belongs, or `undefined` for the first place. At the root that is the nearest one
 * before it in the usual order, wherever the file has it; in other mappings the last entry that comes before it.
 */
export function entryBefore(entries: readonly SourceEntry[], key: string, root: boolean): SourceEntry | undefined {
  const order = root ? ROOT_ORDER : INNER_ORDER;
  const rank = order.indexOf(key);
  if (rank < 0 || (root && !entries.some(entry => order.includes(entry.key)))) {
    return entries.at(-1);
  }
  const earlier = entries.filter(entry => order.includes(entry.key) && order.indexOf(entry.key) < rank);
  return earlier.reduce<SourceEntry | undefined>(
    (nearest, entry) => (!nearest || order.indexOf(entry.key) >= order.indexOf(nearest.key) ? entry : nearest),
    undefined,
  );
}
