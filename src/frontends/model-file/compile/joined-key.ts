import type { SourceEntry, SourceDocument } from '../source-document';

/** A key that holds what was meant as its value, as `units:8` does, taken apart. */
export interface JoinedKey {
  readonly key: string;
  /** The entry with its space. */
  readonly written: string;
}

/**
 * Takes apart a key whose colon lacks its space. `undefined` for any other, also where a value follows by a colon of
 * its own: a space inside the key would leave two colons in one entry.
 */
export function joinedKey({ text }: SourceDocument, { key, keyRange, value }: SourceEntry): JoinedKey | undefined {
  const parts = /^([\w-]+):(\S+)$/.exec(key);
  const isAlone =
    value.kind === 'scalar' && value.value === null && !/^[ \t]*:/.test(text.slice(keyRange.end, keyRange.end + 100));
  return parts && isAlone ? { key: parts[1], written: `${parts[1]}: ${parts[2]}` } : undefined;
}
