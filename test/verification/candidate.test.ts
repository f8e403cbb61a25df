import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/diagnosis/finding';
import { readModelFile } from '../../src/frontends/model-file/front-end';
import { set, type ChangeSequence } from '../../src/model/change';
import { LEARNING_RATE_PLACE } from '../../src/model/place';
import { candidateOf, candidatesOf } from '../../src/verification/candidate';

const TEXT = 'input: [2]\nlayers: [{ type: dense, units: 1 }]\noptimizer: { type: sgd, learning_rate: 3 }\n';
const source = {
  source: readModelFile(TEXT, { fileName: 'a.model.yaml' }),
  finding: { fixes: [] } as unknown as Finding,
};
const rate = (value: number): ChangeSequence => [[set(LEARNING_RATE_PLACE, value)]];

describe('a fix that makes a file that is no model', () => {
  it('is no candidate, and takes no other one with it', () => {
    expect(candidateOf(source, { id: 'lower-learning-rate', title: 'x', changes: rate(0) })).toBeUndefined();
    const made = candidatesOf(source, [
      { id: 'lower-learning-rate', title: 'x', changes: rate(0) },
      { id: 'clip-by-norm', title: 'y', changes: rate(0.5) },
    ]);
    expect(made.map(({ name }) => name)).toEqual(['clip-by-norm']);
  });
});

describe('a candidate', () => {
  it('is named by what it changes: of two fixes that change the same there is one', () => {
    const made = candidatesOf(source, [
      { id: 'lower-learning-rate', title: 'x', changes: rate(0.5) },
      { id: 'raise-learning-rate', title: 'y', changes: rate(0.5) },
      { id: 'lower-learning-rate', title: 'z', changes: rate(0.1) },
    ]);
    expect(made.map(({ title }) => title)).toEqual(['x', 'z']);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
  });
});
