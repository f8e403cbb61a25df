import { describe, expect, it } from 'vitest';
import { largestShare } from '../../../src/diagnosis/evidence/majority-share';

describe('largestShare', () => {
  it.each([2, 3, 10])('is an equal share for %d classes as frequent as each other', classes => {
    expect(largestShare(Math.log(classes), classes)).toBeCloseTo(1 / classes, 5);
  });

  it('is the share of a majority among two classes, and of one among many where the others are equal', () => {
    const entropy = (shares: readonly number[]): number =>
      -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
    expect(largestShare(entropy([0.9, 0.1]), 2)).toBeCloseTo(0.9, 6);
    expect(largestShare(entropy([0.7, 0.1, 0.1, 0.1]), 4)).toBeCloseTo(0.7, 6);
    expect(largestShare(entropy([0.7, 0.2, 0.05, 0.05]), 4)).toBeGreaterThan(0.7);
    expect(largestShare(0, 5)).toBeCloseTo(1, 6);
  });
});
