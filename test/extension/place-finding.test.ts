import { describe, expect, it } from 'vitest';
import { placeFinding } from '../../src/extension/findings/place-finding';
import { sameSource } from '../../src/frontends/same-source';
import { LEARNING_RATE_PLACE, type Place } from '../../src/model/place';
import { readSource } from '../read-source';

const TEXT = `input: [4]
layers:
  - { name: first, type: dense, units: 8 }   # the first
  - name: second
    type: dense
    units: 8
    kernel_initializer: { type: normal, std: 3 }
  - { type: dense, units: 8 }
  - { type: dense, units: 8 }
optimizer: { type: sgd, learning_rate: 0.1 }
steps: 100
`;

const FIRST: Place = { layer: 'first' };
const WEIGHTS: Place = { layer: 'second', part: 'kernelInitializer' };
const place = (now: string, at: Place): Place | undefined => placeFinding(readSource(TEXT), readSource(now), at);

describe('the place of a finding after an edit', () => {
  it('stays in an unchanged text', () => {
    expect(place(TEXT, WEIGHTS)).toEqual(WEIGHTS);
  });

  it('follows its layer when another one is put before it, under whatever automatic name it has then', () => {
    const now = TEXT.replace('layers:\n', 'layers:\n  - { type: dense, units: 3 }\n');
    expect(place(now, WEIGHTS)).toEqual(WEIGHTS);
    expect(place(now, { layer: 'dense3' })).toEqual({ layer: 'dense4' });
    expect(place(now, { layer: 'dense4' })).toEqual({ layer: 'dense5' });
  });

  it('does not mind comments, layout, a default that is written out, or what says nothing about training', () => {
    const now = `# a new comment\nname: Anything\n${TEXT.replace('{ name: first, type: dense,', '{name: first,   type: dense, activation: linear,').replace('100', '300')}batch_size: 32\n`;
    expect(place(now, FIRST)).toEqual(FIRST);
  });

  it('does not mind that the layers around it say something else', () => {
    expect(place(TEXT.replace('units: 8 }   # the first', 'units: 9 }'), WEIGHTS)).toEqual(WEIGHTS);
  });

  it('tells twins apart by their order, where one is added by its place in the list', () => {
    const now = TEXT.replace('units: 8 }   # the first', 'units: 9 }');
    expect(place(now, { layer: 'dense4' })).toEqual({ layer: 'dense4' });
    const before = TEXT.replace('layers:\n', 'layers:\n  - { type: dense, units: 8 }\n');
    expect(place(before, { layer: 'dense3' })).toEqual({ layer: 'dense4' });
    expect(place(before, { layer: 'dense4' })).toEqual({ layer: 'dense5' });
    const after = TEXT.replace('optimizer:', '  - { type: dense, units: 8 }\noptimizer:');
    expect(place(after, { layer: 'dense3' })).toEqual({ layer: 'dense3' });
    expect(place(after, { layer: 'dense4' })).toEqual({ layer: 'dense4' });
  });

  it('is gone when its layer says something else', () => {
    expect(place(TEXT.replace('std: 3', 'std: 0.1'), WEIGHTS)).toBeUndefined();
    expect(place(TEXT.replace('std: 3', 'std: 0.1'), FIRST)).toEqual(FIRST);
    expect(place(TEXT.replace('name: first', 'name: other'), FIRST)).toBeUndefined();
  });

  it('is gone when the training is another one, as after a cure by clipping', () => {
    expect(place(`${TEXT}clip: { type: norm, max: 1 }\n`, FIRST)).toBeUndefined();
    expect(place(`${TEXT}gradient_accumulation: 2\n`, FIRST)).toBeUndefined();
    expect(place(TEXT.replace('0.1 }', '0.01 }'), LEARNING_RATE_PLACE)).toBeUndefined();
  });

  it('of a setting is gone when that says something else, whatever it decides', () => {
    const now = TEXT.replace('steps: 100', 'steps: 300');
    expect(place(now, { setting: 'steps' })).toBeUndefined();
    expect(place(now, LEARNING_RATE_PLACE)).toEqual(LEARNING_RATE_PLACE);
  });

  it('comes back when the edit is undone', () => {
    expect(place(`${TEXT}clip: { type: norm, max: 1 }\n`, FIRST)).toBeUndefined();
    expect(place(TEXT, FIRST)).toEqual(FIRST);
  });
});

it('tells a changed model from one whose comments, layout or order of keys changed', () => {
  const before = readSource(TEXT);
  const same = readSource(
    `# new\n${TEXT.replace('{ type: sgd, learning_rate: 0.1 }', '{learning_rate: 0.1, type: sgd}   # why')}`,
  );
  expect(sameSource(before, same)).toBe(true);
  expect(sameSource(before, readSource(TEXT.replace('steps: 100', 'steps: 200')))).toBe(false);
});
