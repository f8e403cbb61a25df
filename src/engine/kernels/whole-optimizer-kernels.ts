/**
 * Plain kernels of the optimizers for which a parameter is more than its elements: a matrix, or a part of all
 * parameters. Their matrix products are `MatrixKernels`.
 */
import type { MeasureBuffer, NumberBuffer, Out } from './buffers';

export interface WholeOptimizerKernels {
  /** p = (1 - decay) p - rate direction; returns the norm of the change as stored. */
  descend(p: Out<NumberBuffer>, direction: NumberBuffer, rate: number, decay: number): number;
  /**
   * b = momentum b + (1 - momentum) g; u = nesterov ? (1 - momentum) g + momentum b : b; x = u / max(‖u‖, epsilon), ‖u‖
   * over all elements.
   */
  muonDirection(
    g: NumberBuffer,
    momentumBuffer: Out<NumberBuffer>,
    x: Out<NumberBuffer>,
    momentum: number,
    nesterov: boolean,
    epsilon: number,
  ): void;
  /** y = a I + b x + c y, where y is x² before. x[size, size], y[size, size] */
  quadraticPolynomial(x: NumberBuffer, y: Out<NumberBuffer>, size: number, a: number, b: number, c: number): void;
  /** y[j] += the squares of x[o, j, i] over o and i. x[outer, size, inner], y[size] */
  addAxisSquares(x: NumberBuffer, y: Out<NumberBuffer>, outer: number, size: number, inner: number): void;
  /** x[o, j, i] *= (y[j] + epsilon)^(-1 / order), order 2, 4, 6 or 8. x[outer, size, inner], y[size] */
  scaleAxis(
    x: Out<NumberBuffer>,
    y: NumberBuffer,
    outer: number,
    size: number,
    inner: number,
    order: number,
    epsilon: number,
  ): void;
  /**
   * root = (x + epsilon I)^(-1 / order) of a symmetric positive semidefinite matrix, order 2, 4, 6 or 8, by its
   * eigenvalues, none of which is taken for less than epsilon; nothing where `due` is 0. x, root [size, size]; scratch
   * [2 size² + 3 size] and above
   */
  inverseRoot(
    x: NumberBuffer,
    root: Out<NumberBuffer>,
    scratch: Out<MeasureBuffer>,
    size: number,
    order: number,
    epsilon: number,
    due: number,
  ): void;
  /** y = g + weightDecay p */
  decayedGradient(p: NumberBuffer, g: NumberBuffer, y: Out<NumberBuffer>, weightDecay: number): void;
  /**
   * One iteration of L-BFGS: writes to `step` what is to be added to all parameters. g, previous (gradient), step [n]
   * hold what the last call left; steps, changes [pairs, n] are rings of the kept pairs; memory [4 + 2 pairs] starts at
   * zero and holds iterations, pairs kept, place of the oldest, y·s / y·y of the latest, 1 / y·s by place, and scratch.
   * Step 0 where no element of g is above `toleranceGradient`, or g times the step of rate 1 above -`toleranceChange`.
   * Sums are taken in double precision.
   */
  lbfgs(
    g: NumberBuffer,
    previous: Out<NumberBuffer>,
    step: Out<NumberBuffer>,
    steps: Out<NumberBuffer>,
    changes: Out<NumberBuffer>,
    memory: Out<MeasureBuffer>,
    rate: number,
    toleranceGradient: number,
    toleranceChange: number,
  ): void;
}
