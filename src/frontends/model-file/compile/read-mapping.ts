import type { SourcePath } from '../../../model/model-spec';
import { listRelevant, nearestName } from '../../../model/vocabulary/nearest-name';
import type { SourceEntry } from '../source-document';
import { adviceOn } from '../../../model/vocabulary/advice';
import { describeExpected } from '../../../model/vocabulary/describe-kind';
import { findKey } from '../../../model/vocabulary/family';
import type { Keys, ValuesOf } from '../../../model/vocabulary/key';
import { KEY_SYNONYMS } from '../../../model/vocabulary/synonyms';
import { headRange, report, reportWord, wantsWord, type Compilation, type MappingNode } from './compilation';
import { defaultOf } from '../../../model/vocabulary/default-value';
import { homeOfKey } from './home-of-key';
import { joinedKey } from './joined-key';
import { readValue } from './read-value';
import { remedyOf } from './remedies';

/** Where a mapping stands, for its messages. */
export interface MappingPlace {
  /** As in "Unknown key `unit` in ...": "a dense layer", "`regularization`", "the model". */
  readonly place: string;
  readonly path: SourcePath;
  /** The family or group whose keys these are, and the member of it: for advice on keys of other libraries. */
  readonly noun?: string;
  readonly member?: string;
  /** Keys that are read elsewhere, such as `type`. */
  readonly skip?: (key: string) => boolean;
  /** Says in a sentence where a key belongs that is unknown here but known at another place. */
  readonly elsewhere?: (key: string) => string | undefined;
}

/**
 * Reads a mapping by the table of its keys, defaults filled in. Every problem is reported; `undefined` if there was
 * any.
 */
export function readMapping<Table extends Keys>(
  compilation: Compilation,
  node: MappingNode,
  keys: Table,
  place: MappingPlace,
): ValuesOf<Table> | undefined {
  const values: Record<string, unknown> = {};
  const given = new Map<string, SourceEntry>();
  const misspelled = new Set<string>();
  const present = new Set(node.entries.map(({ key }) => findKey(keys, key)?.name ?? key));
  let sound = true;
  // Of a mapping that was told of before, by another alias, nothing is told again.
  let repeated = false;
  for (const entry of node.entries) {
    if (place.skip?.(entry.key) === true) {
      continue;
    }
    const found = findKey(keys, entry.key);
    if (!found && !wantsWord(compilation, 'unknown-key', entry.keyRange)) {
      repeated = true;
      continue;
    }
    if (!found) {
      const near = reportUnknownKey(compilation, entry, keys, present, place);
      misspelled.add(near ?? '');
      sound = false;
      continue;
    }
    const earlier = given.get(found.name);
    if (earlier) {
      report(
        compilation,
        'duplicate-key',
        `\`${entry.written ?? entry.key}\` and \`${earlier.written ?? earlier.key}\` are the same key; keep one of them.`,
        entry.keyRange,
      );
      sound = false;
      continue;
    }
    given.set(found.name, entry);
    const value = readValue(compilation, {
      name: entry.translated ? entry.key : (entry.written ?? entry.key),
      key: found.key,
      node: entry.value,
      path: [...place.path, entry.key],
      keyRange: entry.keyRange,
    });
    sound &&= value !== undefined;
    values[found.name] = value;
  }
  for (const [name, key] of Object.entries(keys)) {
    // A misspelled key is told as such; that its right name is missing follows from it.
    if (repeated || given.has(name) || misspelled.has(name)) {
      continue;
    }
    if (key.required) {
      const message = `\`${name}\` is missing in ${place.place}; it must be ${describeExpected(key.value)}.`;
      report(compilation, 'missing-key', message, headRange(node));
      sound = false;
    } else {
      values[name] = defaultOf(key);
    }
  }
  // The loops above gave every key of the table the value that its description promises.
  return sound && !repeated ? (values as ValuesOf<Table>) : undefined;
}

/** Returns the key that was likely meant, of those that are still `free` here. */
function reportUnknownKey(
  compilation: Compilation,
  entry: SourceEntry,
  keys: Keys,
  present: ReadonlySet<string>,
  place: MappingPlace,
): string | undefined {
  const { key, keyRange } = entry;
  const free = Object.keys(keys).filter(name => !present.has(name));
  const joined = joinedKey(compilation.document, entry);
  if (joined) {
    reportWord(
      compilation,
      'missing-space',
      `A colon needs a space after it: write \`${joined.written}\`.`,
      keyRange,
      joined.written,
    );
    return joined.key;
  }
  const unknown = `Unknown key \`${key}\` in ${place.place}`;
  const advice = place.noun === undefined ? undefined : adviceOn(place.noun, place.member, key);
  if (advice) {
    const remedy = remedyOf(compilation.document, advice, entry, [...place.path, key]);
    reportWord(compilation, 'unknown-key', `${unknown}; ${advice.text}`, keyRange, undefined, remedy);
    return undefined;
  }
  const elsewhere = place.elsewhere?.(key);
  if (elsewhere !== undefined) {
    report(compilation, 'misplaced-key', elsewhere, keyRange);
    return undefined;
  }
  const near = nearestName(key, free, KEY_SYNONYMS);
  const home = near === undefined ? homeOfKey(key, place.path.length === 0) : undefined;
  if (home !== undefined) {
    report(compilation, 'misplaced-key', home, keyRange);
    return undefined;
  }
  const meant =
    near === undefined
      ? nearestName(
          key,
          [...present].filter(name => Object.hasOwn(keys, name)),
          KEY_SYNONYMS,
        )
      : undefined;
  const others = free.length === 0 ? 'remove it.' : `known are ${listRelevant(key, free)}.`;
  const given = meant === undefined ? others : `\`${meant}\` is given already, so remove it.`;
  reportWord(
    compilation,
    'unknown-key',
    `${unknown}; ${near === undefined ? given : `did you mean \`${near}\`?`}`,
    keyRange,
    near,
  );
  return near;
}
