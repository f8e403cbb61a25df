/** Roots of symmetric matrices: whatever the matrix, its inverse root as often as its order gives its inverse. */
import { describe, expect, it } from 'vitest';
import { plainKernels } from '../../src/engine/kernels/reference/plain';
import { Random } from '../../src/engine/random';

const EPSILON = 1e-3;

/** A product X Xᵀ of rank at most `rank`. */
function gram(n: number, rank: number, random: Random): Float64Array {
  const x = Float64Array.from({ length: n * rank }, () => random.normal());
  return Float64Array.from({ length: n * n }, (_, at) => {
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += x[Math.floor(at / n) * rank + r] * x[(at % n) * rank + r];
    return sum;
  });
}

function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[Math.floor(at / n) * n + k] * b[k * n + (at % n)];
    return sum;
  });
}

function rootOf(matrix: Float64Array, n: number, order: number, due = 1): Float64Array {
  const buffer = (data: Float64Array): { offset: number; length: number; data: Float64Array } => ({
    offset: 0,
    length: data.length,
    data,
  });
  const root = new Float64Array(n * n);
  plainKernels.inverseRoot(
    buffer(matrix),
    buffer(root),
    buffer(new Float64Array(2 * n * n + 3 * n)),
    n,
    order,
    EPSILON,
    due,
  );
  return root;
}

describe('inverseRoot', () => {
  const random = new Random(3);
  const sizes = [1, 2, 3, 4, 7, 16, 33, 64];
  const matrices = sizes.flatMap(n => [n, Math.ceil(n / 3)].map(rank => ({ n, rank, matrix: gram(n, rank, random) })));

  it.each(matrices)('of $n x $n of rank $rank', ({ n, matrix }) => {
    for (const order of [2, 4, 6, 8]) {
      const root = rootOf(matrix, n, order);
      let product: Float64Array = Float64Array.from(matrix, (value, at) => value + (at % (n + 1) === 0 ? EPSILON : 0));
      for (let i = 0; i < order; i++) product = times(root, product, n);
      product.forEach((value, at) => expect(value).toBeCloseTo(at % (n + 1) === 0 ? 1 : 0, 8));
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(root[i * n + j]).toBe(root[j * n + i]);
    }
  });

  it('of nothing, of equal eigenvalues and of a matrix that is diagonal already', () => {
    for (const diagonal of [
      [0, 0, 0, 0],
      [2, 2, 2, 2],
      [5, 1e-9, 3, 1e6],
    ]) {
      const root = rootOf(
        Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? diagonal[at / 5] : 0)),
        4,
        4,
      );
      diagonal.forEach((value, i) => expect(root[5 * i] / (value + EPSILON) ** -0.25).toBeCloseTo(1, 12));
      expect(root.filter((value, at) => at % 5 !== 0 && value !== 0)).toEqual(new Float64Array(0));
    }
  });

  it('is left alone where it is not due, and ends where numbers are not finite', () => {
    expect(rootOf(gram(3, 3, random), 3, 4, 0)).toEqual(new Float64Array(9));
    expect(rootOf(new Float64Array(25).fill(Number.NaN), 5, 4).every(Number.isNaN)).toBe(true);
  });
});
