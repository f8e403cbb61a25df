/** Naming places in the title of a cure. */

/** "hidden1", or "hidden1 and 3 more". `paths` has at least one. */
export function placesText(paths: readonly string[]): string {
  return paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`;
}
