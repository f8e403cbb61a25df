import type { Shape } from '../../model/model-spec';

/** An array of numbers in a file, read where it lies. */
export interface NumericArray {
  readonly shape: Shape;
  /** Number of elements. */
  readonly size: number;
  /** The element at an index of row-major order. */
  readonly at: (index: number) => number;
}
