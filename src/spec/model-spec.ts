/**
 * What a model file means once every default is filled in and every shape is known: the meeting point between `spec/`,
 * which reads text, and `training/`, which builds the network. Plain data, safe to send to a worker.
 */

/** A place in the model file: keys and indices from the root, e.g. `['layers', 0, 'units']`. */
export type SourcePath = readonly (string | number)[];

/** Sizes of one example, without the batch axis: `[features]`, `[time, features]`, `[channels, height, width]`. */
export type Shape = readonly number[];

export const ACTIVATIONS = [
  'identity', 'relu', 'leaky-relu', 'elu', 'selu', 'gelu', 'gelu-tanh', 'silu', 'mish', 'sigmoid', 'hard-sigmoid', 'tanh',
  'hard-tanh', 'softplus', 'softsign', 'softmax', 'relu6', 'prelu', 'glu', 'swiglu',
] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

/** How a parameter gets its first values; fan-in and fan-out are those of the parameter. */
export type InitializerSpec =
  | { readonly type: 'zeros' | 'ones' | 'glorot-uniform' | 'glorot-normal' | 'he-uniform' | 'he-normal' | 'lecun-uniform' | 'lecun-normal' }
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'normal' | 'truncated-normal'; readonly mean: number; readonly std: number }
  | { readonly type: 'uniform'; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'orthogonal' | 'identity'; readonly gain: number }
  | {
      readonly type: 'variance-scaling';
      readonly scale: number;
      readonly mode: 'fan-in' | 'fan-out' | 'fan-average';
      readonly distribution: 'uniform' | 'normal' | 'truncated-normal';
    };
export type InitializerName = InitializerSpec['type'];

/** What stands for the model's input among the paths of layers: no layer is named so. */
export const MODEL_INPUT_PATH = '';

/** Tied weights: which layer owns them, and whether the bias is shared too (an embedding has none to share). */
export interface Tie {
  readonly path: string;
  /** Where the owner stands in the model file. */
  readonly source: SourcePath;
  readonly bias: boolean;
}

interface LayerBase {
  /** Its own name, unique among its siblings; given or made from the type (`dense1`). */
  readonly name: string;
  /** Names from the root joined by dots, e.g. `block1.up`: the prefix of its parameters and its key in every record. */
  readonly path: string;
  /** Where the layer stands in the model file. */
  readonly source: SourcePath;
  /** Paths of what it reads: earlier layers, or `MODEL_INPUT_PATH`. One, but for a layer that joins. */
  readonly inputs: readonly string[];
  /** Of a layer with tied weights: the layer whose parameters it uses. */
  readonly tiedTo?: Tie;
  /**
   * Applied to the layer's output; `identity` when the file names none. `glu` and `swiglu` halve the features (of maps: the
   * channels), which `outputShape` already tells; `prelu` trains a slope, the parameter `slope`.
   */
  readonly activation: ActivationName;
  /** Of its first input. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

export interface DenseSpec extends LayerBase {
  readonly type: 'dense';
  readonly units: number;
  readonly bias: boolean;
  /** Whether `weight_v` and `weight_g` are trained in place of `weight` = g v / ‖v‖. */
  readonly weightNorm: boolean;
  readonly kernelInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
}

/** `[channels, length]` or `[channels, height, width]` to `[filters, ...]`; cross-correlation, as in PyTorch. */
export interface ConvolutionSpec extends LayerBase {
  readonly type: 'conv1d' | 'conv2d';
  readonly filters: number;
  /** This and the next three: `[length]`, or `[height, width]`. */
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** Zeros before and after; the same but for `padding: same` where it does not divide evenly. */
  readonly padding: readonly number[];
  readonly paddingAfter: readonly number[];
  readonly dilation: readonly number[];
  /** Divides the channels and the filters. */
  readonly groups: number;
  readonly bias: boolean;
  /** Whether `weight_v` and `weight_g` are trained in place of `weight` = g v / ‖v‖. */
  readonly weightNorm: boolean;
  readonly kernelInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
}

/** Pools over windows of maps; incomplete windows are dropped. */
export interface PoolSpec extends LayerBase {
  readonly type: 'max-pool1d' | 'max-pool2d' | 'avg-pool1d' | 'avg-pool2d';
  /** This and the next two: `[length]`, or `[height, width]`. */
  readonly size: readonly number[];
  readonly stride: readonly number[];
  /** Before and after: minus infinity for max-pool, 0 for avg-pool. */
  readonly padding: readonly number[];
  readonly paddingAfter: readonly number[];
  /** Whether an average counts the padding as zeros (a number, as PyTorch) or not at all (`same`, as Keras). */
  readonly countsPadding: boolean;
}

/** A transposed convolution: `[channels, ...]` to `[filters, ...]`, larger by the stride. */
export interface TransposedConvolutionSpec extends LayerBase {
  readonly type: 'conv1d-transpose' | 'conv2d-transpose';
  readonly filters: number;
  /** This and the next four: `[length]`, or `[height, width]`. */
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** Taken off both sides. */
  readonly padding: readonly number[];
  /** Added to the size, at its end. */
  readonly outputPadding: readonly number[];
  readonly dilation: readonly number[];
  /** Divides the channels and the filters. */
  readonly groups: number;
  readonly bias: boolean;
  readonly kernelInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
}

/** A depthwise convolution of every channel, then a pointwise one (kernel 1) over what these made: weights for two. */
export interface SeparableConvolutionSpec extends LayerBase {
  readonly type: 'separable-conv2d';
  readonly filters: number;
  /** This and the next four, of the depthwise convolution: `[height, width]`. */
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly paddingAfter: readonly number[];
  readonly dilation: readonly number[];
  /** Maps that the depthwise convolution makes of each channel. */
  readonly depthMultiplier: number;
  /** Of the pointwise convolution. */
  readonly bias: boolean;
  readonly kernelInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
}

/** Repeats every element of maps (nearest neighbour). */
export interface UpsampleSpec extends LayerBase {
  readonly type: 'upsample';
  /** `[length]`, or `[height, width]`. */
  readonly factor: readonly number[];
}

/** `rnn`, `lstm` and `gru` with PyTorch's parameters and gate order. */
export interface RecurrentSpec extends LayerBase {
  readonly type: 'rnn' | 'lstm' | 'gru';
  readonly units: number;
  /** Of `rnn` only; `tanh` for the others. */
  readonly nonlinearity: 'tanh' | 'relu';
  readonly bidirectional: boolean;
  /** `last`: the final state `[units]`; `sequence`: every hidden state `[time, units]`. */
  readonly output: 'last' | 'sequence';
  readonly kernelInitializer: InitializerSpec;
  readonly recurrentInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
  /** Added to the forget gate's input bias at the start (lstm only; Jozefowicz et al. 2015); 0 for the others. */
  readonly forgetBias: number;
}

export interface EmbeddingSpec extends LayerBase {
  readonly type: 'embedding';
  readonly vocabulary: number;
  readonly units: number;
  readonly kernelInitializer: InitializerSpec;
}

/** Adds a learned vector for each time step. */
export interface PositionEmbeddingSpec extends LayerBase {
  readonly type: 'position-embedding';
  /** Rows of the table, at least the time steps of the input. */
  readonly length: number;
  readonly units: number;
  readonly kernelInitializer: InitializerSpec;
}

/** Multi-head self-attention: linear layers `query`, `key`, `value` and `out`. */
export interface AttentionSpec extends LayerBase {
  readonly type: 'attention';
  /** A divisor of the features. */
  readonly heads: number;
  /** Whether a time step sees only itself and those before it. */
  readonly causal: boolean;
  /** Of each of the four weights, and biases. */
  readonly kernelInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
}

/**
 * A whole translation model in training: an encoder reads all but the last `targetLength` token ids, a decoder that starts from
 * its final state reads those, and a linear layer `out` makes scores `[targetLength, vocabulary]` of the decoder's states.
 */
export interface Seq2SeqSpec extends LayerBase {
  readonly type: 'seq2seq';
  readonly cell: 'gru' | 'lstm';
  readonly vocabulary: number;
  /** Size of the vector of a token, which encoder and decoder share. */
  readonly embedding: number;
  readonly units: number;
  readonly targetLength: number;
  /** Whether the decoder's states gather from the encoder's. */
  readonly attention: boolean;
  readonly embeddingInitializer: InitializerSpec;
  readonly kernelInitializer: InitializerSpec;
  readonly recurrentInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
  /** As in `RecurrentSpec`. */
  readonly forgetBias: number;
}

export interface DropoutSpec extends LayerBase {
  readonly type: 'dropout';
  /** Share of elements set to zero in training; the others are scaled by 1 / (1 - rate). */
  readonly rate: number;
}

export interface BatchNormSpec extends LayerBase {
  readonly type: 'batch-norm';
  readonly epsilon: number;
  /** Of the running statistics, PyTorch's sense: new = (1 - momentum) old + momentum batch. */
  readonly momentum: number;
}

export interface LayerNormSpec extends LayerBase {
  readonly type: 'layer-norm' | 'rms-norm';
  readonly epsilon: number;
}

export interface GroupNormSpec extends LayerBase {
  readonly type: 'group-norm';
  /** A divisor of the channels, the first axis. */
  readonly groups: number;
  readonly epsilon: number;
}

/** `activation: prelu` as a layer of its own, which may have a slope for each channel. */
export interface PreluSpec extends LayerBase {
  readonly type: 'prelu';
  /** One for all, or one for each entry of `axis`. */
  readonly slopes: number;
  /** The axis of an example that holds its features: the channels of maps, else the last. */
  readonly axis: number;
  /** First value of every slope. */
  readonly slope: number;
}

/** Joins its inputs, all of one shape, element by element. */
export interface ElementwiseJoinSpec extends LayerBase {
  readonly type: 'add' | 'multiply';
  readonly inputShapes: readonly Shape[];
}

export interface ConcatenateSpec extends LayerBase {
  readonly type: 'concatenate';
  readonly inputShapes: readonly Shape[];
  /** Counted with the batch as 0. */
  readonly axis: number;
}

export interface PermuteSpec extends LayerBase {
  readonly type: 'permute';
  /** Axes of the input in their new order, counted with the batch, which stays, as 0. */
  readonly order: readonly number[];
}

/** Layers without parameters or options; `outputShape` says what a reshape makes. */
export interface PlainSpec extends LayerBase {
  readonly type: 'activation' | 'flatten' | 'reshape' | 'last-step' | 'mean-over-time' | 'global-avg-pool' | 'global-max-pool';
}

export interface ResidualSpec extends LayerBase {
  readonly type: 'residual';
  readonly layers: readonly LayerSpec[];
  /** Layers of the shortcut; empty for the identity. */
  readonly shortcut: readonly LayerSpec[];
}

/** Self-attention and a feed-forward part, each with a shortcut and normalised: its layers are made from its keys. */
export interface TransformerBlockSpec extends LayerBase {
  readonly type: 'transformer-block';
  readonly heads: number;
  /** Units of the feed-forward part, after its gate where its activation is one. */
  readonly feedForward: number;
  readonly norm: 'pre' | 'post';
  readonly causal: boolean;
  readonly dropout: number;
  readonly layers: readonly LayerSpec[];
}

export type LayerSpec =
  | DenseSpec | ConvolutionSpec | TransposedConvolutionSpec | SeparableConvolutionSpec | PoolSpec | UpsampleSpec | RecurrentSpec | EmbeddingSpec | PositionEmbeddingSpec | AttentionSpec
  | Seq2SeqSpec | PreluSpec | DropoutSpec | BatchNormSpec | LayerNormSpec | GroupNormSpec | ElementwiseJoinSpec
  | ConcatenateSpec | PermuteSpec | PlainSpec | ResidualSpec | TransformerBlockSpec;
export type LayerType = LayerSpec['type'];

export type InputSpec =
  | { readonly kind: 'features'; readonly shape: Shape }
  /** Token ids below `vocabulary`, `length` of them an example. */
  | { readonly kind: 'tokens'; readonly vocabulary: number; readonly length: number };

export type LossSpec =
  | { readonly type: 'mse' | 'mae' }
  /** `classWeights` has one for each class; `balanced` are those that follow from how often each class occurs. */
  | { readonly type: 'cross-entropy'; readonly labelSmoothing: number; readonly classWeights: 'none' | 'balanced' | readonly number[] }
  /** An answer 1 counts `posWeight` times. */
  | { readonly type: 'binary-cross-entropy'; readonly posWeight: number }
  | { readonly type: 'huber'; readonly delta: number };
export type LossName = LossSpec['type'];

/** Whether measured inputs, and targets that are numbers, are brought to mean 0 and deviation 1 before training. */
interface Standardizing {
  readonly standardize: boolean;
  readonly standardizeTarget: boolean;
}

/** Where examples come from. `inferred` is true when the file names no data and a fitting task was chosen for it. */
export type DataSpec = { readonly inferred: boolean } & (
  /** `path` is relative to the model file, here and below. */
  | (Standardizing & { readonly type: 'csv'; readonly path: string; readonly target: string })
  /** `inputs` and `target` name arrays of an npz file, or fields of each line. */
  | (Standardizing & { readonly type: 'npz' | 'json-lines'; readonly path: string; readonly inputs: string; readonly target: string })
  /** `targets` is the path of a second file. */
  | (Standardizing & { readonly type: 'npy'; readonly path: string; readonly targets: string })
  /** `labels` is the path of a second file. */
  | (Standardizing & { readonly type: 'idx'; readonly path: string; readonly labels: string })
  | { readonly type: 'text' | 'sentence-pairs'; readonly path: string; readonly tokens: 'characters' | 'words' }
  | { readonly type: 'blobs' | 'circles' | 'spirals'; readonly examples: number; readonly noise: number; readonly scale: number }
  | { readonly type: 'teacher'; readonly examples: number; readonly noise: number; readonly scale: number }
  | { readonly type: 'adding-problem'; readonly examples: number }
  | { readonly type: 'copy-memory'; readonly examples: number; readonly symbols: number }
);

export type OptimizerSpec = { readonly learningRate: number; readonly weightDecay: number } & (
  | { readonly type: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly type: 'rmsprop'; readonly alpha: number; readonly epsilon: number; readonly momentum: number }
  | { readonly type: 'adagrad'; readonly epsilon: number }
  | { readonly type: 'adadelta'; readonly rho: number; readonly epsilon: number }
  | { readonly type: 'lion'; readonly beta1: number; readonly beta2: number }
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
  | { readonly type: 'one-cycle'; readonly warmupShare: number; readonly divFactor: number; readonly finalDivFactor: number }
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

/** A whole model file. Everything is resolved; nothing is optional. */
export interface ModelSpec {
  readonly name: string;
  readonly input: InputSpec;
  readonly layers: readonly LayerSpec[];
  readonly loss: LossSpec;
  readonly data: DataSpec;
  readonly optimizer: OptimizerSpec;
  readonly schedule: ScheduleSpec;
  readonly clip: ClipSpec;
  readonly regularization: { readonly l1: number; readonly l2: number };
  readonly batchSize: number;
  readonly steps: number;
  /** Share of the examples held back for validation, in [0, 1). */
  readonly validation: number;
  readonly seed: number;
}
