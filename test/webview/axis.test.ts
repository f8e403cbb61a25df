import { describe, expect, it } from 'vitest';
import { countTicks, linearRange, linearTicks, logRange, logTicks } from '../../webview/charts/axis';

describe('logRange', () => {
  it.each([
    [0.3, 4, 0.2, 5],
    [1, 1, 0.5, 2],
    [3e-9, 40, 1e-9, 100],
  ])('snaps %d to %d', (low, high, min, max) => {
    const range = logRange(low, high);
    expect(range.min).toBeCloseTo(min, 12);
    expect(range.max).toBeCloseTo(max, 12);
  });

  it('is usable for any doubles, and without values', () => {
    for (const [low, high] of [
      [5e-324, 1e308],
      [1e308, 1.7e308],
      [1e-320, 1e-310],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      [0, 0],
    ]) {
      const { min, max } = logRange(low, high, true);
      expect(min).toBeGreaterThan(0);
      expect(max).toBeGreaterThan(min);
      expect(max).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });

  it('makes room below for marks', () => {
    expect(logRange(1, 100, true).min).toBeLessThan(logRange(1, 100).min);
  });
});

describe('ticks', () => {
  it('of a log axis are few, inside, and powers of ten over a wide range', () => {
    for (const [low, high] of [
      [1e-18, 1],
      [0.5, 2],
      [0.01, 1],
      [1e-300, 1e300],
      [0.2, 0.5],
      [1, 1000],
    ]) {
      const ticks = logTicks({ min: low, max: high });
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThanOrEqual(8);
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(low * (1 - 1e-6));
        expect(tick).toBeLessThanOrEqual(high * (1 + 1e-6));
      }
    }
    expect(logTicks({ min: 1e-4, max: 1 }).map(tick => Math.round(Math.log10(tick) * 1e6) / 1e6)).toEqual([
      -4, -3, -2, -1, 0,
    ]);
  });

  it('of a linear axis are round', () => {
    expect(linearTicks(linearRange(0, 9.3))).toEqual([0, 2, 4, 6, 8, 10]);
    expect(linearTicks({ min: 0, max: 0.3 })).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
  });

  it('of steps are whole numbers', () => {
    expect(countTicks({ min: 0, max: 2 }, 7)).toEqual([0, 1, 2]);
    expect(countTicks({ min: 0, max: 299 }, 7)).toEqual([0, 50, 100, 150, 200, 250]);
  });
});

describe('linearRange', () => {
  it('starts at zero, and contains the values', () => {
    expect(linearRange(0.2, 0.9)).toMatchObject({ min: 0 });
    expect(linearRange(0.2, 0.9).max).toBeGreaterThanOrEqual(0.9);
    expect(linearRange(-3, 2).min).toBeLessThanOrEqual(-3);
    expect(linearRange(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual({ min: 0, max: 1 });
    expect(linearRange(0, 0).max).toBeGreaterThan(0);
  });
});
