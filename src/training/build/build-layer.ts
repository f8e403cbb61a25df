/** One layer of a model file as operators of the engine. */
import type { Graph } from '../../engine/graph';
import { observeLayer } from '../../engine/observe';
import { activation, type ActivationName as ActivationFunction } from '../../engine/operators/activation';
import { add } from '../../engine/operators/add';
import { attention } from '../../engine/operators/attention';
import { batchNorm, frozenBatchNorm } from '../../engine/operators/batch-norm';
import { concatenate } from '../../engine/operators/concatenate';
import { convolution } from '../../engine/operators/convolution';
import { dense } from '../../engine/operators/dense';
import { dropout } from '../../engine/operators/dropout';
import { embedding } from '../../engine/operators/embedding';
import { gate } from '../../engine/operators/gate';
import { groupNorm } from '../../engine/operators/group-norm';
import { layerNorm } from '../../engine/operators/layer-norm';
import { multiply } from '../../engine/operators/multiply';
import { lastStep, meanOverTime } from '../../engine/operators/over-time';
import { permute } from '../../engine/operators/permute';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from '../../engine/operators/pool';
import { positionEmbedding } from '../../engine/operators/position-embedding';
import { prelu } from '../../engine/operators/prelu';
import { recurrent, type RecurrentParameters } from '../../engine/operators/recurrent';
import { flatten, reshape } from '../../engine/operators/reshape';
import { rmsNorm } from '../../engine/operators/rms-norm';
import { transposedConvolution } from '../../engine/operators/transposed-convolution';
import { upsample } from '../../engine/operators/upsample';
import { weightNorm } from '../../engine/operators/weight-norm';
import type { WindowOptions } from '../../engine/operators/windows';
import { seq2seq } from '../../engine/operators/seq2seq';
import type { IdTensor, Tensor } from '../../engine/tensor';
import {
  MODEL_INPUT_PATH,
  type AttentionSpec,
  type BatchNormSpec,
  type LayerSpec,
  type PoolSpec,
  type RecurrentSpec,
  type Seq2SeqSpec,
} from '../../model/model-spec';
import { featureAxis, isGated } from '../../model/gated-activations';
import { sourcesOf } from '../../model/inner-layers';
import { kindOf } from '../../model/layers/layer-kinds';
import { givesMaps } from '../../model/gives-maps';
import { activationParameters, parameterName, weightsOf } from '../../model/layer-parameters';
import type { ParameterSpec } from '../../model/layers/parameter-spec';

/** The outputs that layers may read, by path. */
interface Outputs {
  readonly values: Map<string, Tensor | IdTensor>;
  /** Of each of them, whether it has its channels first. */
  readonly maps: Map<string, boolean>;
}

/** Adds all layers, each observed under its path once it is built; returns the output of the last. */
export function buildLayers(graph: Graph, layers: readonly LayerSpec[], input: Tensor | IdTensor): Tensor | IdTensor {
  const outputs: Outputs = { values: new Map([[MODEL_INPUT_PATH, input]]), maps: new Map() };
  addLayers(graph, layers, outputs);
  return outputs.values.get(layers.at(-1)?.path ?? MODEL_INPUT_PATH)!;
}

function mapsIn({ maps }: Outputs): (path: string) => boolean {
  return path => maps.get(path) === true;
}

function addLayers(graph: Graph, layers: readonly LayerSpec[], outputs: Outputs): void {
  for (const layer of layers) {
    const y = graph.within(layer.path, () => buildLayer(graph, layer, outputs));
    const maps = givesMaps(layer, mapsIn(outputs));
    outputs.values.set(layer.path, y);
    outputs.maps.set(layer.path, maps);
    const perChannel = kindOf(layer.type)?.overTime !== undefined;
    const units = maps || (perChannel && y.shape.length > 2) ? 'channels' : 'last';
    observeLayer(graph, layer.path, y, boundOf(layer), units);
  }
}

/** The activation whose flat ends bound the output: that of the layer, or the one inside a recurrent layer. */
function boundOf(layer: LayerSpec): ActivationFunction {
  const recurrent = layer.type === 'rnn' || layer.type === 'lstm' || layer.type === 'gru';
  return recurrent ? layer.nonlinearity : fusedActivation(layer);
}

function buildLayer(graph: Graph, layer: LayerSpec, outputs: Outputs): Tensor {
  return activated(graph, layer, buildWithoutActivation(graph, layer, outputs), outputs);
}

function buildWithoutActivation(graph: Graph, layer: LayerSpec, outputs: Outputs): Tensor {
  const inputs = layer.inputs.map(path => outputs.values.get(path)!);
  const [input] = inputs;
  if (layer.type === 'embedding') {
    if (input.kind !== 'id') throw new Error(`Layer "${layer.path}" is an embedding of numbers instead of token ids.`);
    return embedding(graph, input, makeParameters(graph, layer).weight);
  }
  if (layer.type === 'seq2seq') {
    if (input.kind !== 'id')
      throw new Error(`Layer "${layer.path}" is a seq2seq model of numbers instead of token ids.`);
    return buildSeq2Seq(graph, layer, input);
  }
  const x = toNumbers(input, layer);
  const joined = (): Tensor[] => inputs.map(each => toNumbers(each, layer));
  switch (layer.type) {
    case 'dense': {
      const made = makeParameters(graph, layer);
      return dense(graph, x, weightOf(graph, made), made.bias, fusedActivation(layer));
    }
    case 'conv1d':
    case 'conv2d': {
      const made = makeParameters(graph, layer);
      return convolution(graph, x, weightOf(graph, made), made.bias, layer, fusedActivation(layer));
    }
    case 'separable-conv2d': {
      const made = makeParameters(graph, layer);
      const spread = convolution(graph, x, made['depthwise.weight'], undefined, layer);
      return convolution(
        graph,
        spread,
        made['pointwise.weight'],
        made['pointwise.bias'],
        POINTWISE,
        fusedActivation(layer),
      );
    }
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const made = makeParameters(graph, layer);
      return transposedConvolution(graph, x, made.weight, made.bias, layer, fusedActivation(layer));
    }
    case 'upsample':
      return upsample(graph, x, layer.factor);
    case 'max-pool1d':
    case 'max-pool2d':
      return maxPool(graph, x, windowsOf(layer));
    case 'avg-pool1d':
    case 'avg-pool2d':
      return averagePool(graph, x, windowsOf(layer), layer.countsPadding);
    case 'global-avg-pool':
      return globalAveragePool(graph, x);
    case 'global-max-pool':
      return globalMaxPool(graph, x);
    case 'rnn':
    case 'lstm':
    case 'gru':
      return buildRecurrent(graph, layer, x);
    case 'position-embedding':
      return positionEmbedding(graph, x, makeParameters(graph, layer).weight);
    case 'attention':
      return buildAttention(graph, layer, x);
    case 'dropout':
      return dropout(graph, x, layer.rate);
    case 'batch-norm':
      return buildBatchNorm(graph, layer, x);
    case 'layer-norm': {
      const { weight, bias } = makeParameters(graph, layer);
      return layerNorm(graph, x, weight, bias, layer.epsilon);
    }
    case 'rms-norm':
      return rmsNorm(graph, x, makeParameters(graph, layer).weight, layer.epsilon);
    case 'group-norm': {
      const { weight, bias } = makeParameters(graph, layer);
      return groupNorm(graph, x, weight, bias, layer.groups, layer.epsilon);
    }
    case 'residual': {
      addLayers(graph, layer.layers, outputs);
      addLayers(graph, layer.shortcut, outputs);
      const [straight, around] = sourcesOf(layer).map(path => toNumbers(outputs.values.get(path)!, layer));
      return add(graph, straight, around);
    }
    case 'transformer-block':
      addLayers(graph, layer.layers, outputs);
      return toNumbers(outputs.values.get(sourcesOf(layer)[0])!, layer);
    case 'add':
      return joined().reduce((sum, other) => add(graph, sum, other));
    case 'multiply':
      return joined().reduce((product, other) => multiply(graph, product, other));
    case 'concatenate':
      return concatenate(graph, joined(), layer.axis);
    case 'reshape':
      return reshape(graph, x, [x.shape[0], ...layer.outputShape]);
    case 'permute':
      return permute(graph, x, layer.order);
    case 'flatten':
      return flatten(graph, x);
    case 'last-step':
      return lastStep(graph, x);
    case 'mean-over-time':
      return meanOverTime(graph, x);
    case 'prelu':
      return prelu(graph, x, makeParameters(graph, layer).weight, layer.axis + 1);
    case 'activation':
      return x;
  }
}

/**
 * The activation where it is a function of each element (or softmax), which dense layers and convolutions compute in
 * one go; else the identity.
 */
function fusedActivation({ activation: name }: LayerSpec): ActivationFunction {
  return name === 'prelu' || isGated(name) ? 'identity' : name;
}

/** The layer's activation of its output, unless that has it already. */
function activated(graph: Graph, layer: LayerSpec, y: Tensor, outputs: Outputs): Tensor {
  const { activation: name } = layer;
  if (name === 'prelu')
    return prelu(graph, y, make(graph, layer, activationParameters(layer)).slope, y.shape.length - 1);
  if (isGated(name)) return gate(graph, y, name, 1 + featureAxis(layer.outputShape, givesMaps(layer, mapsIn(outputs))));
  return ACTIVATED.has(layer.type) ? y : activation(graph, y, name);
}

/** Layers whose operators compute `fusedActivation` themselves. */
const ACTIVATED: ReadonlySet<LayerSpec['type']> = new Set<LayerSpec['type']>([
  'dense',
  'conv1d',
  'conv2d',
  'separable-conv2d',
  'conv1d-transpose',
  'conv2d-transpose',
]);

const POINTWISE: WindowOptions = { kernel: [1, 1], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };

function windowsOf({ size, stride, padding, paddingAfter }: PoolSpec): WindowOptions {
  return { kernel: size, stride, padding, paddingAfter, dilation: size.map(() => 1) };
}

function toNumbers(x: Tensor | IdTensor, layer: LayerSpec): Tensor {
  if (x.kind === 'id') throw new Error(`Layer "${layer.path}" needs numbers, but gets token ids.`);
  return x;
}

/**
 * The layer's parameters by their names after its path: its own ones, new, and those that another layer has made for
 * both; without those of its activation.
 */
function makeParameters(graph: Graph, layer: LayerSpec): Readonly<Record<string, Tensor>> {
  return make(graph, layer, weightsOf(layer));
}

function make(graph: Graph, layer: LayerSpec, parameters: readonly ParameterSpec[]): Readonly<Record<string, Tensor>> {
  const made: Record<string, Tensor> = {};
  for (const spec of parameters) {
    const name = parameterName(layer, spec);
    const shared = name === `${layer.path}.${spec.name}` ? undefined : graph.parameters.get(name);
    made[spec.name] =
      shared ??
      graph.parameter(name, spec.shape, {
        trainable: layer.trainable,
        rateMultiplier: layer.learningRateMultiplier,
      });
  }
  return made;
}

/** The weight, or what weight normalisation makes of its parameters. */
function weightOf(graph: Graph, made: Readonly<Record<string, Tensor>>): Tensor {
  return made.weight ?? weightNorm(graph, made.weight_v, made.weight_g);
}

function buildRecurrent(graph: Graph, layer: RecurrentSpec, x: Tensor): Tensor {
  const made = makeParameters(graph, layer);
  const direction = (suffix: '' | '_reverse'): RecurrentParameters => recurrentParametersOf(made, '', suffix);
  const directions = layer.bidirectional ? [direction(''), direction('_reverse')] : [direction('')];
  const { type: cell, nonlinearity, gateActivation: gate, output } = layer;
  return recurrent(graph, x, directions, { cell, nonlinearity, gate, output });
}

function buildAttention(graph: Graph, layer: AttentionSpec, x: Tensor): Tensor {
  const made = makeParameters(graph, layer);
  const part = (name: string): { readonly weight: Tensor; readonly bias: Tensor } => ({
    weight: made[`${name}.weight`],
    bias: made[`${name}.bias`],
  });
  return attention(graph, x, { query: part('query'), key: part('key'), value: part('value'), out: part('out') }, layer);
}

function recurrentParametersOf(
  made: Readonly<Record<string, Tensor>>,
  prefix: string,
  suffix: '' | '_reverse',
): RecurrentParameters {
  return {
    weightIh: made[`${prefix}weight_ih_l0${suffix}`],
    weightHh: made[`${prefix}weight_hh_l0${suffix}`],
    biasIh: made[`${prefix}bias_ih_l0${suffix}`],
    biasHh: made[`${prefix}bias_hh_l0${suffix}`],
  };
}

function buildSeq2Seq(graph: Graph, layer: Seq2SeqSpec, ids: IdTensor): Tensor {
  const made = makeParameters(graph, layer);
  return seq2seq(
    graph,
    ids,
    {
      embedding: made['embedding.weight'],
      encoder: recurrentParametersOf(made, 'encoder.', ''),
      decoder: recurrentParametersOf(made, 'decoder.', ''),
      out: { weight: made['out.weight'], bias: made['out.bias'] },
    },
    layer,
  );
}

function buildBatchNorm(graph: Graph, layer: BatchNormSpec, x: Tensor): Tensor {
  const { weight, bias } = makeParameters(graph, layer);
  const channels = layer.inputShape[0];
  const mean = graph.state(`${layer.path}.running_mean`, [channels]);
  const variance = graph.state(`${layer.path}.running_var`, [channels]);
  return layer.trainable
    ? batchNorm(graph, x, weight, bias, mean, variance, { epsilon: layer.epsilon, momentum: layer.momentum })
    : frozenBatchNorm(graph, x, weight, bias, mean, variance, layer.epsilon);
}
