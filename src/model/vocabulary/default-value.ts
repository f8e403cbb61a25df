import { findVariant } from './family';
import type { Key, Keys, WrittenValue } from './key';

/** The value a key has when the file leaves it out; `undefined` where that is decided later. */
export function defaultOf(key: Key): unknown {
  return key.default === undefined ? undefined : fromWritten(key, key.default);
}

/** The defaults of every key of a table that is not required. */
export function defaultsOf(keys: Keys): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(keys)
      .filter(([, key]) => !key.required)
      .map(([name, key]) => [name, defaultOf(key)]),
  );
}

function fromWritten(key: Key, written: WrittenValue): unknown {
  if (key.value.kind === 'group') {
    return { ...defaultsOf(key.value.keys), ...(written as object) };
  }
  if (key.value.kind !== 'variant') {
    return written;
  }
  const mapping = typeof written === 'string' ? { type: written } : (written as { readonly type: string });
  const variant = findVariant(key.value.family(), mapping.type);
  return { ...defaultsOf(variant?.keys ?? {}), ...mapping };
}
