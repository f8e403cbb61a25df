import { MAX_TIME } from '../../../model/vocabulary/limits';
import type { Schema } from './schema-of-key';

/** The schema of `input`: a shape, a number of features, or token ids, of which `tokens` is the schema. */
export function schemaOfInput(tokens: Schema): Schema {
  const size = { type: 'integer', minimum: 1, maximum: MAX_TIME };
  return {
    anyOf: [{ type: 'array', items: size, minItems: 1, maxItems: 4 }, size, { type: 'object', ...tokens }],
    defaultSnippets: [
      { label: '[features]', description: 'A vector of numbers.', body: ['^${1:4}'] },
      { label: '[time, features]', description: 'A sequence of vectors.', body: ['^${1:100}', '^${2:2}'] },
      {
        label: '{ tokens, length }',
        description: 'A sequence of token ids.',
        body: { tokens: '^${1:64}', length: '^${2:30}' },
      },
    ],
  };
}
