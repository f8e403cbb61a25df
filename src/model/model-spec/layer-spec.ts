/** Every kind of layer. */
import type { InitializerSpec, LayerBase, Shape } from './layer-base';
import type {
  ConvolutionSpec,
  PoolSpec,
  SeparableConvolutionSpec,
  TransposedConvolutionSpec,
  UpsampleSpec,
} from './map-layer-specs';
import type {
  AttentionSpec,
  EmbeddingSpec,
  PositionEmbeddingSpec,
  RecurrentSpec,
  Seq2SeqSpec,
} from './sequence-layers';

export interface DenseSpec extends LayerBase {
  readonly type: 'dense';
  readonly units: number;
  readonly bias: boolean;
  /** Whether `weight_v` and `weight_g` are trained in place of `weight` = g v / ‖v‖. */
  readonly weightNorm: boolean;
  readonly kernelInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
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

export interface ReshapeSpec extends LayerBase {
  readonly type: 'reshape';
  /** Before the activation; -1 is what the other sizes leave. */
  readonly shape: Shape;
}

/** Layers without parameters or options. */
export interface PlainSpec extends LayerBase {
  readonly type: 'activation' | 'flatten' | 'last-step' | 'mean-over-time' | 'global-avg-pool' | 'global-max-pool';
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
  | DenseSpec
  | ConvolutionSpec
  | TransposedConvolutionSpec
  | SeparableConvolutionSpec
  | PoolSpec
  | UpsampleSpec
  | RecurrentSpec
  | EmbeddingSpec
  | PositionEmbeddingSpec
  | AttentionSpec
  | Seq2SeqSpec
  | PreluSpec
  | DropoutSpec
  | BatchNormSpec
  | LayerNormSpec
  | GroupNormSpec
  | ElementwiseJoinSpec
  | ConcatenateSpec
  | PermuteSpec
  | ReshapeSpec
  | PlainSpec
  | ResidualSpec
  | TransformerBlockSpec;
export type LayerType = LayerSpec['type'];
