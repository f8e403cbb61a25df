/**
 * Weighted losses, which exist once, as plain loops over typed arrays, and serve every kernel set. Conventions of
 * `LossKernels`.
 */
import type { IdBuffer, NumberBuffer, Out } from './buffers';

export interface PlainLossKernels {
  /**
   * PyTorch's cross-entropy with class weights w and label smoothing e: with p = softmax(x[r]), y = target[r], Σ_r [(1
   * - e) w[y] (-log p[y]) + e / classes Σ_j w[j] (-log p[j])] / Σ_r w[y]. Also writes p to `probabilities`, which may
   * not be x. weights[classes]; `ignored` as of `LossKernels`: its rows are in none of the sums.
   */
  weightedCrossEntropy(
    x: NumberBuffer,
    target: IdBuffer,
    weights: NumberBuffer,
    probabilities: Out<NumberBuffer>,
    rows: number,
    classes: number,
    smoothing: number,
    ignored: number,
  ): number;
  /** With q[j] = (1 - e) w[y] [j = y] + e / classes w[j]: dx[r, j] = (probabilities[r, j] Σ q - q[j]) / Σ_r w[y]. */
  weightedCrossEntropyBackward(
    probabilities: NumberBuffer,
    target: IdBuffer,
    weights: NumberBuffer,
    dx: Out<NumberBuffer>,
    rows: number,
    classes: number,
    smoothing: number,
    ignored: number,
  ): void;
  /**
   * PyTorch's `binary_cross_entropy_with_logits` with `pos_weight` w: mean of (1 - t) x + (1 + (w - 1) t) log(1 +
   * exp(-x)).
   */
  weightedBinaryCrossEntropy(x: NumberBuffer, target: NumberBuffer, count: number, posWeight: number): number;
  /** dx[i] = (1 - t - (1 + (w - 1) t) / (1 + exp(x))) / count */
  weightedBinaryCrossEntropyBackward(
    x: NumberBuffer,
    target: NumberBuffer,
    dx: Out<NumberBuffer>,
    count: number,
    posWeight: number,
  ): void;
  /** Keras's `mean_squared_logarithmic_error`: mean of (log(1 + max(x, 0)) - log(1 + t))². */
  squaredLogarithmicError(x: NumberBuffer, target: NumberBuffer, count: number): number;
  /** dx[i] = 2 (log(1 + x) - log(1 + t)) / ((1 + x) count) where x > 0, else 0. */
  squaredLogarithmicErrorBackward(x: NumberBuffer, target: NumberBuffer, dx: Out<NumberBuffer>, count: number): void;
}
