import type { NumberBuffer, Out } from './buffers';

/** C = A B in its three layouts; `accumulate` makes it C += A B. m, n: rows and columns of C; k: the summed axis. */
export interface MatrixKernels {
  /** c[m, n] = a[m, k] b[k, n] */
  matmul(
    a: NumberBuffer,
    b: NumberBuffer,
    c: Out<NumberBuffer>,
    m: number,
    n: number,
    k: number,
    accumulate: boolean,
  ): void;
  /** c[m, n] = a[m, k] b[n, k]ᵀ: a linear layer's forward pass, b being its weight. */
  matmulTransposedB(
    a: NumberBuffer,
    b: NumberBuffer,
    c: Out<NumberBuffer>,
    m: number,
    n: number,
    k: number,
    accumulate: boolean,
  ): void;
  /** c[m, n] = a[k, m]ᵀ b[k, n]: a linear layer's weight gradient. */
  matmulTransposedA(
    a: NumberBuffer,
    b: NumberBuffer,
    c: Out<NumberBuffer>,
    m: number,
    n: number,
    k: number,
    accumulate: boolean,
  ): void;
  /** `matmul` of `count` matrices one after another: c[count, m, n] = a[count, m, k] b[count, k, n]. */
  matmulEach(
    a: NumberBuffer,
    b: NumberBuffer,
    c: Out<NumberBuffer>,
    count: number,
    m: number,
    n: number,
    k: number,
  ): void;
  /** c[count, m, n] = a[count, m, k] b[count, n, k]ᵀ */
  matmulEachTransposedB(
    a: NumberBuffer,
    b: NumberBuffer,
    c: Out<NumberBuffer>,
    count: number,
    m: number,
    n: number,
    k: number,
  ): void;
  /** c[count, m, n] = a[count, k, m]ᵀ b[count, k, n] */
  matmulEachTransposedA(
    a: NumberBuffer,
    b: NumberBuffer,
    c: Out<NumberBuffer>,
    count: number,
    m: number,
    n: number,
    k: number,
  ): void;
}
