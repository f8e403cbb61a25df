/** Plain kernels of tensors of any shape: seldom chosen, and never the bulk of a step. */
import type { IdBuffer, NumberBuffer, Out } from './buffers';

/** Functions of each element; `power` has an exponent. Sines are exact for |x| < 1e5. */
export type Curve = 'sine' | 'cosine' | 'error-function' | 'power';

/** What `noise` draws: uniform in [0, 1), or standard normal. */
export type NoiseKind = 'uniform' | 'normal';

export interface PlainTensorKernels {
  /** y[i] = f(x[i]) */
  curve(kind: Curve, x: NumberBuffer, y: Out<NumberBuffer>, exponent: number): void;
  /** dx[i] = dy[i] f'(x[i]) */
  curveBackward(kind: Curve, x: NumberBuffer, dy: NumberBuffer, dx: Out<NumberBuffer>, exponent: number): void;
  /** y[o, m, i] = the sum of x[o, l, i] over l <= m, or l >= m where `reverse`. x, y [outer, middle, inner] */
  cumulativeSum(
    x: NumberBuffer,
    y: Out<NumberBuffer>,
    outer: number,
    middle: number,
    inner: number,
    reverse: boolean,
  ): void;
  /** y[o, i] = Π_m x[o, m, i]. x[outer, middle, inner] */
  productMiddle(x: NumberBuffer, y: Out<NumberBuffer>, outer: number, middle: number, inner: number): void;
  /** dx[o, m, i] = dy[o, i] times the product of the others, zeros or not. */
  productMiddleBackward(
    x: NumberBuffer,
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    outer: number,
    middle: number,
    inner: number,
  ): void;
  /**
   * y[o, j, i] = x[o, id, i], the id at o idStrideO + j idStrideJ + i idStrideI. x[outer, middle, inner], y[outer,
   * count, inner]
   */
  gatherMiddle(
    x: NumberBuffer,
    ids: IdBuffer,
    y: Out<NumberBuffer>,
    outer: number,
    middle: number,
    count: number,
    inner: number,
    idStrideO: number,
    idStrideJ: number,
    idStrideI: number,
  ): void;
  /** The way back: x[o, id, i] += y[o, j, i], in order. */
  scatterAddMiddle(
    y: NumberBuffer,
    ids: IdBuffer,
    x: Out<NumberBuffer>,
    outer: number,
    middle: number,
    count: number,
    inner: number,
    idStrideO: number,
    idStrideJ: number,
    idStrideI: number,
  ): void;
  /** y[i, c] = 1 where c is ids[i], else 0. y[ids, classes] */
  oneHot(ids: IdBuffer, y: Out<NumberBuffer>, classes: number): void;
  /** Random numbers, functions of `key` and the index: drawn again, they are the same. */
  noise(kind: NoiseKind, y: Out<NumberBuffer>, key: number): void;
  /** x[0], as the value of a loss. */
  firstElement(x: NumberBuffer): number;
}
