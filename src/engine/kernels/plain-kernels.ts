/**
 * Kernels that exist once, as plain loops over typed arrays, and serve every set: seldom chosen, and never the bulk of
 * a step. Conventions of `OptimizerKernels`: g stands for g + weightDecay p, and the norm of the change is returned.
 */
import type { IdBuffer, NumberBuffer, Out } from './buffers';
import type { PlainLossKernels } from './plain-loss-kernels';
import type { PlainNormalizationKernels } from './plain-normalization-kernels';
import type { PlainTensorKernels } from './plain-tensor-kernels';
import type { WholeOptimizerKernels } from './whole-optimizer-kernels';

export interface PlainKernels
  extends PlainLossKernels, PlainNormalizationKernels, PlainTensorKernels, WholeOptimizerKernels {
  /** v = rho v + (1 - rho) g²; d = g sqrt(a + epsilon) / sqrt(v + epsilon); a = rho a + (1 - rho) d²; p -= rate d. */
  adadelta(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    square: Out<NumberBuffer>,
    change: Out<NumberBuffer>,
    rate: number,
    weightDecay: number,
    rho: number,
    epsilon: number,
  ): number;
  /** First p *= 1 - rate weightDecay; p -= rate sign(beta1 m + (1 - beta1) g); m = beta2 m + (1 - beta2) g. */
  lion(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    mean: Out<NumberBuffer>,
    rate: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
  ): number;
  /** m = beta1 m + (1 - beta1) g; u = max(beta2 u, |g| + epsilon); p -= rate / (1 - beta1^step) m / u. */
  adamax(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    mean: Out<NumberBuffer>,
    largest: Out<NumberBuffer>,
    step: number,
    rate: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): number;
  /** Adam with the largest v so far in place of v. */
  amsgrad(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    mean: Out<NumberBuffer>,
    square: Out<NumberBuffer>,
    largest: Out<NumberBuffer>,
    step: number,
    rate: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): number;
  /** Adam's m and v; p -= (gradientRate g + meanRate m) / (sqrt(v / (1 - beta2^step)) + epsilon). */
  nadam(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    mean: Out<NumberBuffer>,
    square: Out<NumberBuffer>,
    step: number,
    gradientRate: number,
    meanRate: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): number;
  /**
   * Adam's m and v; with m' = m / (1 - beta1^step): p -= rate m' where `rectification` is 0, else
   * p -= rate m' rectification sqrt(1 - beta2^step) / (sqrt(v) + epsilon).
   */
  radam(
    p: Out<NumberBuffer>,
    g: NumberBuffer,
    mean: Out<NumberBuffer>,
    square: Out<NumberBuffer>,
    step: number,
    rate: number,
    rectification: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): number;
  /**
   * Scales each row of g[rows, columns] whose norm exceeds limit = factor max(norm of the row of p, 1e-3) to that
   * limit.
   */
  clipRows(p: NumberBuffer, g: Out<NumberBuffer>, rows: number, columns: number, factor: number): void;
  /**
   * The gradient by an lstm's initial cell state, from `lstmBackward`'s gradient by the first: dInitial = dCells f.
   * dCells, dInitial [batch, units]; gates [batch, 4 units], activated.
   */
  lstmInitialCellGradient(
    dCells: NumberBuffer,
    gates: NumberBuffer,
    dInitial: Out<NumberBuffer>,
    batch: number,
    units: number,
  ): void;
  /** y[o, c, i] = x where x > 0, else slope[c] x. x[outer, channels, inner], slope[channels] */
  prelu(
    x: NumberBuffer,
    slope: NumberBuffer,
    y: Out<NumberBuffer>,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /** dx = dy where x > 0, else slope[c] dy; dSlope[c] = the sum of x dy where x is not above 0, in double precision. */
  preluBackward(
    x: NumberBuffer,
    slope: NumberBuffer,
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    dSlope: Out<NumberBuffer>,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /** y[t, b] = ids[b, reverse ? time - 1 - t : t]: `toTimeMajor` of token ids. ids[batch, time], y[time, batch] */
  idsToTimeMajor(ids: IdBuffer, y: Out<IdBuffer>, batch: number, time: number, reverse: boolean): void;
}
