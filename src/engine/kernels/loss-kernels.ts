import type { IdBuffer, NumberBuffer, Out } from './buffers';

/**
 * Losses: the mean over the first `rows` rows (or `count` elements) of a buffer that may be longer, returned in double
 * precision; `…Backward` writes the gradient of `scale` times that mean (rows beyond are not touched).
 */
/**
 * `ignored` is a class whose rows do not count (PyTorch's `ignore_index`), such as that of padding; -1 where all do. A
 * mean over no rows is NaN.
 */
export interface LossKernels {
  /**
   * mean_r (log Σ_j exp(x[r, j]) - x[r, target[r]]), over rows that count; also writes softmax(x) to `probabilities`,
   * which may not be x.
   */
  crossEntropy(
    x: NumberBuffer,
    target: IdBuffer,
    probabilities: Out<NumberBuffer>,
    rows: number,
    classes: number,
    ignored: number,
  ): number;
  /**
   * dx[r, j] = scale (probabilities[r, j] - [j = target[r]]) / (rows that count), 0 in those that do not; dx may be
   * probabilities.
   */
  crossEntropyBackward(
    probabilities: NumberBuffer,
    target: IdBuffer,
    dx: Out<NumberBuffer>,
    rows: number,
    classes: number,
    scale: number,
    ignored: number,
  ): void;
  /** Mean of l(x[i], target[i]); `kind` is one of the losses below, `delta` is huber's. */
  elementwiseLoss(kind: ElementwiseLoss, x: NumberBuffer, target: NumberBuffer, count: number, delta: number): number;
  /** dx[i] = scale l'(x[i], target[i]) / count */
  elementwiseLossBackward(
    kind: ElementwiseLoss,
    x: NumberBuffer,
    target: NumberBuffer,
    dx: Out<NumberBuffer>,
    count: number,
    delta: number,
    scale: number,
  ): void;
  /**
   * How many rows have their (first) largest element at target[r]; where some do not count, times rows / (rows that
   * do), so that the share of right ones is that among those that count.
   */
  countRightClasses(x: NumberBuffer, target: IdBuffer, rows: number, classes: number, ignored: number): number;
  /** How many elements have x[i] > 0 where target[i] > 0.5, and x[i] <= 0 elsewhere; a NaN is never right. */
  countRightSigns(x: NumberBuffer, target: NumberBuffer, count: number): number;
}

/**
 * With e = x - target: `mse` e², `mae` |e| (gradient 0 at 0), `huber` e² / 2 where |e| <= delta, else delta (|e| -
 * delta / 2), `binary-cross-entropy` on logits max(x, 0) - x target + log(1 + exp(-|x|)).
 */
export type ElementwiseLoss = 'mse' | 'mae' | 'huber' | 'binary-cross-entropy';
