import { listNames, MOST_NAMES } from './describe-kind';
import { plainSpelling } from './foreign/spelling';
import type { Synonyms } from './synonyms';

/**
 * The known name that `name` most likely meant: one that differs only in case, hyphens or underscores, one that
 * `synonyms` gives (PyTorch's or Keras's word), or the nearest by edit distance, if it is near enough. Undefined if
 * none is.
 */
export function nearestName(name: string, known: readonly string[], synonyms: Synonyms = {}): string | undefined {
  const plain = plainSpelling(name);
  const same = known.find(candidate => plainSpelling(candidate) === plain);
  if (same !== undefined) {
    return same;
  }
  const ours = Object.entries(synonyms)
    .filter(([foreign]) => plainSpelling(foreign) === plain)
    .flatMap(([, names]) => names);
  const synonym = ours.find(candidate => known.includes(candidate));
  if (synonym !== undefined) {
    return synonym;
  }
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(plain.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(plain, plainSpelling(candidate), least);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  const starting = plain.length >= 3 ? known.filter(candidate => plainSpelling(candidate).startsWith(plain)) : [];
  return best ?? (starting.length === 1 ? starting[0] : undefined);
}

/**
 * The names of `known` that are likest to `name`, as they end a sentence; of many, those that share a word come first.
 */
export function listRelevant(name: string, known: readonly string[]): string {
  if (known.length <= MOST_NAMES) {
    return listNames(known);
  }
  const words = new Set(wordsOf(name));
  const far = (candidate: string): number =>
    (wordsOf(candidate).some(word => words.has(word)) ? 0 : 100) +
    editDistance(plainSpelling(name), plainSpelling(candidate));
  const ordered = known
    .map(candidate => ({ candidate, distance: far(candidate) }))
    .sort((one, other) => one.distance - other.distance);
  return listNames(
    ordered.map(({ candidate }) => candidate),
    MOST_NAMES,
  );
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[-_\s]+/)
    .filter(word => word.length > 2);
}

/**
 * Insertions, deletions, substitutions and swaps of neighbors (Damerau) that turn one text into the other; some number
 * from `enough` on where there are no fewer.
 */
function editDistance(one: string, other: string, enough = Number.POSITIVE_INFINITY): number {
  const length = 60;
  const [a, b] = [one.slice(0, length), other.slice(0, length)];
  if (Math.abs(a.length - b.length) >= enough) {
    return enough;
  }
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
    // A later row is never below the least of the two before it.
    if (Math.min(...before, ...last) >= enough) {
      return enough;
    }
  }
  return last[b.length];
}
