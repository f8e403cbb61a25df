import { describe, expect, it } from 'vitest';
import { openClipper } from '../../src/engine/clipping';
import { autoClipLimit, zClipLimit } from '../../src/engine/norm-limits';

describe('autoClipLimit', () => {
  // numpy.percentile of the norms so far
  it.each([
    [10, [5, 3.2, 1.4, 1.3, 1.4]],
    [50, [5, 4, 3, 2.5, 3]],
    [100, [5, 5, 5, 5, 7]],
  ])('percentile %f of the norms so far', (percentile, expected) => {
    const limit = autoClipLimit(percentile);
    [5, 3, 1, 2, 7].forEach((norm, i) => expect(limit(norm)).toBeCloseTo(expected[i], 12));
  });
});

describe('zClipLimit', () => {
  it('lets the first norms pass, then clips outliers and takes in only what passed', () => {
    const limit = zClipLimit({ threshold: 2.5, decay: 0.97, warmup: 4 });
    expect([1, 2, 3, 2].map(limit)).toEqual([Infinity, Infinity, Infinity, Infinity]);
    // mean 2, variance 0.5
    expect(limit(3)).toBe(Infinity);
    const mean = 0.97 * 2 + 0.03 * 3;
    const std = Math.sqrt(0.97 * 0.5 + 0.03 * (3 - mean) ** 2);
    const z = (100 - mean) / (std + 1e-6);
    const clipped = limit(100);
    expect(clipped).toBeCloseTo(mean + (6.25 / z) * std, 12);
    const nextMean = 0.97 * mean + 0.03 * clipped;
    const nextStd = Math.sqrt(0.97 * std ** 2 + 0.03 * (clipped - nextMean) ** 2);
    expect(limit(50)).toBeCloseTo(nextMean + (6.25 / ((50 - nextMean) / (nextStd + 1e-6))) * nextStd, 12);
  });

  it('pulls a far outlier below a near one', () => {
    const limitOf = (norm: number): number => {
      const limit = zClipLimit({ threshold: 2.5, decay: 0.97, warmup: 3 });
      [1, 2, 3].forEach(limit);
      return limit(norm);
    };
    expect(limitOf(100)).toBeLessThan(limitOf(10));
  });
});

describe('openClipper', () => {
  it('scales every gradient by the one limit', () => {
    const clip = openClipper({ type: 'auto-clip', percentile: 0 });
    const factors = new Float64Array(2);
    expect(clip(Float64Array.of(3, 4), 5, factors)).toBe(true);
    expect(clip(Float64Array.of(30, 40), 50, factors)).toBe(true);
    expect([...factors]).toEqual([5 / (50 + 1e-6), 5 / (50 + 1e-6)]);
  });

  it('says when nothing is to be changed', () => {
    const clip = openClipper({ type: 'z-clip', threshold: 2.5, decay: 0.97, warmup: 2 });
    const factors = new Float64Array(2);
    expect(clip(Float64Array.of(3, 4), 5, factors)).toBe(false);
    expect([...factors]).toEqual([1, 1]);
  });
});
