import { variantMarkdown } from '../../../model/vocabulary/documentation';
import type { Family, Variant } from '../../../model/vocabulary/family';
import { schemaOfKeys, schemaOfNames, type Schema } from './schema-of-key';

/**
 * The schema of a member of a family: its name alone where that is enough, or a mapping whose `type` decides the rest.
 */
export function schemaOfFamily(family: Family): Schema {
  const mapping = {
    type: 'object',
    required: ['type'],
    properties: { type: { description: `Which ${family.noun} it is.`, ...schemaOfNames(family.variants) } },
    // One condition a type: VS Code completes and checks the keys of the type that is written.
    allOf: family.variants.map(variant => ({
      if: { properties: { type: { enum: [variant.name, ...(variant.aliases ?? [])] } }, required: ['type'] },
      then: schemaOfKeys(variant.keys, {
        type: { description: variant.description, markdownDescription: variantMarkdown(family, variant) },
      }),
    })),
    defaultSnippets: family.variants.map(variant => ({
      label: `${variant.name} { … }`,
      description: variant.description,
      body: snippetBody(variant),
    })),
  };
  const alone = family.variants.filter(({ keys }) => !Object.values(keys).some(key => key.required));
  return family.byName ? { anyOf: [{ type: 'string', ...schemaOfNames(alone) }, mapping] } : mapping;
}

/** The body of a snippet of VS Code's JSON support, in which text that starts with `^` is inserted without quotes. */
function snippetBody(variant: Variant): Readonly<Record<string, unknown>> {
  const entries = (variant.usual ?? []).map((name, index): [string, unknown] => {
    const key = variant.keys[name];
    if (key?.value.kind === 'layers') {
      return [name, ['^$0']];
    }
    const example = /\$\{\d+:(.*)\}/.exec(key?.snippet ?? '')?.[1] ?? String(key?.default ?? '');
    const placeholder = `\${${index + 1}:${example}}`;
    return [name, key?.value.kind === 'choice' || key?.value.kind === 'text' ? placeholder : `^${placeholder}`];
  });
  return { type: variant.name, ...Object.fromEntries(entries) };
}
