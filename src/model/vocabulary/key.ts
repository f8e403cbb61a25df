import type { Family, VariantValue } from './family';
import { acceptChoices } from './foreign/accept-names';

/** One of the names a value may take, with the sentence that completion and hover show for it. */
export interface Choice<Name extends string = string> {
  readonly name: Name;
  readonly description: string;
  /** Names of other libraries that are accepted for it, see `foreign/foreign-names.ts`. */
  readonly aliases?: readonly string[];
}

/** Bounds of a number; `above` and `below` are exclusive. */
export interface NumberRange {
  readonly minimum?: number;
  readonly above?: number;
  readonly maximum?: number;
  readonly below?: number;
}

/** A value as it is written in a model file. */
export type WrittenValue =
  string | number | boolean | readonly WrittenValue[] | { readonly [key: string]: WrittenValue };

/** What may stand after a key's colon. */
export type ValueKind =
  | ({ readonly kind: 'number'; readonly whole: boolean; readonly word?: Choice } & NumberRange)
  | ({ readonly kind: 'pair' } & NumberRange)
  | ({ readonly kind: 'sizes'; readonly word?: Choice } & NumberRange)
  | { readonly kind: 'boolean' }
  /** `words` are texts with a meaning of their own. */
  | { readonly kind: 'text'; readonly words?: readonly Choice[] }
  | { readonly kind: 'choice'; readonly noun: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'variant'; readonly family: () => Family }
  | { readonly kind: 'group'; readonly keys: Keys }
  | { readonly kind: 'input' }
  | ({ readonly kind: 'integers' } & NumberRange)
  /** A list of numbers, or one of the words in its place. */
  | ({ readonly kind: 'numbers'; readonly words: readonly Choice[] } & NumberRange)
  /** Names of earlier layers: a list (or one name alone) that may hold `input` too, or a single one. */
  | { readonly kind: 'layer-names' }
  | { readonly kind: 'layer-name' }
  /**
   * Name of a column of the data file, or one of the words in its place; or a list of names (one name alone is a list
   * of one).
   */
  | { readonly kind: 'column-name'; readonly words: readonly Choice[] }
  | { readonly kind: 'column-names' }
  | { readonly kind: 'layers' };

declare const VALUE: unique symbol;

/**
 * Everything the project knows about one key of the model file. Validation, completion, hover and the JSON Schema are
 * all made from it. `Value` is what reading it yields.
 */
export interface Key<Value = unknown> {
  readonly value: ValueKind;
  /** Plain sentences: what it is, its unit, and what a practitioner should know. */
  readonly description: string;
  readonly required: boolean;
  /** As it would be written in the file. */
  readonly default?: WrittenValue;
  /** Of a key without a fixed default: where its value then comes from, as the end of "Default: ...". */
  readonly otherwise?: string;
  /**
   * Names of other libraries that are accepted for it, see `foreign/foreign-names.ts`. Completion offers only the key
   * itself.
   */
  readonly aliases?: readonly string[];
  /** What completion writes after the key: a snippet, e.g. `${1:64}`. Without it, the default. */
  readonly snippet?: string;
  readonly [VALUE]?: Value;
}

export type Keys = Readonly<Record<string, Key>>;

/** What reading a mapping with these keys yields: a value a key, defaults filled in. */
export type ValuesOf<Table extends Keys> = {
  readonly [Name in keyof Table]: Table[Name] extends Key<infer Value> ? Value : never;
};

/** How a key behaves when the file leaves it out. */
export interface Absence<Written extends WrittenValue = WrittenValue> {
  readonly required?: true;
  readonly default?: Written;
  readonly otherwise?: string;
  readonly snippet?: string;
}

type Present<Options, Value> = Options extends { required: true } | { default: WrittenValue }
  ? Value
  : Value | undefined;

function key<Value>(value: ValueKind, description: string, absence: Absence): Key<Value> {
  const { required = false, default: fallback, otherwise, snippet } = absence;
  return {
    value,
    description,
    required,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(otherwise === undefined ? {} : { otherwise }),
    ...(snippet === undefined ? {} : { snippet }),
  };
}

/** A finite number within a range. */
export function number<const O extends NumberRange & Absence<number>>(
  description: string,
  options: O,
): Key<Present<O, number>> {
  return key({ kind: 'number', whole: false, ...rangeOf(options) }, description, options);
}

/** A whole number within a range. */
export function wholeNumber<const O extends NumberRange & Absence<number>>(
  description: string,
  options: O,
): Key<Present<O, number>> {
  return key({ kind: 'number', whole: true, ...rangeOf(options) }, description, options);
}

/** A list of exactly two numbers, e.g. Adam's `betas`. */
export function pair<const O extends NumberRange & Absence<readonly number[]>>(
  description: string,
  options: O,
): Key<Present<O, readonly [number, number]>> {
  return key({ kind: 'pair', ...rangeOf(options) }, description, options);
}

/** A whole number for both axes of maps, or a list [height, width]. */
export function sizes<const O extends NumberRange & Absence<number>>(
  description: string,
  options: O,
): Key<Present<O, number | readonly [number, number]>> {
  return key({ kind: 'sizes', ...rangeOf(options) }, description, options);
}

/** The same number or sizes, or a word in their place. */
export function orWord<Value, const Word extends string>(base: Key<Value>, word: Choice<Word>): Key<Value | Word> {
  return { ...base, value: { ...base.value, word } as ValueKind };
}

/** `true` or `false`. */
export function flag<const O extends Absence<boolean>>(description: string, options: O): Key<Present<O, boolean>> {
  return key({ kind: 'boolean' }, description, options);
}

/** Text that is not empty. */
export function text<const O extends Absence<string>>(
  description: string,
  options: O & { readonly words?: readonly Choice[] },
): Key<Present<O, string>> {
  return key({ kind: 'text', ...(options.words && { words: options.words }) }, description, options);
}

/** One name of a list. `noun` says of what, e.g. "activation". */
export function choice<const C extends readonly Choice[], const O extends Absence<C[number]['name']>>(
  description: string,
  noun: string,
  choices: C,
  options: O,
): Key<Present<O, C[number]['name']>> {
  return key({ kind: 'choice', noun, choices: acceptChoices(choices, noun) }, description, options);
}

/** A mapping with a `type`, or (where the family allows it) the type's name alone. */
export function variant<F extends Family, const O extends Absence>(
  description: string,
  family: F,
  options: O,
): Key<Present<O, VariantValue<F>>> {
  return key({ kind: 'variant', family: () => family }, description, options);
}

/** A mapping with keys of its own and no `type`. Left out, it has its keys' defaults. */
export function group<const K extends Keys>(description: string, keys: K, absence: Absence = {}): Key<ValuesOf<K>> {
  return key({ kind: 'group', keys }, description, { default: {}, ...absence });
}

/** The shape of one example; read by `compile/read-input.ts`. */
export function input(description: string, absence: Absence): Key<unknown> {
  return key({ kind: 'input' }, description, absence);
}

/** A list of whole numbers. */
export function integers<const O extends NumberRange & Absence<readonly number[]>>(
  description: string,
  options: O,
): Key<Present<O, readonly number[]>> {
  return key({ kind: 'integers', ...rangeOf(options) }, description, options);
}

/** A list of numbers, or one of `words` in its place. */
export function numbers<const W extends readonly Choice[], const O extends NumberRange & Absence<W[number]['name']>>(
  description: string,
  options: O & { readonly words: W },
): Key<Present<O, W[number]['name'] | readonly number[]>> {
  return key({ kind: 'numbers', words: options.words, ...rangeOf(options) }, description, options);
}

/**
 * Names of earlier layers, or `input`; `compile/layer-references.ts` finds the layers. One name alone is a list of one.
 */
export function layerNames<const O extends Absence>(
  description: string,
  options: O,
): Key<Present<O, readonly string[]>> {
  return key({ kind: 'layer-names' }, description, options);
}

/** Name of an earlier layer; `compile/layer-references.ts` finds it. */
export function layerName<const O extends Absence>(description: string, options: O): Key<Present<O, string>> {
  return key({ kind: 'layer-name' }, description, options);
}

/** Name of a column of the data file, or one of `words` in its place. */
export function columnName<const O extends Absence<string>>(
  description: string,
  words: readonly Choice[],
  options: O,
): Key<Present<O, string>> {
  return key({ kind: 'column-name', words }, description, options);
}

/** Names of columns of the data file. One name alone is a list of one. */
export function columnNames<const O extends Absence>(
  description: string,
  options: O,
): Key<Present<O, readonly string[]>> {
  return key({ kind: 'column-names' }, description, options);
}

/** A list of layers; read by `compile/read-layers.ts`. */
export function layers(description: string, absence: Absence): Key<unknown> {
  return key({ kind: 'layers' }, description, absence);
}

function rangeOf({ minimum, above, maximum, below }: NumberRange): NumberRange {
  return {
    ...(minimum === undefined ? {} : { minimum }),
    ...(above === undefined ? {} : { above }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(below === undefined ? {} : { below }),
  };
}
