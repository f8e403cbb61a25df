import { describe, expect, it } from 'vitest';
import { Random } from '../../src/engine/random';

const draws = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const moment = (values: readonly number[], order: number): number => mean(values.map(value => value ** order));

describe('Random', () => {
  it('gives the same sequence for the same seed, pinned to these bits', () => {
    const random = new Random(42);
    expect(draws(4, () => random.bits())).toEqual([3794386075, 1437878049, 1421827038, 652264770]);
    expect(random.uniform()).toBe(0.5616896480407443);
    expect(draws(3, () => random.normal())).toEqual([-0.4819071916593858, 1.0842723432875667, 0.38166462262622464]);
  });

  it('gives unrelated sequences for neighbouring, negative and fractional seeds', () => {
    const firsts = [0, 1, 2, -1, 1.5, 1e300].map(seed => new Random(seed).bits());
    expect(new Set(firsts).size).toBe(firsts.length);
    const [a, b] = [new Random(1), new Random(2)];
    const products = draws(20_000, () => a.normal() * b.normal());
    expect(Math.abs(mean(products))).toBeLessThan(0.03);
  });

  it('draws uniform numbers in [0, 1) that fill the range evenly', () => {
    const random = new Random(7);
    const values = draws(100_000, () => random.uniform());
    expect(values.every(value => value >= 0 && value < 1)).toBe(true);
    const counts = new Array<number>(10).fill(0);
    for (const value of values) counts[Math.floor(value * 10)]++;
    // chi-squared with 9 degrees of freedom: below 27.9 in 99.9 % of seeds
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });

  it('draws normal numbers with the moments and tails of a standard normal', () => {
    const random = new Random(3);
    const values = draws(200_000, () => random.normal());
    expect(moment(values, 1)).toBeCloseTo(0, 1.9);
    expect(moment(values, 2)).toBeCloseTo(1, 1.7);
    expect(moment(values, 3)).toBeCloseTo(0, 1.3);
    expect(moment(values, 4)).toBeCloseTo(3, 0.9);
    const beyondTwo = values.filter(value => Math.abs(value) > 2).length / values.length;
    expect(beyondTwo).toBeGreaterThan(0.044);
    expect(beyondTwo).toBeLessThan(0.047);
  });

  it('draws integers below a bound without favour, and refuses other bounds', () => {
    const random = new Random(5);
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) counts[random.integer(3)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(random.integer(1)).toBe(0);
    expect(() => random.integer(0)).toThrow(RangeError);
    expect(() => random.integer(2.5)).toThrow(RangeError);
  });

  it('forks by name, whatever was drawn before', () => {
    const fresh = new Random(9);
    const used = new Random(9);
    draws(10, () => used.normal());
    expect(used.fork('weights').bits()).toBe(fresh.fork('weights').bits());
    const names = ['', 'a', 'b', 'ab', 'ba', 'weights', 'weights2'];
    expect(new Set(names.map(name => fresh.fork(name).bits())).size).toBe(names.length);
    expect(fresh.fork('a').fork('b').bits()).not.toBe(fresh.fork('b').fork('a').bits());
    expect(fresh.fork('a').bits()).not.toBe(new Random(10).fork('a').bits());
  });

  it('permutes: each number once, each place equally likely', () => {
    const random = new Random(11);
    const places = [0, 0, 0, 0];
    for (let i = 0; i < 8000; i++) {
      const order = random.permutation(4);
      expect([...order].sort()).toEqual([0, 1, 2, 3]);
      places[order.indexOf(0)]++;
    }
    for (const count of places) expect(Math.abs(count - 2000)).toBeLessThan(200);
    expect(random.permutation(0)).toHaveLength(0);
  });
});
