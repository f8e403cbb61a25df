import type { Schema } from './schema-of-key';

/** Keywords that only ever refuse something. */
const CHECKS: ReadonlySet<string> = new Set([
  'required',
  'additionalProperties',
  'const',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
]);
/** Types that stand beside the wanted one; without the two whose values an editor would propose. */
const OTHER_TYPES = ['object', 'array', 'string', 'number'] as const;

/**
 * The schema as an editor is given it that has our own problems as well: it completes and explains as before, but
 * refuses nothing, so that no fault is reported twice. Choices become snippets; a type becomes the first of many, since
 * an editor takes the first to know what to insert. Conditions stay strict: they choose which keys are proposed.
 */
export function withoutChecks(schema: Schema): Schema {
  const loose: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (CHECKS.has(keyword) || keyword === 'enum' || keyword === 'enumDescriptions') continue;
    loose[keyword] = looseKeyword(keyword, value);
  }
  const snippets = [...choiceSnippets(schema), ...((schema.defaultSnippets ?? []) as readonly unknown[])];
  return snippets.length > 0 ? { ...loose, defaultSnippets: snippets } : loose;
}

function looseKeyword(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'type':
      return [value, ...OTHER_TYPES.filter(type => type !== value)];
    case 'properties':
    case 'patternProperties':
    case 'definitions':
      return Object.fromEntries(
        Object.entries(value as Schema).map(([name, inner]) => [name, withoutChecks(inner as Schema)]),
      );
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return (value as readonly Schema[]).map(withoutChecks);
    case 'items':
    case 'then':
    case 'else':
      return withoutChecks(value as Schema);
    default:
      return value;
  }
}

/** Snippets for the values of an `enum`, with the description of each. */
function choiceSnippets({ enum: choices, enumDescriptions: descriptions, doNotSuggest }: Schema): readonly Schema[] {
  if (!Array.isArray(choices) || doNotSuggest === true) return [];
  return choices.map((choice: unknown, index) => ({
    label: String(choice),
    body: choice,
    description: Array.isArray(descriptions) ? String(descriptions[index]) : '',
  }));
}
