import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from '../../src/record/decimate';

describe('decimate', () => {
  it('keeps a spike of one point among a million', () => {
    const values = new Float64Array(1_000_000).map((_, index) => Math.sin(index));
    values[654_321] = 40;
    values[123_456] = -40;
    const kept = decimate([values], 100);
    expect(kept).toContain(654_321);
    expect(kept).toContain(123_456);
    expect(kept.length).toBeLessThanOrEqual(202);
  });

  it('keeps the spike of every series', () => {
    const first = new Float64Array(1000);
    const second = new Float64Array(1000);
    first[310] = 1;
    second[315] = 1;
    expect(decimate([first, second], 5)).toEqual(expect.arrayContaining([310, 315]));
  });

  it('keeps first, last, infinities, extremes and the ends of each run of NaN, for any series', () => {
    const value = fc.oneof(
      { weight: 8, arbitrary: fc.double({ noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (values, buckets) => {
          const kept = decimate([values], buckets);
          const keptValues = kept.map(index => values[index]);
          expect([...kept].sort((a, b) => a - b)).toEqual(kept);
          expect(kept).toContain(0);
          expect(kept).toContain(values.length - 1);
          values.forEach((entry, index) => {
            if (Math.abs(entry) === Infinity) expect(kept).toContain(index);
            if (Number.isNaN(entry) && !Number.isNaN(values[index - 1])) expect(kept).toContain(index);
          });
          const numbers = values.filter(entry => !Number.isNaN(entry));
          if (numbers.length > 0) {
            expect(keptValues.some(entry => entry === Math.max(...numbers))).toBe(true);
            expect(keptValues.some(entry => entry === Math.min(...numbers))).toBe(true);
          }
        },
      ),
    );
  });

  it('keeps every point where there are more buckets than points', () => {
    expect(decimate([[3, 1, 2]], 10)).toEqual([0, 1, 2]);
    expect(decimate([[]], 10)).toEqual([]);
    expect(decimate([], 10)).toEqual([]);
  });

  it('keeps no troughs where only peaks are asked for', () => {
    expect(decimate([[5, 1, 5, 9, 5]], 1, 'peaks')).toEqual([0, 3, 4]);
  });

  it('does not keep every point of a series that was never measured', () => {
    expect(decimate([new Float64Array(50).fill(Number.NaN)], 5)).toEqual([0, 49]);
  });
});
