import { describe, expect, it } from 'vitest';
import { roundDown } from '../../src/fixes/round-down';

describe('a limit that is rounded', () => {
  it.each([
    [0.00096, 1, 0.0009],
    [0.00095, 1, 0.0009],
    [0.001, 1, 0.001],
    [9.6, 1, 9],
    [0.0996, 2, 0.099],
    [1.96, 1, 1],
    [-0.00096, 1, -0.0009],
    [0, 1, 0],
  ])('%d to %i digits is %d', (value, digits, expected) => expect(roundDown(value, digits)).toBe(expected));

  it('is never exceeded, never zero and loses no more than a unit of its last digit', () => {
    for (let i = 1; i < 20_000; i += 7) {
      for (const exponent of [-9, -4, -3, 0, 5]) {
        const value = i * 10 ** (exponent - 4);
        for (const digits of [1, 2]) {
          const rounded = roundDown(value, digits);
          expect(rounded).toBeGreaterThan(0);
          expect(rounded).toBeLessThanOrEqual(value * (1 + 1e-12));
          expect(rounded).toBeGreaterThan(value * (1 - 10 ** (1 - digits) / 1.0001) - 1e-18);
        }
      }
    }
  });
});
