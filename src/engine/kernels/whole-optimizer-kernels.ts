/**
 * Plain kernels of the optimizers for which a parameter is more than its elements: a matrix, or a part of all parameters. Their
 * matrix products are `MatrixKernels`.
 */
import type { NumberBuffer } from './kernels';

export interface WholeOptimizerKernels {
  /** p = (1 - decay) p - rate direction; returns the norm of the change as stored. */
  descend(p: NumberBuffer, direction: NumberBuffer, rate: number, decay: number): number;
  /**
   * b = momentum b + (1 - momentum) g; u = nesterov ? (1 - momentum) g + momentum b : b; x = u / max(‖u‖, epsilon), ‖u‖ over all
   * elements.
   */
  muonDirection(
    g: NumberBuffer, momentumBuffer: NumberBuffer, x: NumberBuffer, momentum: number, nesterov: boolean, epsilon: number,
  ): void;
  /** y = a I + b x + c y, where y is x² before. x[size, size], y[size, size] */
  quadraticPolynomial(x: NumberBuffer, y: NumberBuffer, size: number, a: number, b: number, c: number): void;
}
