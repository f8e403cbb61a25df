/**
 * The report of a training run: its layout once, then a record a step. The meeting point of `training/` and `history/`.
 */
import type { ActivationName, LayerType, Shape } from '../model/model-spec';

/** One layer as recorded, in forward order; a residual stands after the layers inside it. */
export interface LayerLayout {
  /** Dotted path of names, e.g. `block1.up`. */
  readonly path: string;
  readonly type: LayerType;
  /** Activation of the layer; for a recurrent layer, the one inside the recurrence. */
  readonly activation: ActivationName;
  readonly outputShape: Shape;
  /**
   * Indices of the layers whose outputs it is computed from, -1 for the model's input: its inputs or, of a residual,
   * the ends of its layers and of its shortcut.
   */
  readonly inputs: readonly number[];
  /**
   * Indices into `RunLayout.parameters`, those that a layer with tied weights shares included; empty for a layer
   * without any.
   */
  readonly parameters: readonly number[];
  /** Index of the enclosing residual in `RunLayout.layers`, or -1. */
  readonly parent: number;
  /** Length of the sequence of a recurrent layer. */
  readonly timeSteps?: number;
}

export interface ParameterLayout {
  /** PyTorch's name, e.g. `memory.weight_hh_l0`. */
  readonly name: string;
  /** Index into `RunLayout.layers`: the layer that owns it. */
  readonly layer: number;
  readonly shape: Shape;
  readonly role: 'kernel' | 'recurrent' | 'bias' | 'scale' | 'embedding';
  /** Whether it is updated. */
  readonly trainable: boolean;
  /** Its rate is that of the record times this. */
  readonly learningRateMultiplier: number;
}

/** Statistics of all input values of the training examples, as the first layer gets them. */
export interface InputStatistics {
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
}

/**
 * Statistics of the numbers that a regression is to predict, or the labels of yes or no, over the training examples.
 */
export interface TargetStatistics {
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Who trained and measured a run: the engine of this extension, or a recorder in another framework. */
export type MeasuredBy =
  | {
      readonly kind: 'engine';
      /** Bytes of the arena that the plan asked for. */
      readonly arenaBytes: number;
      /** `simd` (WebAssembly), or `reference` (plain TypeScript) where it was asked for. */
      readonly kernels: 'simd' | 'reference';
    }
  | { readonly kind: 'recorder'; readonly name: string; readonly version: string };

export interface RunLayout {
  readonly layers: readonly LayerLayout[];
  readonly parameters: readonly ParameterLayout[];
  /** The task in words for the panel: "adding problem, 1024 examples of 100 time steps". */
  readonly task: string;
  readonly trainingExamples: number;
  readonly validationExamples: number;
  /** Absent for token ids. */
  readonly inputStatistics?: InputStatistics;
  /** Absent for class ids. */
  readonly targetStatistics?: TargetStatistics;
  /**
   * Loss over the training examples, without regularization, of the best prediction that is the same for every example:
   * the variance of the targets, the entropy of the class frequencies. A network that does no better has learned
   * nothing.
   */
  readonly trivialLoss?: number;
  /** Steps the run is to take. */
  readonly steps: number;
  readonly measuredBy: MeasuredBy;
}

/** Norms of the loss gradient by the states of one recurrent layer, one a time step, in the order of the sequence. */
export interface StateGradients {
  /** Index into `RunLayout.layers`. */
  readonly layer: number;
  readonly direction: 'forward' | 'reverse';
  /** By the hidden state: the total derivative, through the output and all later steps. `[time]` */
  readonly hidden: Float64Array;
  /** By the cell state; lstm only. `[time]` */
  readonly cell?: Float64Array;
}

/** Where the first value that is not finite came from. */
export interface NonFiniteOrigin {
  readonly direction: 'forward' | 'backward' | 'loss' | 'update';
  /** Index into `RunLayout.layers`, or -1 where the loss itself was first. */
  readonly layer: number;
  readonly kind: 'nan' | 'infinity';
  /** First such time step of a recurrent layer, in the order of computation. */
  readonly timeStep?: number;
}

/** Training loss and accuracy over held-back examples; measured every few steps, and at the last one. */
export interface ValidationRecord {
  readonly loss: number;
  /** Share of right answers, for classification. */
  readonly accuracy?: number;
}

/** The effect of an update on the loss of its own batch, dropout and all being the same. */
export interface UpdateEffect {
  /** Loss of the batch after the update. */
  readonly loss: number;
  /** Gradient before the update and before clipping, times the update: negative where the update goes downhill. */
  readonly slopeBefore: number;
  /** The same with the gradient after the update. Less `slopeBefore` it is the curvature over the update. */
  readonly slopeAfter: number;
  /**
   * Square of the update in the metric of the optimizer's diagonal preconditioner, which multipliers of the rate
   * divide; NaN where it has none.
   */
  readonly preconditionedSquare: number;
}

/**
 * Gradients of two batches at the same parameters, before clipping: what of a gradient is signal and what is the
 * batch's noise.
 */
export interface GradientPair {
  readonly product: number;
  /** Norm of the other batch's gradient; that of this step's is `gradientNorm`. */
  readonly otherNorm: number;
}

/**
 * One step, measured before its update (as PyTorch's reference cases are), but for `updateNorms`, which is the update
 * made from it. Arrays are indexed as the layout's `layers` or `parameters`. Norms are Euclidean.
 */
export interface StepRecord {
  readonly step: number;
  /** With regularization. */
  readonly loss: number;
  /** Share of the loss that l1 and l2 regularization make; absent without them. */
  readonly penalty?: number;
  /** Share of right answers in the batch, for classification. */
  readonly accuracy?: number;
  readonly validation?: ValidationRecord;
  /** Schedule applied; of parameters with a multiplier see `ParameterLayout`. */
  readonly learningRate: number;
  /** Norm of the whole gradient, of the parameters that are trained, before clipping. */
  readonly gradientNorm: number;
  /** Norm after clipping over norm before; 1 without clipping. */
  readonly clipFactor: number;
  /** NaN for parameters that are not trained, which have no gradient. */
  readonly parameterGradientNorms: Float64Array;
  readonly parameterNorms: Float64Array;
  /** 0 for parameters that are not trained. */
  readonly updateNorms: Float64Array;
  /**
   * Statistics of each layer's output after its activation: mean and population standard deviation over all elements.
   */
  readonly outputMean: Float64Array;
  readonly outputStd: Float64Array;
  /** Norm of the loss gradient by each layer's output, after its activation. */
  readonly outputGradientNorms: Float64Array;
  /** Norm of the loss gradient by the model's input; NaN for token ids. */
  readonly inputGradientNorm: number;
  /** Share of output elements that are exactly 0. */
  readonly zeroShare: Float64Array;
  /** Share of units that are 0 for every example (and time step) of the batch. */
  readonly deadShare: Float64Array;
  /**
   * Share of output elements at the flat ends of a bounded activation (|y| > 0.97 of its range); 0 for unbounded ones.
   */
  readonly saturatedShare: Float64Array;
  /** State gradients of every recurrent layer and direction; empty on steps where it was not measured. */
  readonly stateGradients: readonly StateGradients[];
  readonly nonFinite?: NonFiniteOrigin;
  /** Present for the first few steps, and for every few later ones. */
  readonly updateEffect?: UpdateEffect;
  /** Present for the steps that follow one with an `updateEffect`. */
  readonly gradientPair?: GradientPair;
}

/** How a run ended. */
export type RunOutcome =
  | { readonly kind: 'completed' }
  /** Stopped by itself at `step`: loss or gradient was no longer finite. */
  | { readonly kind: 'not-finite'; readonly step: number }
  | { readonly kind: 'cancelled'; readonly step: number };
