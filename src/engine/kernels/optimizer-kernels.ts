/**
 * One parameter's update. p: parameter, g: its gradient (read only), n elements. Before anything else, and only in the
 * kernel's own arithmetic, g stands for g + weightDecay p. State buffers start at zero; `step` counts from 1. Each
 * returns the Euclidean norm of the change really made, new p minus old p as stored. Formulas: PyTorch's, in
 * `optimizers/`.
 */
import type { NumberBuffer, Out } from './buffers';

export interface OptimizerKernels {
  /**
   * Plain descent where `velocity` is undefined: p -= rate g. Else b = momentum b + g (step 1: b = g), p -= rate
   * (nesterov ? g + momentum b : b).
   */
  sgd(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    velocity: Out<NumberBuffer> | undefined,
    step: number,
    rate: number,
    weightDecay: number,
    momentum: number,
    nesterov: boolean,
  ): number;
  /**
   * v = alpha v + (1 - alpha) g²; u = g / (sqrt(v) + epsilon); p -= rate u, or with `velocity` b = momentum b + u, p -=
   * rate b.
   */
  rmsprop(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    square: Out<NumberBuffer>,
    velocity: Out<NumberBuffer> | undefined,
    rate: number,
    weightDecay: number,
    alpha: number,
    epsilon: number,
    momentum: number,
  ): number;
  /** s += g²; p -= rate g / (sqrt(s) + epsilon) */
  adagrad(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    sum: Out<NumberBuffer>,
    rate: number,
    weightDecay: number,
    epsilon: number,
  ): number;
  /**
   * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²;
   * p -= rate / (1 - beta1^step) m / (sqrt(v) / sqrt(1 - beta2^step) + epsilon).
   * `decoupled` (AdamW): weightDecay does not enter g; instead first p *= 1 - rate weightDecay.
   */
  adam(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    mean: Out<NumberBuffer>,
    square: Out<NumberBuffer>,
    step: number,
    rate: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decoupled: boolean,
  ): number;
  /**
   * The penalty l1 Σ |p| + l2 Σ p², returned; its gradient is added: g += l1 sign(p) + 2 l2 p (sign(0) = 0).
   */
  penalty(p: NumberBuffer, g: Out<NumberBuffer>, l1: number, l2: number): number;
}
