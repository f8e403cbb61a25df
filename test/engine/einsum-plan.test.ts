import { describe, expect, it } from 'vitest';
import { equationOf, planEinsum } from '../../src/engine/operators/einsum-plan';

const planOf = (text: string, a: readonly number[], b: readonly number[]): ReturnType<typeof planEinsum> =>
  planEinsum(equationOf(text, [a, b]), [a, b]);

describe('equations of einsum', () => {
  it('names the axes that ... stands for, aligned at the end', () => {
    expect(
      equationOf('...i, ...ij -> ...j', [
        [2, 3, 4],
        [3, 4, 5],
      ]),
    ).toEqual({
      operands: [
        ['#0', '#1', 'i'],
        ['#1', 'i', 'j'],
      ],
      result: ['#0', '#1', 'j'],
    });
  });

  it('gives the letters that occur once, sorted, where no result is named', () => {
    expect(
      equationOf('zi,ia', [
        [2, 3],
        [3, 4],
      ]).result,
    ).toEqual(['a', 'z']);
  });

  it.each([
    ['bi->b', [[2, 3], [3]], 'has 1 operands, but 2 are given'],
    ['bi->b', [[2, 3, 4]], 'does not have the axes of [2, 3, 4]'],
    ['ii->i', [[3, 3]], 'repeats a letter'],
    ['bi->c', [[2, 3]], 'has the letter c, which no operand has'],
  ])('refuses %s of %j', (text, shapes, message) => {
    expect(() => equationOf(text, shapes)).toThrow(message);
  });

  it('refuses axes of one letter and two sizes', () => {
    expect(() => planOf('bi,bi->b', [2, 3], [2, 4])).toThrow('i has 3 entries in one operand, 4 in the other');
  });
});

describe('plans of einsum', () => {
  it('takes what both operands and the result have for the batch of one product', () => {
    expect(planOf('bqhd,bkhd->bhqk', [2, 3, 5, 7], [2, 4, 5, 7])).toEqual({
      a: { summed: [], order: [0, 2, 1, 3], shape: [10, 3, 7] },
      b: { summed: [], order: [0, 2, 1, 3], shape: [10, 4, 7] },
      shape: [2, 5, 3, 4],
      order: [0, 1, 2, 3],
    });
  });

  it('sums first over what only one operand has', () => {
    expect(planOf('bij,bk->kb', [2, 3, 4], [2, 5])).toEqual({
      a: { summed: [1, 2], order: [0], shape: [2, 1, 1] },
      b: { summed: [], order: [0, 1], shape: [2, 5, 1] },
      shape: [2, 5],
      order: [1, 0],
    });
  });
});
