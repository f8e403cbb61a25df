/** The tables of docs/model-file.md against the vocabulary of the code. */
import { describe, expect, it } from 'vitest';
import { ACTIVATION_CHOICES } from '../../src/model/vocabulary/activations';
import { CLIPS } from '../../src/model/vocabulary/clips';
import { DATA } from '../../src/model/vocabulary/data';
import { INITIALIZERS } from '../../src/model/vocabulary/initializers';
import { LAYER_FAMILY } from '../../src/model/vocabulary/layers';
import { LOSSES } from '../../src/model/vocabulary/losses';
import { MODEL_KEYS } from '../../src/model/vocabulary/model';
import { OPTIMIZERS } from '../../src/model/vocabulary/optimizers';
import { SCHEDULES } from '../../src/model/vocabulary/schedules';
import { compileText } from '../diagnosis/train-text';
import { read } from './markdown';

const page = read('docs/model-file.md');

/** Cells of one column of the table under a heading. */
function column(heading: string, index: number): string[] {
  const section = page.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter(line => line.startsWith('| '));
  return rows.slice(1).map(row => row.split('|')[index + 1]);
}

/** Names in backticks, without those in parentheses or behind a colon: these are keys and values. */
function namesIn(cells: readonly string[]): string[] {
  return cells.flatMap(cell =>
    [
      ...cell
        .replace(/\([^)]*\)/g, '')
        .split(':')[0]
        .matchAll(/`([^`]+)`/g),
    ].map(([, name]) => name),
  );
}

const namesOf = (members: readonly { readonly name: string }[]): string[] => members.map(({ name }) => name).sort();

describe('docs/model-file.md names exactly what there is:', () => {
  it.each([
    ['Layers', 1, namesOf(LAYER_FAMILY.variants)],
    ['Activations', 1, namesOf(ACTIVATION_CHOICES)],
    ['Initializers', 1, namesOf(INITIALIZERS.variants)],
    ['Losses', 0, namesOf(LOSSES.variants)],
    ['Optimizers', 0, namesOf(OPTIMIZERS.variants)],
    ['Schedules', 0, namesOf(SCHEDULES.variants)],
    ['Clipping', 0, namesOf(CLIPS.variants)],
    ['Data', 1, namesOf(DATA.variants)],
    ['Keys of the file', 0, Object.keys(MODEL_KEYS).sort()],
  ])('%s', (heading, index, names) => {
    expect(namesIn(column(heading, index)).sort()).toEqual(names);
  });

  it('defaults of keys that are numbers', () => {
    const numbers = Object.entries(MODEL_KEYS).flatMap(([name, key]) =>
      'default' in key && typeof key.default === 'number' ? [[name, key.default] as const] : [],
    );
    expect(numbers.length).toBeGreaterThan(3);
    const rows = column('Keys of the file', 0).map(
      (cell, row) => [namesIn([cell])[0], column('Keys of the file', 1)[row].trim()] as const,
    );
    for (const [name, value] of numbers) expect(new Map(rows).get(name), name).toBe(String(value));
  });
});

it('the examples of the page and of the README compile', () => {
  const examples = [page, read('README.md')].flatMap(text =>
    [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, example]) => example),
  );
  expect(examples).toHaveLength(3);
  for (const example of examples) expect(compileText(example).layers.length).toBeGreaterThan(1);
});
