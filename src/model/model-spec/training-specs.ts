/** How a model is trained: what makes an update of a gradient. */

export type OptimizerSpec = {
  readonly learningRate: number;
  readonly weightDecay: number;
  /** True where the file names no optimizer: type and rate were chosen for it. */
  readonly inferred?: true;
  /** `adamwLearningRate` where it follows from the learning rate. */
  readonly derived?: readonly 'adamwLearningRate'[];
} & (
  | { readonly type: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly type: 'rmsprop'; readonly alpha: number; readonly epsilon: number; readonly momentum: number }
  | { readonly type: 'adagrad'; readonly epsilon: number }
  | { readonly type: 'adadelta'; readonly rho: number; readonly epsilon: number }
  | { readonly type: 'lion'; readonly beta1: number; readonly beta2: number }
  | {
      readonly type: 'shampoo';
      readonly momentum: number;
      readonly epsilon: number;
      readonly preconditionFrequency: number;
      readonly maxPreconditionerDim: number;
    }
  | {
      readonly type: 'lbfgs';
      readonly historySize: number;
      readonly toleranceGradient: number;
      readonly toleranceChange: number;
    }
  | {
      readonly type: 'muon';
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly nsSteps: number;
      readonly epsilon: number;
      readonly adjustLearningRate: 'original' | 'match_rms_adamw';
      /** Of what is no hidden matrix; the schedule scales it as it does `learningRate`. */
      readonly adamwLearningRate: number;
      readonly adamwBeta1: number;
      readonly adamwBeta2: number;
      readonly adamwEpsilon: number;
    }
  | ({ readonly beta1: number; readonly beta2: number; readonly epsilon: number } & (
      | { readonly type: 'adam'; readonly amsgrad: boolean }
      | { readonly type: 'adamw' | 'adamax' | 'radam' }
      | { readonly type: 'nadam'; readonly momentumDecay: number }
    ))
);
export type OptimizerName = OptimizerSpec['type'];

export type ScheduleSpec =
  | { readonly type: 'constant' }
  | { readonly type: 'linear-warmup'; readonly steps: number }
  | {
      readonly type: 'one-cycle';
      readonly warmupShare: number;
      readonly divFactor: number;
      readonly finalDivFactor: number;
    }
  /** From here on `warmup` is steps of rising rate before the schedule proper begins. */
  | { readonly type: 'step'; readonly every: number; readonly factor: number; readonly warmup: number }
  | { readonly type: 'exponential'; readonly factor: number; readonly warmup: number }
  | { readonly type: 'cosine'; readonly minimum: number; readonly warmup: number }
  | {
      readonly type: 'plateau';
      readonly on: 'training' | 'validation';
      readonly factor: number;
      readonly patience: number;
      readonly threshold: number;
      readonly every: number;
      readonly minimum: number;
      readonly warmup: number;
    };

export type ClipSpec =
  | { readonly type: 'none' }
  | { readonly type: 'norm' | 'per-parameter-norm' | 'value'; readonly max: number }
  /** Per unit, relative to the norm of its weights. */
  | { readonly type: 'adaptive'; readonly factor: number }
  /** By norm, the limit being a percentile of all norms so far. */
  | { readonly type: 'auto-clip'; readonly percentile: number }
  /** By norm, where it is an outlier of the running mean and variance of norms. */
  | { readonly type: 'z-clip'; readonly threshold: number; readonly decay: number; readonly warmup: number };
