/** What the engine measures of a training step. */

/**
 * What a step measured. The arrays are the session's own and overwritten by the next step: copy what is to be kept.
 * Order of layers: `graph.layers`; of parameters: `graph.parameters`. What a step did not measure is NaN.
 */
export interface StepMeasurements {
  /** With penalties. */
  readonly loss: number;
  /** Share of the loss that l1 and l2 regularization make. */
  readonly penalty: number;
  /** Right answers over answers; undefined where the loss has no classes. */
  readonly accuracy: number | undefined;
  /** Norm of the whole gradient before clipping. */
  readonly gradientNorm: number;
  /** Norm after clipping over norm before. */
  readonly clipFactor: number;
  /** NaN for a parameter that is not trained. */
  readonly parameterGradientNorms: Float64Array;
  /** Before the update. */
  readonly parameterNorms: Float64Array;
  /** 0 for a parameter that is not trained. */
  readonly updateNorms: Float64Array;
  readonly outputMean: Float64Array;
  readonly outputStd: Float64Array;
  readonly outputLargest: Float64Array;
  readonly zeroShare: Float64Array;
  readonly deadShare: Float64Array;
  readonly saturatedShare: Float64Array;
  readonly outputGradientNorms: Float64Array;
  /** By the graph's input named `input`; NaN where that is token ids. */
  readonly inputGradientNorm: number;
  /** One for each direction of each recurrent layer; empty where not measured. In the order of the sequence. */
  readonly stateGradients: readonly StateGradientNorms[];
  /** Where loss, gradient or update was not finite. */
  readonly nonFinite: NonFinite | undefined;
  /** Of a probed step whose update was finite. */
  readonly updateEffect: UpdateEffect | undefined;
  /** Of the step after a probed one: this batch's gradient against that of the batch before, at the same parameters. */
  readonly gradientPair: GradientPair | undefined;
}

/** The batch of a step once more after its update, with the same dropout masks. */
export interface UpdateEffect {
  /** With penalties. */
  readonly loss: number;
  /**
   * Gradient before the update (and before clipping) times the change of the parameters: the loss's slope over the
   * update.
   */
  readonly slopeBefore: number;
  /** The same with the gradient after the update. Less `slopeBefore` it is the curvature over the update. */
  readonly slopeAfter: number;
  /**
   * Square of the change in the metric of the optimizer's preconditioner, which multipliers of the rate are a part of;
   * NaN where it has no diagonal one.
   */
  readonly preconditionedSquare: number;
}

/** Two batches' gradients at the same parameters, before clipping. */
export interface GradientPair {
  /** Scalar product of the two. */
  readonly product: number;
  /** Norm of the other batch's gradient; that of this batch is `gradientNorm`. */
  readonly otherNorm: number;
}

export interface StateGradientNorms {
  /** Path of the layer. */
  readonly path: string;
  readonly direction: 'forward' | 'reverse';
  /** `[time]` */
  readonly hidden: Float64Array;
  /** lstm only. */
  readonly cell: Float64Array | undefined;
}

/** The first place, in the order of computation, where a value was not finite. */
export interface NonFinite {
  readonly direction: 'forward' | 'loss' | 'backward' | 'update';
  /** Path of the layer; '' where it was the loss itself. */
  readonly path: string;
  readonly kind: 'nan' | 'infinity';
  /** Of a recurrent layer: the first such time step in the order of computation, as a position in the sequence. */
  readonly timeStep: number | undefined;
}
