/** Findings of the last text with a model, in one that is being typed. */
import { describe, expect, it } from 'vitest';
import { withPlacesOf } from '../../src/frontends/moved-source';
import { LEARNING_RATE_PLACE, type Place } from '../../src/model/place';
import { readSource } from '../read-source';

const TEXT = `input: [4]
layers:
  - { name: first, type: dense, units: 8 } # gradient-health: ignore dead-relu
  - { name: second, type: dense, units: 1 }
loss: mse
optimizer: { type: sgd, learning_rate: 0.1 }
`;

const last = readSource(TEXT);
const shown = (text: string, place: Place): string => {
  const now = withPlacesOf(last, readSource(text));
  expect(now.text).toBe(text);
  const { start, end } = now.rangeOf(place);
  return text.slice(start, end);
};

describe('a text without a model', () => {
  it('has the places of the last one that had one, before and behind what is typed', () => {
    const typed = TEXT.replace('loss: mse\n', 'loss: mse\nclip: {\n');
    expect(readSource(typed).model).toBeUndefined();
    expect(shown(typed, { layer: 'first' })).toBe('type: dense');
    expect(shown(typed, LEARNING_RATE_PLACE)).toBe('learning_rate: 0.1');
    const { start, end } = withPlacesOf(last, readSource(typed)).extentOf({ layer: 'second' });
    expect(typed.slice(start, end)).toBe('{ name: second, type: dense, units: 1 }');
  });

  it('keeps what is underlined where it is itself being typed, and never over a line', () => {
    const typed = TEXT.replace('learning_rate: 0.1 }', 'learning_rate: 0.1, mo }');
    expect(readSource(typed).model).toBeUndefined();
    expect(shown(typed, LEARNING_RATE_PLACE)).toBe('learning_rate: 0.1');
    const inside = TEXT.replace('learning_rate: 0.1 }', 'learning_rate: x }');
    expect(readSource(inside).model).toBeUndefined();
    expect(shown(inside, LEARNING_RATE_PLACE)).toBe('learning_rate: x');
    const gone = 'input: [';
    expect(shown(gone, LEARNING_RATE_PLACE)).not.toContain('\n');
  });

  it('keeps what its comments silence, and its layers under the cursor', () => {
    const typed = TEXT.replace('mse', 'ms');
    const now = withPlacesOf(last, readSource(typed));
    expect(now.isIgnored('dead-relu', { layer: 'first' })).toBe(true);
    expect(now.isIgnored('dead-relu', { layer: 'second' })).toBe(false);
    expect(now.placeAt(typed.indexOf('first'))).toEqual({ layer: 'first' });
    expect(now.placeAt(typed.indexOf('learning_rate'))).toMatchObject({ setting: 'optimizer' });
    expect(now.model).toBe(last.model);
    expect(now.problems).not.toEqual([]);
  });
});

it('is as it is with a model of its own, and without any before', () => {
  const other = readSource(TEXT.replace('mse', 'mae'));
  expect(withPlacesOf(last, other)).toBe(other);
  const broken = readSource('input: [');
  expect(withPlacesOf(undefined, broken)).toBe(broken);
});
