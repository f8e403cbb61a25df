/**
 * Everything the engine computes with numbers, as one interface with two implementations: `reference/` (plain loops,
 * float32 or float64, the definition) and `simd/` (WebAssembly, float32). A plan binds calls of these functions once
 * and replays them.
 *
 * Conventions: arrays are dense and row-major; `[a, b]` after a parameter is its shape; `=` overwrites and `+=` adds to
 * what is there. Unless a comment says "may be", no output overlaps an input. Sums that are returned or written to a
 * `MeasureBuffer` are taken in double precision. Nothing allocates. In float32 every kernel stores 0 in place of what
 * is below `FLUSH_BOUND`.
 */
import type { AttentionKernels } from './attention-kernels';
import type { ConvolutionKernels } from './convolution-kernels';
import type { Flush } from './flush';
import type { MapKernels, PlainMapKernels } from './map-kernels';
import type { NormalizationKernels } from './normalization-kernels';
import type { OptimizerKernels } from './optimizer-kernels';
import type { PlainKernels } from './plain-kernels';
import type { RecurrentKernels } from './recurrent-kernels';
import type { StatisticKernels } from './statistic-kernels';

/**
 * Numbers of the session's precision. The reference kernels use `data`, the WebAssembly ones `offset`; both are the
 * same memory.
 */
export interface NumberBuffer {
  /** First byte, from the start of the memory; a multiple of the element's size (whole tensors: of 64). */
  readonly offset: number;
  /** Elements. */
  readonly length: number;
  readonly data: Float32Array | Float64Array;
}

/** Token or class ids. */
export interface IdBuffer {
  readonly offset: number;
  readonly length: number;
  readonly data: Int32Array;
}

/** Measured values: always double precision. */
export interface MeasureBuffer {
  readonly offset: number;
  readonly length: number;
  readonly data: Float64Array;
}

/** C = A B in its three layouts; `accumulate` makes it C += A B. m, n: rows and columns of C; k: the summed axis. */
export interface MatrixKernels {
  /** c[m, n] = a[m, k] b[k, n] */
  matmul(a: NumberBuffer, b: NumberBuffer, c: NumberBuffer, m: number, n: number, k: number, accumulate: boolean): void;
  /** c[m, n] = a[m, k] b[n, k]ᵀ: a linear layer's forward pass, b being its weight. */
  matmulTransposedB(
    a: NumberBuffer,
    b: NumberBuffer,
    c: NumberBuffer,
    m: number,
    n: number,
    k: number,
    accumulate: boolean,
  ): void;
  /** c[m, n] = a[k, m]ᵀ b[k, n]: a linear layer's weight gradient. */
  matmulTransposedA(
    a: NumberBuffer,
    b: NumberBuffer,
    c: NumberBuffer,
    m: number,
    n: number,
    k: number,
    accumulate: boolean,
  ): void;
  /** `matmul` of `count` matrices one after another: c[count, m, n] = a[count, m, k] b[count, k, n]. */
  matmulEach(a: NumberBuffer, b: NumberBuffer, c: NumberBuffer, count: number, m: number, n: number, k: number): void;
  /** c[count, m, n] = a[count, m, k] b[count, n, k]ᵀ */
  matmulEachTransposedB(
    a: NumberBuffer,
    b: NumberBuffer,
    c: NumberBuffer,
    count: number,
    m: number,
    n: number,
    k: number,
  ): void;
  /** c[count, m, n] = a[count, k, m]ᵀ b[count, k, n] */
  matmulEachTransposedA(
    a: NumberBuffer,
    b: NumberBuffer,
    c: NumberBuffer,
    count: number,
    m: number,
    n: number,
    k: number,
  ): void;
}

/**
 * Activations that act on each element alone; `softmax` has kernels of its own. Formulas: `reference/activations.ts`.
 */
export type ElementwiseActivation =
  | 'identity'
  | 'relu'
  | 'leaky-relu'
  | 'elu'
  | 'selu'
  | 'gelu'
  | 'gelu-tanh'
  | 'silu'
  | 'mish'
  | 'sigmoid'
  | 'hard-sigmoid'
  | 'tanh'
  | 'hard-tanh'
  | 'softplus'
  | 'softsign'
  | 'relu6'
  | 'exponential'
  | 'hard-swish'
  | 'log-sigmoid';

/** What each activation's gradient is computed from: its input or its output. */
export const ACTIVATION_READS: Readonly<Record<ElementwiseActivation, 'input' | 'output'>> = {
  identity: 'output',
  relu: 'output',
  'leaky-relu': 'output',
  elu: 'output',
  selu: 'output',
  gelu: 'input',
  'gelu-tanh': 'input',
  silu: 'input',
  mish: 'input',
  sigmoid: 'output',
  'hard-sigmoid': 'output',
  tanh: 'output',
  'hard-tanh': 'output',
  softplus: 'input',
  softsign: 'output',
  relu6: 'output',
  exponential: 'output',
  'hard-swish': 'input',
  'log-sigmoid': 'input',
};

export interface ElementwiseKernels {
  /** x[i] = value */
  fill(x: NumberBuffer, value: number): void;
  /** y[i] = x[i] */
  copy(x: NumberBuffer, y: NumberBuffer): void;
  /** y[i] = a[i] + b[i]; y may be a or b. */
  add(a: NumberBuffer, b: NumberBuffer, y: NumberBuffer): void;
  /** y[i] = a[i] b[i]; y may be a or b. */
  multiply(a: NumberBuffer, b: NumberBuffer, y: NumberBuffer): void;
  /** x[i] *= factor */
  scale(x: NumberBuffer, factor: number): void;
  /** x[i] = min(max(x[i], -limit), limit); NaN stays NaN. */
  clamp(x: NumberBuffer, limit: number): void;
  /**
   * z[r, c] += bias[c], then y = f(z). z[rows, columns] keeps the sum (the gradient of some activations reads it); y
   * may be z.
   */
  activate(
    kind: ElementwiseActivation,
    z: NumberBuffer,
    bias: NumberBuffer | undefined,
    y: NumberBuffer,
    rows: number,
    columns: number,
  ): void;
  /**
   * z[r, c] += bias[c], then y = f(z), and z = f'(z) in its place, so that the backward pass only multiplies. Of
   * activations whose gradient reads their input (`ACTIVATION_READS`); y may not be z.
   */
  activateKeepingSlope(
    kind: ElementwiseActivation,
    z: NumberBuffer,
    bias: NumberBuffer | undefined,
    y: NumberBuffer,
    rows: number,
    columns: number,
  ): void;
  /** dx[i] = dy[i] f'(x[i]); `saved` is f's output or its input, as `ACTIVATION_READS[kind]` says. dx may be dy. */
  activateBackward(kind: ElementwiseActivation, saved: NumberBuffer, dy: NumberBuffer, dx: NumberBuffer): void;
  /** y[r] = softmax(x[r]) over the columns, shifted by the row's maximum. */
  softmax(x: NumberBuffer, y: NumberBuffer, rows: number, columns: number): void;
  /** dx[r, c] = y[r, c] (dy[r, c] - Σ_j dy[r, j] y[r, j]) */
  softmaxBackward(y: NumberBuffer, dy: NumberBuffer, dx: NumberBuffer, rows: number, columns: number): void;
  /** y[c] = Σ_r x[r, c]: a bias gradient. `accumulate`: +=. */
  columnSums(x: NumberBuffer, y: NumberBuffer, rows: number, columns: number, accumulate: boolean): void;
  /**
   * Inverted dropout, which draws its mask anew from `key` and is its own gradient: y[i] = hash32(i * 0x9E3779B9 + key
   * mod 2^32) >= floor(rate * 2^32) ? x[i] / (1 - rate) : 0, with `hash32` of `hash.ts`.
   */
  dropout(x: NumberBuffer, y: NumberBuffer, rate: number, key: number): void;
}

export interface LayoutKernels {
  /**
   * y[yStart + r yStride + c] = x[xStart + r xStride + c] for r < rows, c < columns; starts and strides in elements.
   */
  copyRows(
    x: NumberBuffer,
    xStart: number,
    xStride: number,
    y: NumberBuffer,
    yStart: number,
    yStride: number,
    rows: number,
    columns: number,
  ): void;
  /**
   * y[t, b, :] = x[b, τ, xColumn .. xColumn + columns], τ = reverse ? time - 1 - t : t.
   * x[batch, time, xColumns], y[time, batch, columns].
   */
  toTimeMajor(
    x: NumberBuffer,
    y: NumberBuffer,
    batch: number,
    time: number,
    columns: number,
    xColumns: number,
    xColumn: number,
    reverse: boolean,
  ): void;
  /**
   * The way back: y[b, τ, yColumn + c] = x[t, b, c]; `accumulate`: +=. x[time, batch, columns], y[batch, time,
   * yColumns].
   */
  fromTimeMajor(
    x: NumberBuffer,
    y: NumberBuffer,
    batch: number,
    time: number,
    columns: number,
    yColumns: number,
    yColumn: number,
    reverse: boolean,
    accumulate: boolean,
  ): void;
  /** y[o, c] = (1 / middle) Σ_m x[o, m, c]. x[outer, middle, inner], y[outer, inner]. */
  meanOverMiddle(x: NumberBuffer, y: NumberBuffer, outer: number, middle: number, inner: number): void;
  /** dx[o, m, c] = dy[o, c] / middle */
  meanOverMiddleBackward(dy: NumberBuffer, dx: NumberBuffer, outer: number, middle: number, inner: number): void;
  /** y[i, :] = weight[ids[i], :]. weight[vocabulary, units], y[ids, units]. The session has checked that ids fit. */
  embed(ids: IdBuffer, weight: NumberBuffer, y: NumberBuffer, units: number): void;
  /** dWeight[ids[i], :] += dy[i, :] in order of i, on what is there. */
  embedBackward(ids: IdBuffer, dy: NumberBuffer, dWeight: NumberBuffer, units: number): void;
}

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
    probabilities: NumberBuffer,
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
    dx: NumberBuffer,
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
    dx: NumberBuffer,
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

export interface Kernels
  extends
    MatrixKernels,
    ConvolutionKernels,
    AttentionKernels,
    ElementwiseKernels,
    LayoutKernels,
    LossKernels,
    MapKernels,
    NormalizationKernels,
    RecurrentKernels,
    OptimizerKernels,
    StatisticKernels {}

/** All that an instruction may call: a set's kernels and the plain ones that serve every set. */
export interface CallableKernels extends Kernels, PlainKernels, PlainMapKernels {}

/** A kernel set with the memory it works on. */
export interface KernelSet {
  readonly name: 'reference' | 'simd';
  readonly kernels: Kernels;
  readonly memory: ArrayBuffer;
  /** First byte of the arena in `memory`, a multiple of 64: the bytes before it are the set's own. */
  readonly base: number;
  /** What `flush.ts` defines; the set's own kernels have flushed what they wrote. */
  readonly flush: Flush;
}

/**
 * `openReferenceKernels` (`reference/open-reference-kernels.ts`) and `openSimdKernels` (`simd/open-simd-kernels.ts`).
 * Makes a kernel set whose memory holds an arena of so many bytes, zeroed. Throws a RangeError when the memory cannot
 * be had.
 */
export type OpenKernelSet = (arenaBytes: number) => KernelSet;
