import type { SourceEntry, SourceNode, SourceDocument } from '../source-document';

/** A value that can be read from a node: also `null`, which `clip:` without a value is. */
export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

export type SourceMapping = Extract<SourceNode, { kind: 'mapping' }>;
export type SourceSequence = Extract<SourceNode, { kind: 'sequence' }>;

/** Whether `value` is a mapping. */
export function isMapping(value: PlainValue): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that a node of the file has, aliases and merge keys resolved. */
export function valueOf(node: SourceNode): PlainValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(valueOf);
    case 'mapping':
      return Object.fromEntries(node.entries.map(entry => [entry.key, valueOf(entry.value)]));
  }
}

/** Whether two values are the same; the order of a mapping's keys does not count. */
export function sameValue(one: PlainValue, other: PlainValue): boolean {
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => sameValue(item, other[index]))
    );
  }
  if (isMapping(one) && isMapping(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every(key => Object.hasOwn(other, key) && sameValue(one[key], other[key]))
    );
  }
  return Object.is(one, other);
}

/** `value` with `leaf` at `path`; mappings are made where there are none. */
export function withValue(value: PlainValue, path: readonly (string | number)[], leaf: PlainValue): PlainValue {
  if (path.length === 0) {
    return leaf;
  }
  const [step, ...rest] = path;
  if (typeof step === 'number') {
    const items = Array.isArray(value) ? [...value] : [];
    items[step] = withValue(items[step] ?? null, rest, leaf);
    return items;
  }
  const mapping = isMapping(value) ? value : {};
  return { ...mapping, [step]: withValue(Object.hasOwn(mapping, step) ? mapping[step] : null, rest, leaf) };
}

/** `value` without what stands at `path`. */
export function withoutValue(value: PlainValue, path: readonly (string | number)[]): PlainValue {
  const [step, ...rest] = path;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== step)
      : value.map((item, index) => (index === step ? withoutValue(item, rest) : item));
  }
  if (!isMapping(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== step || rest.length > 0)
      .map(([key, item]) => [key, key === step ? withoutValue(item, rest) : item]),
  );
}

/** Whether the node is written as an alias, `*name`: what it stands for is elsewhere in the text. */
export function isAlias(document: SourceDocument, node: SourceNode): boolean {
  return document.language === 'yaml' && node.range.end > node.range.start && document.text[node.range.start] === '*';
}

/** Entries that are written in the mapping itself, not brought in by a merge key `<<`. */
export function ownEntries(mapping: SourceMapping): SourceEntry[] {
  return mapping.entries.filter(entry => !entry.merged);
}

/** End of an entry's text: of its value, or of its key and colon where the value is empty. */
export function entryEnd(text: string, entry: SourceEntry): number {
  const { range } = entry.value;
  if (range.end > range.start) {
    return range.end;
  }
  const end = Math.max(range.end, entry.keyRange.end);
  return entry.keyRange.end + text.slice(entry.keyRange.end, end).trimEnd().length;
}
