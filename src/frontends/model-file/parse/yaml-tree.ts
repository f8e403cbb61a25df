import { isAlias, isMap, isPair, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { SourceEntry, SourceNode } from '../source-document';
import type { TextProblem } from '../../text-problem';
import type { TextRange } from '../../../text/text-edit';
import { MAX_SYNTAX_PROBLEMS, MAX_VALUES } from './parse-limits';
import { syntaxProblem } from './reading';

/**
 * A tree with its extent: values counted as often as aliases repeat them, and mappings and lists inside one another.
 */
export interface MeasuredTree {
  readonly root: SourceNode | undefined;
  readonly size: number;
  readonly height: number;
  readonly problems: readonly TextProblem[];
}

interface Measured {
  readonly node: SourceNode;
  readonly size: number;
  readonly height: number;
}

interface Building {
  readonly text: string;
  readonly problems: TextProblem[];
  /** Value of each anchor so far; `undefined` while the value it marks is being read. */
  readonly anchors: Map<string, Measured | undefined>;
  /** Entries copied by merge keys so far. */
  merges: number;
}

/**
 * Turns composed YAML into source nodes. An alias shares the nodes of what it stands for, so that this takes time and
 * memory in proportion to the text however often aliases repeat one another; only `size` and `height` grow. Merge keys
 * do copy, so they stop copying at `MAX_VALUES`; `size`, which counts what they merge, is beyond it by then.
 */
export function buildTree(contents: ParsedNode | undefined, text: string): MeasuredTree {
  const building: Building = { text, problems: [], anchors: new Map(), merges: 0 };
  if (!contents) {
    return { root: undefined, size: 0, height: 0, problems: [] };
  }
  const { node, size, height } = build(contents, building);
  return { root: node, size, height, problems: building.problems };
}

function build(source: ParsedNode, building: Building): Measured {
  if (isAlias(source)) {
    return resolveAlias(source.source, textRange(source, building.text), building);
  }
  if (source.anchor !== undefined) {
    building.anchors.set(source.anchor, undefined);
  }
  const built = buildValue(source, building);
  if (source.anchor !== undefined) {
    building.anchors.set(source.anchor, built);
  }
  return built;
}

function buildValue(source: ParsedNode, building: Building): Measured {
  if (isMap(source)) {
    return buildMapping(source, building);
  }
  if (isSeq(source)) {
    return buildSequence(source, building);
  }
  const range = textRange(source, building.text);
  const value: unknown = isScalar(source) ? source.value : null;
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { node: { kind: 'scalar', range, value: plain }, size: 1, height: 0 };
}

function buildSequence(source: YAMLSeq.Parsed, building: Building): Measured {
  const items = source.items.map(item =>
    // `[a: 1]` is YAML for a list that holds a mapping of one key.
    isPair(item) ? emptyAt(textRange(source, building.text).end) : build(item, building),
  );
  return {
    node: {
      kind: 'sequence',
      range: collectionRange(
        source,
        items.map(item => item.node.range),
        building.text,
      ),
      flow: source.flow === true,
      items: items.map(item => item.node),
    },
    size: items.reduce((sum, item) => sum + item.size, 1),
    height: 1 + items.reduce((most, item) => Math.max(most, item.height), 0),
  };
}

function buildMapping(source: YAMLMap.Parsed, building: Building): Measured {
  const entries = new Map<string, SourceEntry>();
  const merged: Measured[] = [];
  const spans: TextRange[] = [];
  let size = 1;
  let height = 0;
  for (const pair of source.items) {
    const keyRange = textRange(pair.key, building.text);
    const key = readKey(pair.key, keyRange, building);
    const value = pair.value ? build(pair.value, building) : emptyAt(keyRange.end);
    spans.push(keyRange, value.node.range);
    size += value.size + 1;
    height = Math.max(height, value.height);
    if (key === undefined) {
      continue;
    }
    if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
      merged.push(value);
    } else if (entries.has(key)) {
      report(building, 'duplicate-key', `Key \`${key}\` is given twice here; keep one of them.`, keyRange);
    } else {
      entries.set(key, { key, keyRange, value: value.node });
    }
  }
  for (const value of merged) {
    mergeInto(entries, value.node, building);
  }
  return {
    node: {
      kind: 'mapping',
      range: collectionRange(source, spans, building.text),
      flow: source.flow === true,
      entries: [...entries.values()],
    },
    size,
    height: height + 1,
  };
}

/** `<<: *base` or `<<: [*one, *two]`: their entries come after the mapping's own and never replace them. */
function mergeInto(entries: Map<string, SourceEntry>, value: SourceNode, building: Building): void {
  const sources = value.kind === 'sequence' ? value.items : [value];
  for (const source of sources) {
    if (source.kind !== 'mapping') {
      report(
        building,
        'merge-key',
        'A merge key `<<` takes a mapping, or a list of mappings, mostly an alias such as `*base`.',
        source.range,
      );
      continue;
    }
    building.merges += source.entries.length;
    if (building.merges > MAX_VALUES) {
      return;
    }
    for (const entry of source.entries) {
      if (!entries.has(entry.key)) {
        entries.set(entry.key, { ...entry, merged: true });
      }
    }
  }
}

function resolveAlias(name: string, range: TextRange, building: Building): Measured {
  const target = building.anchors.get(name);
  if (target) {
    return { ...target, node: { ...target.node, range } };
  }
  const message = building.anchors.has(name)
    ? `Alias \`*${name}\` is inside the value that \`&${name}\` marks, so it would never end.`
    : `Alias \`*${name}\` has no anchor; write \`&${name}\` at its value, above this line.`;
  report(building, 'alias', message, range);
  return { node: { kind: 'scalar', range, value: null }, size: 1, height: 0 };
}

function readKey(key: ParsedNode, range: TextRange, building: Building): string | undefined {
  if (!isScalar(key)) {
    report(building, 'bad-key', 'A key must be a plain name, not a list, a mapping or an alias.', range);
    return undefined;
  }
  const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
  if (name === '' && key.value === null) {
    report(building, 'bad-key', 'A key is missing before this colon.', { start: range.start, end: range.start + 1 });
    return undefined;
  }
  return name;
}

function report(building: Building, code: string, message: string, range: TextRange): void {
  if (building.problems.length >= MAX_SYNTAX_PROBLEMS) {
    return;
  }
  building.problems.push(syntaxProblem(building.text, code, message, range.start, range.end));
}

function emptyAt(offset: number): Measured {
  return { node: { kind: 'scalar', range: { start: offset, end: offset }, value: null }, size: 1, height: 0 };
}

/** A node's own text, without the blank space and comments that the parser counts to it. */
function textRange(node: ParsedNode, text: string): TextRange {
  const start = Math.min(node.range[0], text.length);
  const end = Math.max(start, Math.min(node.range[1], text.length));
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** Ends a block collection at its last part, since the parser's end lies beyond comments that follow. */
function collectionRange(node: ParsedNode & { flow?: boolean }, parts: readonly TextRange[], text: string): TextRange {
  const range = textRange(node, text);
  if (node.flow === true || parts.length === 0) {
    return range;
  }
  const end = parts.reduce((furthest, part) => Math.max(furthest, part.end), range.start);
  return { start: range.start, end: Math.min(range.end, end) };
}
