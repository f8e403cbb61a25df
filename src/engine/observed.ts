/** What of a graph is measured in every step that asks for it. */
import type { MeasureTensor, Tensor } from './tensor';

/** A layer output under observation. */
export interface ObservedLayer {
  readonly path: string;
  readonly output: Tensor;
  /** In the places of `OUTPUT_STATISTICS`. */
  readonly statistics: MeasureTensor;
  /** Norm of the loss gradient by the output; filled in by `differentiate`. */
  readonly gradientNorm: MeasureTensor;
}

/**
 * Norms of the states of one direction of a recurrent layer and of the gradients by them, one a time step in the order
 * of computation.
 */
export interface ObservedState {
  readonly path: string;
  readonly direction: 'forward' | 'reverse';
  /** Norm of the hidden state itself, to find the first step that is not finite. */
  readonly hiddenNorm: MeasureTensor;
  readonly hiddenGradient: MeasureTensor;
  readonly cellGradient?: MeasureTensor;
}
