/** What every layer of a model is described by, and the words for it. */

/** A place in a text of keys and values: keys and indices from the root, e.g. `['data', 'path']`. */
export type SourcePath = readonly (string | number)[];

/** Sizes of one example, without the batch axis: `[features]`, `[time, features]`, `[channels, height, width]`. */
export type Shape = readonly number[];

export const ACTIVATIONS = [
  'identity',
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'gelu',
  'gelu-tanh',
  'silu',
  'mish',
  'sigmoid',
  'hard-sigmoid',
  'tanh',
  'hard-tanh',
  'softplus',
  'softsign',
  'softmax',
  'relu6',
  'exponential',
  'hard-swish',
  'log-sigmoid',
  'prelu',
  'glu',
  'swiglu',
] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

/** How a parameter gets its first values; fan-in and fan-out are those of the parameter. */
export type InitializerSpec =
  | {
      readonly type:
        | 'zeros'
        | 'ones'
        | 'glorot-uniform'
        | 'glorot-normal'
        | 'he-uniform'
        | 'he-normal'
        | 'lecun-uniform'
        | 'lecun-normal';
    }
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
  readonly bias: boolean;
}

/** Of every layer. */
export interface LayerBase {
  /** Its own name, unique among its siblings; given or made from the type (`dense1`). */
  readonly name: string;
  /** Names from the root joined by dots, e.g. `block1.up`: the prefix of its parameters and its key in every record. */
  readonly path: string;
  /** Paths of what it reads: earlier layers, or `MODEL_INPUT_PATH`. One, but for a layer that joins. */
  readonly inputs: readonly string[];
  /** Of a layer with tied weights: the layer whose parameters it uses. */
  readonly tiedTo?: Tie;
  /**
   * Whether its parameters are updated; not where a layer around it is frozen. With tied weights it is as the owner is.
   */
  readonly trainable: boolean;
  /**
   * What the learning rate is multiplied by for its parameters: its own times those of layers around it, or the
   * owner's.
   */
  readonly learningRateMultiplier: number;
  /**
   * Applied to the layer's output; `identity` when the file names none. `glu` and `swiglu` halve the features (of maps:
   * the channels), which `outputShape` already tells; `prelu` trains a slope, the parameter `slope`.
   */
  readonly activation: ActivationName;
  /**
   * Parts that the author leaves open, which follow from other parts or from what the layer reads, e.g. `vocabulary`;
   * `padding` where it is `same`, and parts that the owner of tied weights decides.
   */
  readonly derived?: readonly string[];
  /** What the author says of training, where a layer around it or the owner of its weights decides otherwise. */
  readonly own?: { readonly trainable: boolean; readonly learningRateMultiplier: number };
  /** The activation that the author gives it and that the loss applies in its place. */
  readonly folded?: ActivationName;
  /** Of its first input. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}
