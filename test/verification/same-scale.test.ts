import { describe, expect, it } from 'vitest';
import type { DataSpec } from '../../src/model/model-spec';
import { sameScale } from '../../src/verification/candidate';
import { testModel } from '../training/data/models';

const csv = (more: object): DataSpec => ({
  type: 'csv',
  path: 'a.csv',
  target: 'y',
  standardize: false,
  standardizeTarget: false,
  inferred: false,
  ...more,
});
const alike = (one: DataSpec, other: DataSpec): boolean => {
  const [first, second] = [one, other].map(data => testModel({ input: [2], output: [2], loss: 'mse', data }));
  return sameScale(first, second);
};

describe('losses of a model and of one with scaled data', () => {
  it('are on one scale unless the target is what is scaled', () => {
    expect(alike(csv({}), csv({ standardize: true }))).toBe(true);
    expect(alike(csv({}), csv({ standardizeTarget: true }))).toBe(false);
  });

  it('are not where the input is the target', () => {
    expect(alike(csv({ target: 'input' }), csv({ target: 'input', standardize: true }))).toBe(false);
    expect(alike(csv({ target: 'input' }), csv({ target: 'input', rescale: true }))).toBe(false);
    const blobs = (scale: number): DataSpec => ({
      type: 'blobs',
      examples: 9,
      noise: 0,
      scale,
      target: 'input',
      inferred: false,
    });
    expect(alike(blobs(1), blobs(100))).toBe(false);
  });
});
