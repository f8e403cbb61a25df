import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../../src/frontends/model-file/assist/completion';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { CLIPS } from '../../../src/model/vocabulary/clips';
import { DATA } from '../../../src/model/vocabulary/data';
import type { Family } from '../../../src/model/vocabulary/family';
import { LAYERS } from '../../../src/model/vocabulary/layers';
import { LOSSES } from '../../../src/model/vocabulary/losses';
import { MODEL_KEYS } from '../../../src/model/vocabulary/model';
import { OPTIMIZERS } from '../../../src/model/vocabulary/optimizers';
import { SCHEDULES } from '../../../src/model/vocabulary/schedules';

/** Labels of the completions at the `|` of a text. */
function labels(marked: string): string[] {
  const offset = marked.indexOf('|');
  return completionsAt(parseModelFile(marked.replace('|', ''), 'yaml'), offset).map(({ label }) => label);
}

/** Where the editor gets nothing from us, it lists the words of the file: `5e`, `block1`. */
describe('every place of a value has something to offer', () => {
  it.each(Object.keys(MODEL_KEYS))('%s of the model', key => expect(labels(`${key}: |\n`)).not.toEqual([]));

  const places: readonly (readonly [string, Family])[] = [
    ['loss', LOSSES],
    ['data', DATA],
    ['optimizer', OPTIMIZERS],
    ['schedule', SCHEDULES],
    ['clip', CLIPS],
  ];
  it.each(
    places.flatMap(([key, { variants }]) =>
      variants.flatMap(({ name, keys }) => Object.keys(keys).map(inner => [key, name, inner])),
    ),
  )('%s %s: %s', (key, type, inner) => {
    expect(labels(`${key}: { type: ${type}, ${inner}: | }\n`)).not.toEqual([]);
    expect(labels(`${key}:\n  type: ${type}\n  ${inner}: |\n`)).not.toEqual([]);
  });
  // `tied_to` needs a layer of the same kind before it, and there may be none.
  it.each(
    LAYERS.variants.flatMap(({ name, keys }) =>
      Object.keys(keys)
        .filter(key => key !== 'tied_to')
        .map(key => [name, key]),
    ),
  )('layer %s: %s', (type, key) => {
    expect(labels(`layers:\n  - { type: ${type}, ${key}: | }\n`)).not.toEqual([]);
    expect(labels(`layers:\n  - type: ${type}\n    ${key}: |\n`)).not.toEqual([]);
  });
  it('the items of lists of numbers', () => {
    expect(labels('input: [|]\n')).toEqual(['4']);
    expect(labels('optimizer: { type: adam, betas: [0.9, |] }\n')).toEqual(['0.999']);
    expect(labels('layers:\n  - { type: permute, order: [|] }\n')).toEqual(['2']);
    expect(labels('loss: { type: cross-entropy, class_weights: [|] }\n')).not.toEqual([]);
  });
});

describe('names of other libraries', () => {
  it('lead to the same completions as ours', () => {
    expect(labels('layers:\n  - { type: nn.Linear, out_features: 3, | }\n')).toEqual(
      labels('layers:\n  - { type: dense, units: 3, | }\n'),
    );
    expect(labels('lr_scheduler: { type: CosineAnnealingLR, eta_min: | }\n')).toEqual(
      labels('schedule: { type: cosine, minimum: | }\n'),
    );
  });
});
