/** Checks of JSON that is not trusted: every value is read through one of them, and every list is bounded. */

/** An answer that is not of the form that was asked for. */
export class MalformedAnswerError extends Error {}

export type Read<T> = (value: unknown) => T;

const MAX_TEXT_LENGTH = 4000;
/** Names of tensors and classes; a longer one is no honest name. */
export const MAX_NAME_LENGTH = 500;

export function refuse(what: string): never {
  throw new MalformedAnswerError(`The answer of Python has ${what}.`);
}

export function text(value: unknown, longest = MAX_TEXT_LENGTH): string {
  if (typeof value !== 'string') refuse('something else than a text');
  return value.length > longest ? value.slice(0, longest) : value;
}

export const name: Read<string> = value => text(value, MAX_NAME_LENGTH);

export function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') refuse('something else than true or false');
  return value;
}

export function finite(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse('something else than a number');
  return value;
}

/** An integer from `least` to below `end`. */
export function integer(value: unknown, least: number, end: number): number {
  if (!Number.isSafeInteger(value)) refuse('something else than an integer');
  const number = value as number;
  if (number < least || number >= end) refuse(`the number ${number} outside of its bounds`);
  return number;
}

/** An index below `count`, or nothing for -1. */
export function optionalIndex(value: unknown, count: number): number | undefined {
  const index = integer(value, -1, Math.max(count, 0));
  return index === -1 ? undefined : index;
}

export function list<T>(value: unknown, longest: number, read: Read<T>): readonly T[] {
  if (!Array.isArray(value)) refuse('something else than a list');
  if (value.length > longest) refuse(`a list of ${value.length} entries`);
  return value.map(item => read(item));
}

export function row(value: unknown, length: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) refuse(`something else than a row of ${length}`);
  return value;
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('something else than a record');
  return value as Record<string, unknown>;
}

export function oneOf<T extends string>(value: unknown, names: readonly T[]): T {
  const found = names.find(each => each === value);
  return found ?? refuse('a word that is none of ours');
}
