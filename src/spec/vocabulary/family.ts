import type { Key, Keys, ValuesOf } from './key';

/** One kind of layer, initializer, loss ...: what `type` names and the keys that come with it. */
export interface Variant<Name extends string = string, Table extends Keys = Keys> {
  readonly name: Name;
  readonly description: string;
  readonly keys: Table;
  /** Keys that a snippet writes besides `type`, in this order; without it, those that are required. */
  readonly usual?: readonly string[];
}

/** All that `type` may name in one place of the file. */
export interface Family<Variants extends readonly Variant[] = readonly Variant[]> {
  /** In the singular, e.g. "layer". */
  readonly noun: string;
  readonly variants: Variants;
  /** Whether a name alone stands for a mapping with that `type`. */
  readonly byName: boolean;
  /** Names that are known but cannot be trained yet. */
  readonly unsupported: readonly string[];
}

type ValueOf<V> = V extends Variant<infer Name, infer Table> ? { readonly type: Name } & ValuesOf<Table> : never;

/** What reading a member of the family yields: `type` and its keys, defaults filled in. */
export type VariantValue<F> = F extends Family<infer Variants> ? ValueOf<Variants[number]> : never;

/** Describes one variant. */
export function describeVariant<const Name extends string, const Table extends Keys>(
  name: Name,
  description: string,
  keys: Table,
  usual?: readonly (keyof Table & string)[],
): Variant<Name, Table> {
  return { name, description, keys, ...(usual === undefined ? {} : { usual }) };
}

/** Describes a family. */
export function describeFamily<const Variants extends readonly Variant[]>(
  noun: string,
  variants: Variants,
  options: { readonly byName: boolean; readonly unsupported?: readonly string[] },
): Family<Variants> {
  return { noun, variants, byName: options.byName, unsupported: options.unsupported ?? [] };
}

/** The variant of that name. */
export function findVariant(family: Family, name: string): Variant | undefined {
  return family.variants.find((candidate) => candidate.name === name);
}

/** The key of that name or with that alias, and the name it goes by. */
export function findKey(keys: Keys, name: string): { readonly name: string; readonly key: Key } | undefined {
  if (Object.hasOwn(keys, name)) {
    return { name, key: keys[name]! };
  }
  const found = Object.entries(keys).find(([, candidate]) => candidate.aliases?.includes(name));
  return found && { name: found[0], key: found[1] };
}
