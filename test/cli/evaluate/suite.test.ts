/**
 * The evaluation suite is what it says: readable models, each fault beside a twin, truth in words that rules and fixes
 * know.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCollections } from '../../../src/cli/evaluate/collections';
import { readModelFile } from '../../../src/cli/train/model-file';
import { RULES } from '../../../src/diagnosis/rules/index';
import { FIX_MAKERS } from '../../../src/fixes/catalog';

const collections = readCollections(path.join(import.meta.dirname, '../../../evaluation'));

describe('the evaluation suite', () => {
  it('has planted faults that were seen and fresh ones, the examples and the reports', () => {
    const sizes = Object.fromEntries(collections.map(({ title, faults }) => [title, faults.size]));
    expect(sizes['Planted faults']).toBeGreaterThanOrEqual(85);
    expect(sizes['Planted faults, fresh']).toBeGreaterThanOrEqual(40);
    expect(sizes.Examples).toBeGreaterThanOrEqual(16);
    expect(sizes.Reports).toBeGreaterThanOrEqual(13);
  });

  it('has both parts of what is split', () => {
    for (const { isSplit, faults, partOf } of collections) {
      const heldOut = [...faults.keys()].filter(name => partOf(name) === 'held-out').length;
      if (isSplit) expect(heldOut / faults.size).toBeGreaterThan(0.3);
      else expect(heldOut).toBe(0);
    }
  });
});

describe.each(collections)('$title', ({ faults, healthy, file }) => {
  it.each([...faults.keys()])('%s and its twin are models', name => {
    for (const kind of ['faulty', 'healthy'] as const) {
      const { model, problems } = readModelFile(file(kind, name)).source;
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(model).toBeDefined();
    }
  });

  it.each(healthy.filter(name => !faults.has(name)))('%s is a model without problems', name => {
    expect(readModelFile(file('healthy', name)).source.problems).toEqual([]);
  });

  it('names layers that the faulty models have', () => {
    const unknown = [...faults].flatMap(([name, { layers }]) => {
      const { model } = readModelFile(file('faulty', name)).source;
      const paths = new Set(model?.layers.map(layer => layer.path));
      return layers === '*' ? [] : layers.filter(layer => !paths.has(layer)).map(layer => `${name}: ${layer}`);
    });
    expect(unknown).toEqual([]);
  });

  it('names rules and fixes that there are, and what undoes a fault that no fix does', () => {
    const unknown = [...faults].flatMap(([name, { roots, cures, companions = [], undoing }]) =>
      [
        ...roots.filter(rule => !RULES.some(({ meta }) => meta.id === rule)),
        ...[...cures, ...companions].filter(fix => !(fix in FIX_MAKERS)),
        ...(cures.length === 0 && undoing === undefined ? ['no cure'] : []),
      ].map(word => `${name}: ${word}`),
    );
    expect(unknown).toEqual([]);
  });
});
