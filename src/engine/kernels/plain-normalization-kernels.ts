/** Normalisations that exist once, as plain loops over typed arrays, and serve every kernel set. */
import type { NumberBuffer, Out } from './buffers';

export interface PlainNormalizationKernels {
  /** w[r, :] = g[r] v[r, :] / ‖v[r, :]‖. v and w [rows, columns], g[rows]. */
  weightNorm(v: NumberBuffer, g: NumberBuffer, w: Out<NumberBuffer>, rows: number, columns: number): void;
  /** With n = ‖v[r, :]‖: dg[r] = Σ_c dw v / n, dv = (g / n) (dw - v dg / n). */
  weightNormBackward(
    v: NumberBuffer,
    g: NumberBuffer,
    dw: NumberBuffer,
    dv: Out<NumberBuffer>,
    dg: Out<NumberBuffer>,
    rows: number,
    columns: number,
  ): void;
  /**
   * Group normalisation of x[outer, channels, inner] over equal parts of the channels: for each example and group, mean
   * and biased variance over its channels and inner; y = (x - mean) inverseStd weight[c] + bias[c], inverseStd = 1 /
   * sqrt(variance + epsilon). Writes mean and inverseStd [outer, groups] for the gradient.
   */
  groupNorm(
    x: NumberBuffer,
    weight: NumberBuffer,
    bias: NumberBuffer,
    y: Out<NumberBuffer>,
    mean: Out<NumberBuffer>,
    inverseStd: Out<NumberBuffer>,
    outer: number,
    channels: number,
    inner: number,
    groups: number,
    epsilon: number,
  ): void;
  /**
   * With h = (x - mean) inverseStd and d = dy weight[c]: dBias[c] = Σ dy, dWeight[c] = Σ dy h over outer and inner,
   * dx = inverseStd (d - mean_g(d) - h mean_g(d h)), mean_g being taken over the group. dx may be dy.
   */
  groupNormBackward(
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
    groups: number,
  ): void;
}
