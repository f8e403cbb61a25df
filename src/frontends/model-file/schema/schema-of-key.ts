import { keyMarkdown, presenceText } from '../../../model/vocabulary/documentation';
import { TRANSLATED_KEYS } from '../../../model/vocabulary/foreign/translated-keys';
import type { Choice, Key, Keys, NumberRange } from '../../../model/vocabulary/key';
import { TOKEN_KEYS } from '../../../model/vocabulary/model';
import { schemaOfInput } from './schema-of-input';

/** A JSON Schema (draft 07, with the additions that VS Code knows). */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The schema of a mapping: one property a key and a spelling, besides `others`, and nothing else. */
export function schemaOfKeys(keys: Keys, others: Readonly<Record<string, Schema>> = {}): Schema {
  const properties: Record<string, Schema> = { ...others };
  const missing = Object.entries(keys).filter(([, key]) => key.required);
  const required = missing.filter(([, key]) => key.aliases === undefined).map(([name]) => name);
  const spelled = missing
    .filter(([, key]) => key.aliases !== undefined)
    .map(([name, { aliases = [] }]) => ({ anyOf: [name, ...aliases].map(spelling => ({ required: [spelling] })) }));
  for (const [name, key] of Object.entries(keys)) {
    properties[name] = schemaOfKey(name, key);
    for (const alias of key.aliases ?? []) {
      properties[alias] = {
        ...schemaOfKey(name, key),
        description: `Another name of \`${name}\`. ${key.description}`,
        doNotSuggest: true,
      };
    }
  }
  for (const [name, { own, values }] of Object.entries(TRANSLATED_KEYS)) {
    const key = Object.hasOwn(keys, own) ? keys[own] : undefined;
    if (key === undefined) continue;
    const translated = {
      enum: values.map(([from]) => from),
      doNotSuggest: true,
      description: `Another way to write \`${own}\`. ${key.description}`,
    };
    properties[name] = name === own ? withAnother(properties[own], translated) : translated;
  }
  return {
    properties,
    ...(required.length === 0 ? {} : { required }),
    ...(spelled.length === 0 ? {} : { allOf: spelled }),
    additionalProperties: false,
  };
}

/** The schema of a value with another form of it beside. */
function withAnother({ description, markdownDescription, default: usual, ...form }: Schema, other: Schema): Schema {
  return {
    description,
    markdownDescription,
    default: usual,
    anyOf: [...((form['anyOf'] as readonly Schema[] | undefined) ?? [form]), other],
  };
}

/**
 * An `enum` with a description a value; beside it, not to be proposed, the names of other libraries that are accepted.
 */
export function schemaOfNames(choices: readonly Choice[]): Schema {
  const own = {
    enum: choices.map(({ name }) => name),
    enumDescriptions: choices.map(({ description }) => description),
  };
  const aliases = choices.flatMap(choice => choice.aliases ?? []);
  return aliases.length === 0 ? own : { anyOf: [own, { enum: aliases, doNotSuggest: true }] };
}

function schemaOfKey(name: string, key: Key): Schema {
  const presence = presenceText(key).replaceAll('`', '');
  return {
    description: presence === '' ? key.description : `${key.description} (${presence})`,
    markdownDescription: keyMarkdown(name, key),
    ...(key.default === undefined || key.value.kind === 'group' ? {} : { default: key.default }),
    ...schemaOfKind(key),
  };
}

function schemaOfKind({ value }: Key): Schema {
  switch (value.kind) {
    case 'number': {
      const number = { type: value.whole ? 'integer' : 'number', ...schemaOfRange(value) };
      return value.word ? { anyOf: [number, schemaOfNames([value.word])] } : number;
    }
    case 'pair':
      return { type: 'array', items: { type: 'number', ...schemaOfRange(value) }, minItems: 2, maxItems: 2 };
    case 'sizes': {
      const size = { type: 'integer', ...schemaOfRange(value) };
      const word = value.word ? [schemaOfNames([value.word])] : [];
      return { anyOf: [size, { type: 'array', items: size, minItems: 2, maxItems: 2 }, ...word] };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'text':
      return { type: 'string', minLength: 1 };
    case 'choice':
      return schemaOfNames(value.choices);
    case 'variant':
      // In draft 07 a `$ref` hides what stands beside it, so it stands apart.
      return { allOf: [{ $ref: `#/definitions/${value.family().noun}` }] };
    case 'group':
      return { type: 'object', ...schemaOfKeys(value.keys) };
    case 'input':
      return schemaOfInput(schemaOfKeys(TOKEN_KEYS));
    case 'integers':
      return { type: 'array', items: { type: 'integer', ...schemaOfRange(value) }, minItems: 1 };
    case 'numbers':
      return {
        anyOf: [
          { type: 'array', items: { type: 'number', ...schemaOfRange(value) }, minItems: 1 },
          schemaOfNames(value.words),
        ],
      };
    case 'layer-names':
      return { anyOf: [LAYER_NAME, { type: 'array', items: LAYER_NAME, minItems: 1 }] };
    case 'layer-name':
      return LAYER_NAME;
    case 'column-name':
      return COLUMN_NAME;
    case 'column-names':
      return { anyOf: [COLUMN_NAME, { type: 'array', items: COLUMN_NAME, minItems: 1 }] };
    case 'layers':
      return { type: 'array', minItems: 1, items: { $ref: '#/definitions/layer' } };
  }
}

const LAYER_NAME: Schema = { type: 'string', minLength: 1 };
const COLUMN_NAME: Schema = { type: 'string', minLength: 1 };

function schemaOfRange({ minimum, above, maximum, below }: NumberRange): Schema {
  return {
    ...(minimum === undefined ? {} : { minimum }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(below === undefined ? {} : { exclusiveMaximum: below }),
  };
}
