import { describe, expect, it } from 'vitest';
import { fitLogLinear } from '../../../src/diagnosis/evidence/log-linear-fit';

describe('fitLogLinear', () => {
  it('finds the factor of a geometric series, however far it goes', () => {
    const fit = fitLogLinear(Array.from({ length: 60 }, (_, index) => 3 * 1.4 ** index));
    expect(fit.factor).toBeCloseTo(1.4);
    expect(fit.total / 1.4 ** 59).toBeCloseTo(1);
  });

  it('leaves out NaN, and bears zero and infinity', () => {
    expect(fitLogLinear([1, Number.NaN, 4]).factor).toBeCloseTo(2);
    expect(fitLogLinear([1, 0]).factor).toBeLessThan(1e-300);
    expect(fitLogLinear([1, Infinity]).total).toBeGreaterThan(1e300);
  });

  it('takes exact zeros for positions that nothing reads, not for the smallest number', () => {
    expect(fitLogLinear([0, 1, 0.9, 0.81]).total).toBeCloseTo(0.9 ** 3);
    expect(fitLogLinear([1, 0.5, 0.25, 0, 0]).factor).toBeCloseTo(0.5);
    expect(fitLogLinear([1, 0, 0])).toEqual({ factor: 0, total: 0 });
  });

  it('sees no growth in fewer than two values', () => {
    expect(fitLogLinear([])).toEqual({ factor: 1, total: 1 });
    expect(fitLogLinear([5])).toEqual({ factor: 1, total: 1 });
  });
});
