import { acceptChoices, acceptKeys } from './foreign/accept-names';
import { plainSpelling } from './foreign/spelling';
import type { Choice, Key, Keys, ValuesOf } from './key';

/** One kind of layer, initializer, loss ...: what `type` names and the keys that come with it. */
export interface Variant<Name extends string = string, Table extends Keys = Keys> {
  readonly name: Name;
  readonly description: string;
  readonly keys: Table;
  /** Names of other libraries that are accepted for it, see `foreign/foreign-names.ts`. */
  readonly aliases?: readonly string[];
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
  /**
   * Names that mean something at other places, each with why not here and what to take instead, as a sentence's end.
   */
  readonly misplaced: Readonly<Record<string, string>>;
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

/** Describes a family; its members and their keys get the names of other libraries that are accepted for them. */
export function describeFamily<const Variants extends readonly Variant[]>(
  noun: string,
  variants: Variants,
  options: {
    readonly byName: boolean;
    readonly unsupported?: readonly string[];
    readonly misplaced?: Readonly<Record<string, string>>;
  },
): Family<Variants> {
  const accepted = acceptChoices(variants, noun).map(variant => ({
    ...variant,
    keys: acceptKeys(variant.keys, noun, variant.name),
  }));
  // Names and keys are those of `variants`, each with its aliases besides.
  return {
    noun,
    variants: accepted as unknown as Variants,
    byName: options.byName,
    unsupported: options.unsupported ?? [],
    misplaced: options.misplaced ?? {},
  };
}

/** The variant of that name, in our spelling or another library's. */
export function findVariant(family: Family, name: string): Variant | undefined {
  return findNamed(family.variants, name);
}

/** The variant or choice of that name, in our spelling or another library's. */
export function findNamed<Named extends Pick<Choice, 'name' | 'aliases'>>(
  choices: readonly Named[],
  name: string,
): Named | undefined {
  const own = choices.find(choice => choice.name === name);
  if (own) {
    return own;
  }
  const plain = plainSpelling(name);
  return choices.find(choice =>
    [choice.name, ...(choice.aliases ?? [])].some(spelling => plainSpelling(spelling) === plain),
  );
}

/** The key of that name, in our spelling or another library's, and our name for it. */
export function findKey(keys: Keys, name: string): { readonly name: string; readonly key: Key } | undefined {
  if (Object.hasOwn(keys, name)) {
    return { name, key: keys[name] };
  }
  const found = findNamed(
    Object.entries(keys).map(([own, key]) => ({ name: own, aliases: key.aliases, key })),
    name,
  );
  return found && { name: found.name, key: found.key };
}
