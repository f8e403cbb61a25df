import type { SourcePath } from '../../../model/model-spec';
import { listRelevant, nearestName } from '../../../model/vocabulary/nearest-name';
import type { SourceNode } from '../source-document';
import type { TextRange } from '../../../text/text-edit';
import { listNames, MOST_NAMES, withArticle } from '../../../model/vocabulary/describe-kind';
import { findKey, findVariant, type Family, type Variant, type VariantValue } from '../../../model/vocabulary/family';
import { plainSpelling } from '../../../model/vocabulary/foreign/spelling';
import type { Key } from '../../../model/vocabulary/key';
import { NAME_SYNONYMS } from '../../../model/vocabulary/synonyms';
import { headRange, report, reportWord, wantsWord, type Compilation } from './compilation';
import { defaultsOf } from '../../../model/vocabulary/default-value';
import { describeFound } from './describe-found';
import { joinedKey } from './joined-key';
import { readMapping } from './read-mapping';

/**
 * Reads a mapping with a `type` (or a name alone, where the family allows it), defaults filled in. `undefined`: it has
 * a problem, which is reported. `name` is the key it stands after, or "layer" for an item of a list.
 */
export function readVariant<F extends Family>(
  compilation: Compilation,
  family: F,
  name: string,
  node: SourceNode,
  path: SourcePath,
): VariantValue<F> | undefined {
  // The table of the variant that `type` names has just been read, so this is that variant's value.
  return readUntyped(compilation, family, name, node, path) as VariantValue<F> | undefined;
}

function readUntyped(
  compilation: Compilation,
  family: Family,
  name: string,
  node: SourceNode,
  path: SourcePath,
): object | undefined {
  if (node.kind === 'mapping') {
    const variant = readType(compilation, family, name, node);
    return variant && readFields(compilation, family, variant, node, path);
  }
  if (node.kind === 'scalar' && typeof node.value === 'string' && family.byName) {
    const variant = resolveType(compilation, family, node.value, node.range);
    return variant && readName(compilation, name, variant, node.range);
  }
  const shape = family.byName
    ? 'a name or a mapping with `type`'
    : 'a mapping with `type`, such as `{ type: dense, units: 64 }`';
  const subject = name === family.noun ? `A ${family.noun}` : `\`${name}\``;
  const found = node.kind === 'scalar' && node.value === null ? 'is empty' : `is ${describeFound(node)}`;
  report(compilation, 'wrong-type', `${subject} must be ${shape}, but ${found}.`, node.range);
  return undefined;
}

function readType(
  compilation: Compilation,
  family: Family,
  name: string,
  node: Extract<SourceNode, { kind: 'mapping' }>,
): Variant | undefined {
  const entry = node.entries.find(({ key }) => key === 'type');
  const known = (): string =>
    listNames(
      family.variants.map(variant => variant.name),
      MOST_NAMES,
    );
  if (!entry) {
    const entry = node.entries.find(({ key }) => key.startsWith('type:'));
    const joined = entry && joinedKey(compilation.document, entry);
    if (joined) {
      reportWord(
        compilation,
        'missing-space',
        `A colon needs a space after it: write \`${joined.written}\`.`,
        entry.keyRange,
        joined.written,
      );
      return undefined;
    }
    const subject = name === family.noun ? `This ${family.noun}` : `\`${name}\``;
    report(compilation, 'missing-key', `${subject} needs a \`type\`: ${known()}.`, headRange(node));
    return undefined;
  }
  if (entry.value.kind !== 'scalar' || typeof entry.value.value !== 'string') {
    const empty = entry.value.kind === 'scalar' && entry.value.value === null;
    const message = empty
      ? `\`type\` has no value; it must be ${known()}.`
      : `\`type\` must be ${known()}, but is ` + `${describeFound(entry.value)}.`;
    report(compilation, empty ? 'missing-value' : 'wrong-type', message, empty ? entry.keyRange : entry.value.range);
    return undefined;
  }
  return resolveType(compilation, family, entry.value.value, entry.value.range);
}

function resolveType(compilation: Compilation, family: Family, type: string, range: TextRange): Variant | undefined {
  const variant = findVariant(family, type);
  if (variant) {
    return variant;
  }
  const code = family.noun === 'layer' ? 'unknown-layer' : 'unknown-name';
  if (!wantsWord(compilation, code, range)) {
    return undefined;
  }
  const why = Object.entries(family.misplaced).find(([name]) => plainSpelling(name) === plainSpelling(type));
  if (why) {
    report(compilation, 'misplaced-name', `\`${why[0]}\` ${why[1]}`, range);
    return undefined;
  }
  const names = family.variants.map(({ name }) => name);
  const noun = family.noun === 'layer' ? 'layer type' : family.noun;
  const near = nearestName(type, names, NAME_SYNONYMS);
  const unsupported = nearestName(type, family.unsupported);
  // A known foreign name beats a known own name that is merely similar (`max-pool1d` is no misspelled `rnn`).
  if (unsupported !== undefined && (near === undefined || family.unsupported.includes(type))) {
    report(
      compilation,
      `unsupported-${family.noun}`,
      `\`${unsupported}\` is not supported yet; the nearest are ` + `${listRelevant(type, names)}.`,
      range,
    );
    return undefined;
  }
  const hint = near === undefined ? `known are ${listRelevant(type, names)}.` : `did you mean \`${near}\`?`;
  reportWord(compilation, code, `Unknown ${noun} "${type}"; ${hint}`, range, near);
  return undefined;
}

function readFields(
  compilation: Compilation,
  family: Family,
  variant: Variant,
  node: Extract<SourceNode, { kind: 'mapping' }>,
  path: SourcePath,
): object | undefined {
  const values = readMapping(compilation, node, variant.keys, {
    place: describeVariantPlace(family, variant),
    path,
    noun: family.noun,
    member: variant.name,
    skip: key => key === 'type',
    elsewhere: key => belongsToOthers(family, variant, key),
  });
  return values && { type: variant.name, ...values };
}

/** "a dense layer", "the optimizer `adam`". */
function describeVariantPlace(family: Family, variant: Variant): string {
  return family.noun === 'layer' ? `${withArticle(variant.name)} layer` : `the ${family.noun} \`${variant.name}\``;
}

function belongsToOthers(family: Family, variant: Variant, key: string): string | undefined {
  const owners = family.variants.filter(other => findKey(other.keys, key)).map(other => other.name);
  if (owners.length === 0 || findKey(variant.keys, key)) {
    return undefined;
  }
  return `\`${key}\` belongs to ${listNames(owners)}; ${describeVariantPlace(family, variant)} has none.`;
}

/** A name alone: fine where every key has a default. */
function readName(compilation: Compilation, name: string, variant: Variant, range: TextRange): object | undefined {
  const required = Object.entries(variant.keys).filter(([, key]) => key.required);
  if (required.length === 0) {
    return { type: variant.name, ...defaultsOf(variant.keys) };
  }
  const example = (key: Key): string => (key.snippet ?? '...').replace(/\$\{\d+:(.*?)\}/, '$1');
  const fields = required.map(([field, key]) => `${field}: ${example(key)}`).join(', ');
  const missing = listNames(required.map(([field]) => field)).replace(' or ', ' and ');
  report(
    compilation,
    'missing-key',
    `\`${variant.name}\` needs ${missing}; write \`${name}: { type: ${variant.name}, ` + `${fields} }\`.`,
    range,
  );
  return undefined;
}
