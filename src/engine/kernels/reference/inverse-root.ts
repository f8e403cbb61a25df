import { cubeRoot } from '../../elementary';
import { eigenDecomposition } from './eigen-decomposition';
import type { Numbers } from './matrix';

/** The root of order 2, 4, 6 or 8, with the same bits everywhere. */
export function evenRoot(x: number, order: number): number {
  const root = Math.sqrt(x);
  if (order === 2) return root;
  if (order === 6) return cubeRoot(root);
  return order === 4 ? Math.sqrt(root) : Math.sqrt(Math.sqrt(root));
}

/** The kernel `inverseRoot`: see `WholeOptimizerKernels`. */
export function inverseRoot(
  x: Numbers,
  root: Numbers,
  scratch: Float64Array,
  n: number,
  order: number,
  epsilon: number,
): void {
  const matrix = scratch.subarray(0, n * n);
  const vectors = scratch.subarray(n * n, 2 * n * n);
  const values = scratch.subarray(2 * n * n, 2 * n * n + n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j] = (x[i * n + j] + x[j * n + i]) / 2 + (i === j ? epsilon : 0);
  }
  eigenDecomposition(matrix, vectors, values, scratch.subarray(2 * n * n + n, 2 * n * n + 3 * n), n);
  matrix.fill(0);
  for (let m = 0; m < n; m++) {
    const factor = 1 / evenRoot(Math.max(values[m], epsilon), order);
    for (let i = 0; i < n; i++) {
      const scaled = factor * vectors[m * n + i];
      for (let j = 0; j <= i; j++) matrix[i * n + j] += scaled * vectors[m * n + j];
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) root[i * n + j] = root[j * n + i] = matrix[i * n + j]!;
}
