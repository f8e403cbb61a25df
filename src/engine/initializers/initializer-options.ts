/**
 * How a parameter gets its first values, by name and parameters. `std` is a standard deviation, `gain` a factor on the
 * result.
 */
export type InitializerOptions =
  | { readonly type: 'zeros' | 'ones' }
  | {
      readonly type: 'glorot-uniform' | 'glorot-normal' | 'he-uniform' | 'he-normal' | 'lecun-uniform' | 'lecun-normal';
    }
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'normal' | 'truncated-normal'; readonly mean: number; readonly std: number }
  | { readonly type: 'uniform'; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'orthogonal' | 'identity'; readonly gain: number }
  | VarianceScaling;

/** See {@link varianceScaling}. */
export interface VarianceScaling {
  readonly type: 'variance-scaling';
  /** The variance is `scale` / fan. */
  readonly scale: number;
  readonly mode: 'fan-in' | 'fan-out' | 'fan-average';
  readonly distribution: 'uniform' | 'normal' | 'truncated-normal';
}
