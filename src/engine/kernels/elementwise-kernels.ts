import type { NumberBuffer, Out } from './buffers';
import type { ElementwiseActivation } from './elementwise-activation';

export interface ElementwiseKernels {
  /** x[i] = value */
  fill(x: Out<NumberBuffer>, value: number): void;
  /** y[i] = x[i] */
  copy(x: NumberBuffer, y: Out<NumberBuffer>): void;
  /** y[i] = a[i] + b[i]; y may be a or b. */
  add(a: NumberBuffer, b: NumberBuffer, y: Out<NumberBuffer>): void;
  /** y[i] = a[i] b[i]; y may be a or b. */
  multiply(a: NumberBuffer, b: NumberBuffer, y: Out<NumberBuffer>): void;
  /** x[i] *= factor */
  scale(x: Out<NumberBuffer>, factor: number): void;
  /** x[i] = min(max(x[i], -limit), limit); NaN stays NaN. */
  clamp(x: Out<NumberBuffer>, limit: number): void;
  /**
   * z[r, c] += bias[c], then y = f(z). z[rows, columns] keeps the sum (the gradient of some activations reads it); y
   * may be z.
   */
  activate(
    kind: ElementwiseActivation,
    z: Out<NumberBuffer>,
    bias: NumberBuffer | undefined,
    y: Out<NumberBuffer>,
    rows: number,
    columns: number,
  ): void;
  /**
   * z[r, c] += bias[c], then y = f(z), and z = f'(z) in its place, so that the backward pass only multiplies. Of
   * activations whose gradient reads their input (`ACTIVATION_READS`); y may not be z.
   */
  activateKeepingSlope(
    kind: ElementwiseActivation,
    z: Out<NumberBuffer>,
    bias: NumberBuffer | undefined,
    y: Out<NumberBuffer>,
    rows: number,
    columns: number,
  ): void;
  /** dx[i] = dy[i] f'(x[i]); `saved` is f's output or its input, as `ACTIVATION_READS[kind]` says. dx may be dy. */
  activateBackward(kind: ElementwiseActivation, saved: NumberBuffer, dy: NumberBuffer, dx: Out<NumberBuffer>): void;
  /** y[r] = softmax(x[r]) over the columns, shifted by the row's maximum. */
  softmax(x: NumberBuffer, y: Out<NumberBuffer>, rows: number, columns: number): void;
  /** dx[r, c] = y[r, c] (dy[r, c] - Σ_j dy[r, j] y[r, j]) */
  softmaxBackward(y: NumberBuffer, dy: NumberBuffer, dx: Out<NumberBuffer>, rows: number, columns: number): void;
  /** y[c] = Σ_r x[r, c]: a bias gradient. `accumulate`: +=. */
  columnSums(x: NumberBuffer, y: Out<NumberBuffer>, rows: number, columns: number, accumulate: boolean): void;
  /**
   * Inverted dropout, which draws its mask anew from `key` and is its own gradient: y[i] = hash32(i * 0x9E3779B9 + key
   * mod 2^32) >= floor(rate * 2^32) ? x[i] / (1 - rate) : 0, with `hash32` of `hash.ts`.
   */
  dropout(x: NumberBuffer, y: Out<NumberBuffer>, rate: number, key: number): void;
}
