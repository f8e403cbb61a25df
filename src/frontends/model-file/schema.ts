import { schemaOfFamily } from './schema/schema-of-family';
import { schemaOfKeys, type Schema } from './schema/schema-of-key';
import { CLIPS } from '../../model/vocabulary/clips';
import { DATA } from '../../model/vocabulary/data';
import type { Family } from '../../model/vocabulary/family';
import { INITIALIZERS } from '../../model/vocabulary/initializers';
import { LAYERS } from '../../model/vocabulary/layers';
import { LOSSES } from '../../model/vocabulary/losses';
import { IGNORED_KEY_PREFIX, MODEL_KEYS, SCHEMA_KEY } from '../../model/vocabulary/model';
import { OPTIMIZERS } from '../../model/vocabulary/optimizers';
import { SCHEDULES } from '../../model/vocabulary/schedules';

const FAMILIES: readonly Family[] = [LAYERS, INITIALIZERS, LOSSES, DATA, OPTIMIZERS, SCHEDULES, CLIPS];

/**
 * The JSON Schema (draft 07) of the model file, made from the same vocabulary as its validation. It carries what VS
 * Code's JSON support reads besides: `markdownDescription`, `enumDescriptions`, `defaultSnippets`, `doNotSuggest`.
 */
export function modelFileSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Gradient Health model file',
    description: 'A neural network, its data and its training settings.',
    type: 'object',
    ...schemaOfKeys(MODEL_KEYS, { [SCHEMA_KEY]: { type: 'string', description: 'The schema of this file; ignored.' } }),
    patternProperties: {
      [`^${IGNORED_KEY_PREFIX}`]: { description: 'Ignored: a place for values that other keys use as aliases.' },
    },
    definitions: Object.fromEntries(FAMILIES.map(family => [family.noun, schemaOfFamily(family)])),
    allowComments: true,
    allowTrailingCommas: true,
  };
}
