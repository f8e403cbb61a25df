import type { Random } from '../random';
import type { Target } from './distributions';

/**
 * A random matrix `[rows, columns]` whose rows (or columns, when there are fewer of them) are orthogonal with norm
 * `gain`, uniform over all such matrices (Saxe et al. 2014; Mezzadri 2007). Vectors of normal numbers are made
 * orthonormal by modified Gram-Schmidt, run twice so that they are orthogonal to rounding (Giraud et al. 2005). The
 * triangular factor's diagonal is positive by construction: the sign correction that a Householder factorisation needs
 * is already there.
 */
export function fillOrthogonal(target: Target, random: Random, rows: number, columns: number, gain: number): void {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    const drawn = norm(vector);
    removeProjections(vector, vectors);
    removeProjections(vector, vectors);
    const left = norm(vector);
    // A draw within the others' span leaves nothing but rounding: draw again.
    if (left > 1e-10 * drawn) vectors.push(vector.map(value => value / left));
  }
  const rowsAreVectors = rows <= columns;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = rowsAreVectors ? vectors[row][column] : vectors[column][row];
      target[row * columns + column] = gain * value;
    }
  }
}

/** Takes from `vector` its projections on each of `basis`, which is orthonormal, one after another. */
function removeProjections(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (const direction of basis) {
    let along = 0;
    for (let i = 0; i < vector.length; i++) along += vector[i] * direction[i];
    for (let i = 0; i < vector.length; i++) vector[i] -= along * direction[i];
  }
}

function norm(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
