/** Kernels of batch, layer and root mean square normalisation. */
import type { NumberBuffer, Out } from './buffers';

export interface NormalizationKernels {
  /**
   * Batch normalisation in training, over x[outer, channels, inner] (inner 1 for `[n, features]`), for each channel:
   * mean and biased variance over outer and inner; y = (x - mean) * inverseStd * weight + bias,
   * inverseStd = 1 / sqrt(variance + epsilon). Writes mean[channels] and inverseStd[channels] for the gradient, and
   * running = (1 - momentum) running + momentum batch, the running variance taking the unbiased one (n / (n - 1)).
   */
  batchNorm(
    x: NumberBuffer,
    weight: NumberBuffer,
    bias: NumberBuffer,
    y: Out<NumberBuffer>,
    mean: Out<NumberBuffer>,
    inverseStd: Out<NumberBuffer>,
    runningMean: Out<NumberBuffer>,
    runningVariance: Out<NumberBuffer>,
    outer: number,
    channels: number,
    inner: number,
    momentum: number,
    epsilon: number,
  ): void;
  /** The same outside training: normalises by the running statistics and leaves them alone. */
  batchNormInference(
    x: NumberBuffer,
    weight: NumberBuffer,
    bias: NumberBuffer,
    y: Out<NumberBuffer>,
    runningMean: NumberBuffer,
    runningVariance: NumberBuffer,
    outer: number,
    channels: number,
    inner: number,
    epsilon: number,
  ): void;
  /**
   * With n = outer * inner and h = (x - mean) inverseStd:
   * dBias = Σ dy, dWeight = Σ dy h, dx = weight inverseStd (dy - dBias / n - h dWeight / n). dx may be dy.
   */
  batchNormBackward(
    x: NumberBuffer,
    weight: NumberBuffer,
    mean: NumberBuffer,
    inverseStd: NumberBuffer,
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    dWeight: Out<NumberBuffer>,
    dBias: Out<NumberBuffer>,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /** Layer normalisation of each row of x[rows, columns]: as above over the columns; mean[rows], inverseStd[rows]. */
  layerNorm(
    x: NumberBuffer,
    weight: NumberBuffer,
    bias: NumberBuffer,
    y: Out<NumberBuffer>,
    mean: Out<NumberBuffer>,
    inverseStd: Out<NumberBuffer>,
    rows: number,
    columns: number,
    epsilon: number,
  ): void;
  /**
   * With h = (x - mean) inverseStd and g = dy weight: dBias[c] = Σ_r dy, dWeight[c] = Σ_r dy h,
   * dx = inverseStd (g - mean_c(g) - h mean_c(g h)). dx may be dy.
   */
  layerNormBackward(
    x: NumberBuffer,
    weight: NumberBuffer,
    mean: NumberBuffer,
    inverseStd: NumberBuffer,
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    dWeight: Out<NumberBuffer>,
    dBias: Out<NumberBuffer>,
    rows: number,
    columns: number,
  ): void;
  /** Of each row of x[rows, columns]: y = x inverseRms weight, inverseRms[rows] = 1 / sqrt(mean_c(x²) + epsilon). */
  rmsNorm(
    x: NumberBuffer,
    weight: NumberBuffer,
    y: Out<NumberBuffer>,
    inverseRms: Out<NumberBuffer>,
    rows: number,
    columns: number,
    epsilon: number,
  ): void;
  /**
   * With h = x inverseRms and g = dy weight: dWeight[c] = Σ_r dy h, dx = inverseRms (g - h mean_c(g h)). dx may be dy.
   */
  rmsNormBackward(
    x: NumberBuffer,
    weight: NumberBuffer,
    inverseRms: NumberBuffer,
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    dWeight: Out<NumberBuffer>,
    rows: number,
    columns: number,
  ): void;
}
