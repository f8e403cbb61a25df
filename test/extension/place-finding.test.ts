import { describe, expect, it } from 'vitest';
import { findingRange, meansTheSame, placeFinding } from '../../src/extension/findings/place-finding';
import { layerOf } from '../../src/frontends/model-file/source-path';
import type { SourcePath } from '../../src/model/model-spec';
import { parseModelFile } from '../../src/frontends/model-file/parse';

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

const place = (now: string, path: SourcePath): SourcePath | undefined =>
  placeFinding(parseModelFile(TEXT, 'yaml'), parseModelFile(now, 'yaml'), path);
const underlined = (path: SourcePath, text = TEXT): string => {
  const { start, end } = findingRange(parseModelFile(text, 'yaml'), path);
  return text.slice(start, end);
};

describe('the place of a finding after an edit', () => {
  it('stays in an unchanged text', () => {
    expect(place(TEXT, ['layers', 1, 'kernel_initializer'])).toEqual(['layers', 1, 'kernel_initializer']);
  });

  it('follows its layer when another one is put before it', () => {
    const now = TEXT.replace('layers:\n', 'layers:\n  - { name: zeroth, type: dense, units: 3 }\n');
    expect(place(now, ['layers', 1, 'kernel_initializer'])).toEqual(['layers', 2, 'kernel_initializer']);
  });

  it('does not mind comments, layout, or a key that says nothing about training', () => {
    const now = `# a new comment\nname: Anything\n${TEXT.replace('{ name: first, type: dense,', '{name: first,   type: dense,').replace('100', '300')}`;
    expect(place(now, ['layers', 0])).toEqual(['layers', 0]);
  });

  it('tells twins apart by their order', () => {
    const now = TEXT.replace('units: 8 }   # the first', 'units: 9 }');
    expect(place(now, ['layers', 3])).toEqual(['layers', 3]);
  });

  it('tells twins apart by the text around them when one is added', () => {
    const now = TEXT.replace(
      '  - { type: dense, units: 8 }\n',
      '  - {type: dense, units: 8}\n  - { type: dense, units: 8 }\n',
    );
    expect(place(now, ['layers', 2])).toEqual(['layers', 3]);
    expect(place(now, ['layers', 3])).toEqual(['layers', 4]);
  });

  it('is gone when its layer says something else', () => {
    expect(place(TEXT.replace('std: 3', 'std: 0.1'), ['layers', 1, 'kernel_initializer'])).toBeUndefined();
    expect(place(TEXT.replace('std: 3', 'std: 0.1'), ['layers', 0])).toEqual(['layers', 0]);
  });

  it('is gone when the training is another one, as after a cure by clipping', () => {
    expect(place(`${TEXT}clip: { type: norm, max: 1 }\n`, ['layers', 0])).toBeUndefined();
    expect(place(TEXT.replace('0.1 }', '0.01 }'), ['optimizer', 'learning_rate'])).toBeUndefined();
  });

  it('comes back when the edit is undone', () => {
    expect(place(`${TEXT}clip: { type: norm, max: 1 }\n`, ['layers', 0])).toBeUndefined();
    expect(place(TEXT, ['layers', 0])).toEqual(['layers', 0]);
  });
});

describe('what is underlined', () => {
  it('is the type of a layer, and key and value of anything smaller', () => {
    expect(underlined(['layers', 0])).toBe('type: dense');
    expect(underlined(['layers', 1])).toBe('type: dense');
    expect(underlined(['layers', 1, 'kernel_initializer'])).toBe('kernel_initializer: { type: normal, std: 3 }');
    expect(underlined(['optimizer', 'learning_rate'])).toBe('learning_rate: 0.1');
  });

  it('never spans lines: of a long value only the key', () => {
    expect(underlined(['layers'])).toBe('layers');
  });

  it('falls back to the nearest place that the text has', () => {
    expect(underlined(['layers', 0, 'kernel_initializer'])).not.toContain('\n');
    expect(underlined(['clip'])).not.toContain('\n');
  });
});

it('tells a changed model from one whose comments, layout or order of keys changed', () => {
  const before = parseModelFile(TEXT, 'yaml');
  const same = parseModelFile(
    `# new\n${TEXT.replace('{ type: sgd, learning_rate: 0.1 }', '{learning_rate: 0.1, type: sgd}   # why')}`,
    'yaml',
  );
  expect(meansTheSame(before, same)).toBe(true);
  expect(meansTheSame(before, parseModelFile(TEXT.replace('steps: 100', 'steps: 200'), 'yaml'))).toBe(false);
});

it('finds the layer around a place, the innermost of nested ones', () => {
  expect(layerOf(['layers', 2, 'units'])).toEqual(['layers', 2]);
  expect(layerOf(['layers', 2, 'shortcut', 0, 'units'])).toEqual(['layers', 2, 'shortcut', 0]);
  expect(layerOf(['optimizer', 'learning_rate'])).toBeUndefined();
});
