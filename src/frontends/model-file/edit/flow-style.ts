import type { SourceNode, SourceDocument } from '../source-document';
import type { FlowStyle } from './format-value';
import { isAlias, ownEntries, type SourceMapping } from './source-value';

/**
 * How the file writes mappings on one line, taken from those it has: padding inside braces, blank space after colons
 * and commas. `near` decides first, where given. A file without any gets `{ a: 1, b: 2 }`.
 */
export function flowStyleOf(document: SourceDocument, near?: SourceMapping): FlowStyle {
  const own: Habits = near?.flow ? habitsOf(document, [near]) : {};
  const others = documentHabits(document);
  const colon = document.language === 'yaml' ? ': ' : (own.colon ?? others.colon ?? ': ');
  const comma = own.comma ?? others.comma ?? (colon === ':' ? ',' : ', ');
  const padding = own.padding ?? others.padding ?? (colon === ':' ? '' : ' ');
  const quoteKeys = document.language === 'json' || quotesKeys(document, near);
  return { language: document.language, quoteKeys, padding, colon, comma };
}

interface Habits {
  readonly colon?: string | undefined;
  readonly comma?: string | undefined;
  readonly padding?: string | undefined;
}

/** Looked for in the whole document once: a cure edits it in hundreds of places. */
const habits = new WeakMap<SourceDocument, Habits>();

function documentHabits(document: SourceDocument): Habits {
  const known =
    habits.get(document) ??
    habitsOf(document, document.root ? [...mappingsIn(document, document.root)].filter(mapping => mapping.flow) : []);
  habits.set(document, known);
  return known;
}

function habitsOf(document: SourceDocument, flow: readonly SourceMapping[]): Habits {
  return {
    colon: firstOf(flow, mapping => colonOf(document, mapping)),
    comma: firstOf(flow, mapping => commaOf(document, mapping)),
    padding: firstOf(flow, mapping => paddingOf(document, mapping)),
  };
}

function* mappingsIn(document: SourceDocument, node: SourceNode): Generator<SourceMapping> {
  if (node.kind === 'scalar' || isAlias(document, node)) {
    return;
  }
  if (node.kind === 'sequence') {
    for (const item of node.items) {
      yield* mappingsIn(document, item);
    }
    return;
  }
  yield node;
  for (const entry of ownEntries(node)) {
    yield* mappingsIn(document, entry.value);
  }
}

function firstOf<T>(
  mappings: readonly SourceMapping[],
  look: (mapping: SourceMapping) => T | undefined,
): T | undefined {
  for (const mapping of mappings) {
    const found = look(mapping);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function quotesKeys(document: SourceDocument, mapping: SourceMapping | undefined): boolean {
  const own = mapping?.flow ? ownEntries(mapping) : [];
  return own.length > 0 && own.every(entry => document.text[entry.keyRange.start] === '"');
}

function colonOf(document: SourceDocument, mapping: SourceMapping): string | undefined {
  const entry = mapping.entries[0];
  const between = entry && document.text.slice(entry.keyRange.end, entry.value.range.start);
  return between !== undefined && /^ ?: ?$/.test(between) ? between : undefined;
}

function commaOf(document: SourceDocument, mapping: SourceMapping): string | undefined {
  const own = ownEntries(mapping);
  for (let index = 1; index < own.length; index++) {
    const between = document.text.slice(own[index - 1].value.range.end, own[index].keyRange.start);
    if (/^, ?$/.test(between)) {
      return between;
    }
  }
  return undefined;
}

function paddingOf(document: SourceDocument, mapping: SourceMapping): string | undefined {
  const first = ownEntries(mapping)[0];
  const before = first && document.text.slice(mapping.range.start + 1, first.keyRange.start);
  return before === '' || before === ' ' ? before : undefined;
}
