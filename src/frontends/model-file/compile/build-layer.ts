import type { LayerSpec, Shape, SourcePath } from '../../../model/model-spec';
import { featureAxis } from '../../../model/gated-activations';
import { sizesAlong, windowsOfLayer } from './map-shape';
import type { LayerValues } from './read-layers';
import { feedForwardOf } from './transformer-block';

/** What every layer has besides the values of its type. */
export interface LayerFrame {
  readonly name: string;
  readonly path: string;
  readonly source: SourcePath;
  readonly inputs: readonly string[];
  /** Of each input. */
  readonly inputShapes: readonly [Shape, ...Shape[]];
  readonly outputShape: Shape;
  /** Of a residual or a transformer block; empty for every other layer. */
  readonly inner: readonly LayerSpec[];
  readonly shortcut: readonly LayerSpec[];
  /** Different token ids that reach an embedding. */
  readonly tokens: number;
  /** Whether its input has its channels first, see `map-layers.ts`. */
  readonly maps: boolean;
  /** Of a concatenation, counted with the batch as 0; 0 for every other layer. */
  readonly axis: number;
}

/** The resolved layer: the values of the file under the names of `ModelSpec`. */
export function buildLayer(values: LayerValues, frame: LayerFrame): LayerSpec {
  const { name, path, source, inputs, inputShapes, outputShape } = frame;
  const [inputShape] = inputShapes;
  const isRecurrent = values.type === 'rnn' || values.type === 'lstm' || values.type === 'gru';
  const activation = !isRecurrent && 'activation' in values ? values.activation : 'identity';
  const trained =
    'trainable' in values
      ? { trainable: values.trainable, learningRateMultiplier: values.learning_rate_multiplier }
      : { trainable: true, learningRateMultiplier: 1 };
  const base = { name, path, source, inputs, activation, inputShape, outputShape, ...trained };
  switch (values.type) {
    case 'dense':
      return {
        ...base,
        type: values.type,
        units: values.units,
        bias: values.bias,
        weightNorm: values.weight_norm,
        kernelInitializer: values.kernel_initializer,
        biasInitializer: values.bias_initializer,
      };
    case 'conv1d':
    case 'conv2d': {
      const { extent, ...windows } = windowsOfLayer(values, inputShape.slice(1));
      return {
        ...base,
        type: values.type,
        filters: values.filters,
        kernel: extent,
        ...windows,
        groups: values.groups,
        bias: values.bias,
        weightNorm: values.weight_norm,
        kernelInitializer: values.kernel_initializer,
        biasInitializer: values.bias_initializer,
      };
    }
    case 'separable-conv2d': {
      const { extent, ...windows } = windowsOfLayer(values, inputShape.slice(1));
      return {
        ...base,
        type: values.type,
        filters: values.filters,
        kernel: extent,
        ...windows,
        depthMultiplier: values.depth_multiplier,
        bias: values.bias,
        kernelInitializer: values.kernel_initializer,
        biasInitializer: values.bias_initializer,
      };
    }
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const axes = inputShape.length - 1;
      return {
        ...base,
        type: values.type,
        filters: values.filters,
        kernel: sizesAlong(axes, values.kernel),
        stride: sizesAlong(axes, values.stride),
        padding: sizesAlong(axes, values.padding),
        outputPadding: sizesAlong(axes, values.output_padding),
        dilation: sizesAlong(axes, values.dilation),
        groups: values.groups,
        bias: values.bias,
        kernelInitializer: values.kernel_initializer,
        biasInitializer: values.bias_initializer,
      };
    }
    case 'upsample':
      return { ...base, type: values.type, factor: sizesAlong(inputShape.length - 1, values.factor) };
    case 'max-pool1d':
    case 'max-pool2d':
    case 'avg-pool1d':
    case 'avg-pool2d': {
      const { extent, stride, padding, paddingAfter } = windowsOfLayer(values, inputShape.slice(1));
      const countsPadding = values.padding !== 'same';
      return { ...base, type: values.type, size: extent, stride, padding, paddingAfter, countsPadding };
    }
    case 'rnn':
    case 'lstm':
    case 'gru':
      return {
        ...base,
        type: values.type,
        units: values.units,
        nonlinearity: values.type === 'rnn' ? values.nonlinearity : values.activation,
        gateActivation: values.type === 'rnn' ? 'sigmoid' : values.recurrent_activation,
        bidirectional: values.bidirectional,
        output: values.output,
        kernelInitializer: values.kernel_initializer,
        recurrentInitializer: values.recurrent_initializer,
        biasInitializer: values.bias_initializer,
        forgetBias: values.type === 'lstm' ? values.forget_bias : 0,
      };
    case 'embedding':
      return {
        ...base,
        type: values.type,
        vocabulary: values.vocabulary ?? frame.tokens,
        units: values.units,
        kernelInitializer: values.kernel_initializer,
      };
    case 'position-embedding':
      return {
        ...base,
        type: values.type,
        length: values.length ?? inputShape[0],
        units: values.units ?? inputShape[1],
        kernelInitializer: values.kernel_initializer,
      };
    case 'attention':
      return {
        ...base,
        type: values.type,
        heads: values.heads,
        causal: values.causal,
        kernelInitializer: values.kernel_initializer,
        biasInitializer: values.bias_initializer,
      };
    case 'seq2seq':
      return {
        ...base,
        type: values.type,
        cell: values.cell,
        vocabulary: values.vocabulary ?? frame.tokens,
        embedding: values.embedding,
        units: values.units,
        targetLength: values.target_length,
        attention: values.attention,
        embeddingInitializer: values.embedding_initializer,
        kernelInitializer: values.kernel_initializer,
        recurrentInitializer: values.recurrent_initializer,
        biasInitializer: values.bias_initializer,
        forgetBias: values.cell === 'lstm' ? values.forget_bias : 0,
      };
    case 'prelu': {
      const axis = featureAxis(inputShape, inputShape.length > 2 || frame.maps);
      return {
        ...base,
        type: values.type,
        slopes: values.slopes === 'shared' ? 1 : inputShape[axis],
        axis,
        slope: values.slope,
      };
    }
    case 'dropout':
      return { ...base, type: values.type, rate: values.rate };
    case 'batch-norm':
      return { ...base, type: values.type, epsilon: values.epsilon, momentum: values.momentum };
    case 'layer-norm':
    case 'rms-norm':
      return { ...base, type: values.type, epsilon: values.epsilon };
    case 'group-norm':
      return { ...base, type: values.type, groups: values.groups, epsilon: values.epsilon };
    case 'transformer-block': {
      const { heads, norm, causal, dropout } = values;
      const feedForward = feedForwardOf(values, inputShape[1]);
      return {
        ...base,
        activation: 'identity',
        type: values.type,
        heads,
        feedForward,
        norm,
        causal,
        dropout,
        layers: frame.inner,
      };
    }
    case 'add':
    case 'multiply':
      return { ...base, type: values.type, inputShapes };
    case 'concatenate':
      return { ...base, type: values.type, inputShapes, axis: frame.axis };
    case 'permute':
      return { ...base, type: values.type, order: [0, ...values.order] };
    case 'residual':
      return { ...base, type: values.type, layers: frame.inner, shortcut: frame.shortcut };
    default:
      return { ...base, type: values.type };
  }
}
