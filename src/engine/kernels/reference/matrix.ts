/**
 * Matrix products by their definition. `aStart`, `bStart`, `cStart`: first elements, so that a walk through time can
 * work on one step.
 */
import type { MatrixKernels } from '../matrix-kernels';

export type Numbers = Float32Array | Float64Array;

/** c[m, n] = a[m, k] b[k, n] */
export function multiply(
  a: Numbers,
  aStart: number,
  b: Numbers,
  bStart: number,
  c: Numbers,
  cStart: number,
  m: number,
  n: number,
  k: number,
  accumulate: boolean,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = accumulate ? c[cStart + i * n + j] : 0;
      for (let l = 0; l < k; l++) sum += a[aStart + i * k + l] * b[bStart + l * n + j];
      c[cStart + i * n + j] = sum;
    }
  }
}

/** c[m, n] = a[m, k] b[n, k]ᵀ */
export function multiplyTransposedB(
  a: Numbers,
  aStart: number,
  b: Numbers,
  bStart: number,
  c: Numbers,
  cStart: number,
  m: number,
  n: number,
  k: number,
  accumulate: boolean,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = accumulate ? c[cStart + i * n + j] : 0;
      for (let l = 0; l < k; l++) sum += a[aStart + i * k + l] * b[bStart + j * k + l];
      c[cStart + i * n + j] = sum;
    }
  }
}

/** c[m, n] = a[k, m]ᵀ b[k, n] */
export function multiplyTransposedA(
  a: Numbers,
  aStart: number,
  b: Numbers,
  bStart: number,
  c: Numbers,
  cStart: number,
  m: number,
  n: number,
  k: number,
  accumulate: boolean,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = accumulate ? c[cStart + i * n + j] : 0;
      for (let l = 0; l < k; l++) sum += a[aStart + l * m + i] * b[bStart + l * n + j];
      c[cStart + i * n + j] = sum;
    }
  }
}

/** The same product of `count` matrices that lie one after another. */
function each(product: typeof multiply): MatrixKernels['matmulEach'] {
  return (a, b, c, count, m, n, k) => {
    for (let i = 0; i < count; i++) product(a.data, i * m * k, b.data, i * k * n, c.data, i * m * n, m, n, k, false);
  };
}

export const matrixKernels: MatrixKernels = {
  matmul: (a, b, c, m, n, k, accumulate) => multiply(a.data, 0, b.data, 0, c.data, 0, m, n, k, accumulate),
  matmulTransposedB: (a, b, c, m, n, k, accumulate) =>
    multiplyTransposedB(a.data, 0, b.data, 0, c.data, 0, m, n, k, accumulate),
  matmulTransposedA: (a, b, c, m, n, k, accumulate) =>
    multiplyTransposedA(a.data, 0, b.data, 0, c.data, 0, m, n, k, accumulate),
  matmulEach: each(multiply),
  matmulEachTransposedB: each(multiplyTransposedB),
  matmulEachTransposedA: each(multiplyTransposedA),
};
