/** Kernels of tensors of any shape: they walk up to six axes, with a stride per axis and operand. */
import type { NumberBuffer, Out } from './buffers';

/** One number per axis, the outermost first. Axes that are not needed have the size 1. */
export type SixAxes = [number, number, number, number, number, number];

/** What two numbers can be combined to; comparisons give 1 where they hold, else 0. */
export type Combination =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'maximum'
  | 'minimum'
  | 'greater'
  | 'greater-or-equal'
  | 'equal'
  /** The share of a in max(a, b): 1 where a is larger, 0 where it is smaller, 1/2 where they are equal. */
  | 'larger-share'
  /** a where b is not 0, else 0. */
  | 'where'
  /** a where b is 0, else 0. */
  | 'unless';

/** Functions of each element, with up to two constants p and q. */
export type ElementMap =
  /** p x + q */
  | 'affine'
  /** min(max(x, p), q); NaN stays NaN. */
  | 'clamp'
  | 'absolute'
  | 'square-root'
  | 'reciprocal-root'
  | 'reciprocal'
  | 'logarithm';

/** Maps whose gradient needs a kernel; that of `affine` is a multiple. */
export type CurvedMap = Exclude<ElementMap, 'affine'>;

/** What the gradient of each map is computed from: its input or its output. */
export const MAP_READS: Readonly<Record<CurvedMap, 'input' | 'output'>> = {
  clamp: 'input',
  absolute: 'input',
  'square-root': 'output',
  'reciprocal-root': 'output',
  reciprocal: 'output',
  logarithm: 'input',
};

export interface StridedKernels {
  /**
   * y[yStart + Σ i yStrides] = x[xStart + Σ i xStrides] for every place i of the sizes; `accumulate`: +=, one place
   * after another, so that several may fall on one element of y. A stride may be 0 or negative.
   */
  copyStrided(
    x: NumberBuffer,
    xStart: number,
    y: Out<NumberBuffer>,
    yStart: number,
    accumulate: boolean,
    ...axes: [...sizes: SixAxes, ...xStrides: SixAxes, ...yStrides: SixAxes]
  ): void;
  /** y[i] = a[Σ i aStrides] combined with b[Σ i bStrides]; y is dense over the sizes. */
  combine(
    kind: Combination,
    a: NumberBuffer,
    b: NumberBuffer,
    y: Out<NumberBuffer>,
    ...axes: [...sizes: SixAxes, ...aStrides: SixAxes, ...bStrides: SixAxes]
  ): void;
  /** y[i] = f(x[i]) */
  mapElements(kind: ElementMap, x: NumberBuffer, y: Out<NumberBuffer>, p: number, q: number): void;
  /** dx[i] = dy[i] f'(x[i]); `saved` is f's input or its output, as `MAP_READS[kind]` says. */
  mapElementsBackward(
    kind: CurvedMap,
    saved: NumberBuffer,
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    p: number,
    q: number,
  ): void;
  /** y[o, i] = Σ_m x[o, m, i], summed in double precision. x[outer, middle, inner] */
  sumMiddle(x: NumberBuffer, y: Out<NumberBuffer>, outer: number, middle: number, inner: number): void;
}
