/** Keeps the latest result of a function: redrawing for a hover must not build every curve again. */

/** `compute`, which is called again only when an argument changed since the last call (by `Object.is`). */
export function rememberLast<Arguments extends readonly unknown[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { readonly given: Arguments; readonly result: Result } | undefined;
  return (...given) => {
    if (last === undefined || given.some((argument, index) => !Object.is(argument, last?.given[index]))) {
      last = { given, result: compute(...given) };
    }
    return last.result;
  };
}
