import { describe, expect, it } from 'vitest';
import { cosine, cubeRoot, exponential, power, sine } from '../../src/engine/elementary';
import { Random } from '../../src/engine/random';

const random = new Random(8);
const drawn = (from: number, to: number): number[] =>
  Array.from({ length: 5000 }, () => from + (to - from) * random.uniform());

describe('elementary functions', () => {
  it.each([
    [1, 3e-16],
    [10, 3e-16],
    [1e5, 1e-15],
  ])('sine and cosine up to %d', (limit, error) => {
    for (const x of [0, Math.PI / 4, Math.PI, -Math.PI / 2, ...drawn(-limit, limit)]) {
      expect(Math.abs(sine(x) - Math.sin(x)), `sin ${x}`).toBeLessThan(error);
      expect(Math.abs(cosine(x) - Math.cos(x)), `cos ${x}`).toBeLessThan(error);
    }
  });

  it('cube root', () => {
    for (const x of [...Array.from({ length: 500 }, () => 10 ** (600 * random.uniform() - 300)), 1, 8, 7.999999, 27]) {
      const root = cubeRoot(x);
      expect(Math.abs((root / x) * root * root - 1), `cube root of ${x}`).toBeLessThan(2e-15);
    }
    expect([0, Infinity].map(cubeRoot)).toEqual([0, Infinity]);
  });

  it('exponential', () => {
    for (const x of [0, 1, -1, ...drawn(-1, 1), ...drawn(-600, 600)]) {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1), `exp ${x}`).toBeLessThan(1e-15);
    }
  });

  it('power', () => {
    expect([power(3, 0), power(3, 1), power(2, 52), power(-2, 3), power(0, 0)]).toEqual([1, 3, 2 ** 52, -8, 1]);
    for (const n of [5, 100, 99_999]) expect(power(0.999, n) / 0.999 ** n).toBeCloseTo(1, 10);
  });
});
