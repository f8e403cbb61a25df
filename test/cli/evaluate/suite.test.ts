/** The evaluation suite is what it says: readable models, each fault beside a twin, truth in words that the rules know. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelPath, readSuite } from '../../../src/cli/evaluate/truth';
import { readModelFile } from '../../../src/cli/train/model-file';

const suite = readSuite(path.join(__dirname, '../../../evaluation'));

describe('the evaluation suite', () => {
  it('has sixty faulty and sixty healthy models at least', () => {
    expect(suite.faults.size).toBeGreaterThanOrEqual(60);
    expect(suite.healthy.length).toBeGreaterThanOrEqual(60);
  });

  it.each([...suite.faults.keys()])('%s and its twin are models', (name) => {
    for (const kind of ['faulty', 'healthy'] as const) {
      const { model, problems } = readModelFile(modelPath(suite.folder, kind, name));
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(model).toBeDefined();
    }
  });

  it.each(suite.healthy.filter((name) => !suite.faults.has(name)))('%s is a model without problems', (name) => {
    expect(readModelFile(modelPath(suite.folder, 'healthy', name)).problems).toEqual([]);
  });

  it('names layers that the faulty models have', () => {
    const unknown = [...suite.faults].flatMap(([name, { layers }]) => {
      const { model } = readModelFile(modelPath(suite.folder, 'faulty', name));
      const paths = new Set(model?.layers.map((layer) => layer.path));
      return layers === '*' ? [] : layers.filter((layer) => !paths.has(layer)).map((layer) => `${name}: ${layer}`);
    });
    expect(unknown).toEqual([]);
  });
});
