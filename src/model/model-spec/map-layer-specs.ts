/** Layers over maps `[channels, length]` or `[channels, height, width]`. */
import type { InitializerSpec, LayerBase } from './layer-base';

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
