import { describe, expect, it } from 'vitest';
import { fillGaps } from '../../../src/training/data/fill-gaps';
import { prepareExamples } from '../../../src/training/data/prepare-examples';
import { testModel } from './models';
import { csvSpec, readTable, refusalOf } from './table';

const CHURN = 'age,plan,tenure,y\n1,a,10,0.1\n,a,NA,0.2\n3,b,30,0.3\n8,,40,0.4\n';
const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, example) => example);

describe('missing values', () => {
  it('are counted over all columns in one sentence, with an edit for each way on', () => {
    const { message, source, remedies } = refusalOf({ text: CHURN, input: [4] });
    expect(message).toBe(
      '"x.csv" has missing values: age 25 %, plan 25 %, tenure 25 %; fill them in, or set "missing" to mean, median or drop.',
    );
    expect(source).toEqual(['data', 'path']);
    expect(remedies.map(({ changes }) => changes)).toEqual(
      ['mean', 'median', 'drop'].map(value => [{ path: ['data', 'missing'], value }]),
    );
  });

  it('of columns that are not read do not count', () => {
    const text = 'age,other,y\n1,,0.1\n2,,0.2\n';
    expect(refusalOf({ text, input: [2] }).message).toContain('other 100 %');
    expect(readTable({ text, input: [1], settings: { drop: ['other'] } }).examples).toBe(2);
    expect(readTable({ text, input: [1], settings: { columns: ['age'] } }).examples).toBe(2);
  });

  it('are dropped with their rows, which is said', () => {
    const data = readTable({ text: CHURN, input: [4], settings: { missing: 'drop' } });
    expect(Array.from(data.inputs)).toEqual([1, 1, 0, 10, 3, 0, 1, 30]);
    expect(data.description).toContain('2 examples of 3 columns, 2 rows with missing values left out');
  });

  it('are filled from the training examples alone: mean, median, and the most frequent text', () => {
    const data = readTable({ text: CHURN, input: [4], settings: { missing: 'mean' } });
    expect(data.description).toContain('missing values filled by the mean (age 25 %, plan 25 %, tenure 25 %)');
    const rows = (training: Int32Array): number[][] => {
      const { inputs } = fillGaps(data, training);
      return [1, 3].map(row => Array.from(inputs.subarray(4 * row, 4 * row + 4)));
    };
    expect(rows(all(4))).toEqual([
      [4, 1, 0, Math.fround(80 / 3)],
      [8, 1, 0, 40],
    ]);
    expect(rows(Int32Array.of(0, 2))).toEqual([
      [2, 1, 0, 20],
      [8, 1, 0, 40],
    ]);
    expect(rows(Int32Array.of(2))).toEqual([
      [3, 1, 0, 30],
      [8, 0, 1, 40],
    ]);
    const median = readTable({ text: CHURN, input: [4], settings: { missing: 'median' } });
    expect(Array.from(fillGaps(median, all(4)).inputs.subarray(4, 8))).toEqual([3, 1, 0, 30]);
  });

  it('are filled before inputs are standardized, so that a filled mean becomes 0', () => {
    const settings = { missing: 'mean', standardize: true } as const;
    const data = readTable({ text: CHURN, input: [4], settings });
    const prepared = prepareExamples(
      data,
      all(4),
      testModel({ input: [4], output: [1], loss: 'mse', data: csvSpec(settings) }),
    );
    expect(prepared.inputs[4]).toBeCloseTo(0, 6);
    expect(prepared.inputs.some(Number.isNaN)).toBe(false);
  });

  it('of the target leave their rows out in any case', () => {
    const text = 'a,y\n1,0.5\n2,\n3,1.5\n';
    expect(refusalOf({ text, input: [1] }).message).toContain('y 33 %');
    for (const missing of ['mean', 'median', 'drop'] as const) {
      expect(Array.from(readTable({ text, input: [1], settings: { missing } }).targets)).toEqual([0.5, 1.5]);
    }
  });

  it('that leave nothing are refused', () => {
    expect(refusalOf({ text: 'a,y\n1,\n,2\n', input: [1], settings: { missing: 'drop' } }).message).toContain(
      'Only 0 of 2 rows',
    );
    expect(refusalOf({ text: 'a,b,y\n,1,1\n,2,2\n', input: [2], settings: { missing: 'mean' } }).message).toContain(
      'holds no value at all',
    );
    const data = readTable({ text: CHURN, input: [4], settings: { missing: 'mean' } });
    expect(() => fillGaps(data, Int32Array.of(1))).toThrow('Column "age" has no value among the training examples');
  });
});
