/** A type without these properties, for each member of a union by itself. */
export type Without<Whole, Name extends string> = Whole extends unknown ? Omit<Whole, Name> : never;

/** An object without these properties. */
export function without<Whole extends object, const Name extends string>(
  whole: Whole,
  ...names: readonly Name[]
): Without<Whole, Name> {
  const left = Object.entries(whole).filter(([name]) => !names.some(other => other === name));
  return Object.fromEntries(left) as unknown as Without<Whole, Name>;
}
