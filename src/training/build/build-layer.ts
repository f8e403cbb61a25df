/** One layer of a model file as operators of the engine. */
import type { Graph } from '../../engine/graph';
import { observeLayer } from '../../engine/observe';
import { activation } from '../../engine/operators/activation';
import { add } from '../../engine/operators/add';
import { attention } from '../../engine/operators/attention';
import { batchNorm } from '../../engine/operators/batch-norm';
import { convolution } from '../../engine/operators/convolution';
import { dense } from '../../engine/operators/dense';
import { dropout } from '../../engine/operators/dropout';
import { embedding } from '../../engine/operators/embedding';
import { groupNorm } from '../../engine/operators/group-norm';
import { layerNorm } from '../../engine/operators/layer-norm';
import { lastStep, meanOverTime } from '../../engine/operators/over-time';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from '../../engine/operators/pool';
import { positionEmbedding } from '../../engine/operators/position-embedding';
import { recurrent, type RecurrentParameters } from '../../engine/operators/recurrent';
import { flatten } from '../../engine/operators/reshape';
import { rmsNorm } from '../../engine/operators/rms-norm';
import { weightNorm } from '../../engine/operators/weight-norm';
import type { WindowOptions } from '../../engine/operators/windows';
import { seq2seq } from '../../engine/operators/seq2seq';
import type { IdTensor, Tensor } from '../../engine/tensor';
import type {
  ActivationName, AttentionSpec, BatchNormSpec, LayerSpec, PoolSpec, RecurrentSpec, Seq2SeqSpec,
} from '../../spec/model-spec';
import { givesMaps } from '../../spec/map-layers';
import { channelsOf, parametersOf } from './layer-parameters';

/** Adds the layers one after another, each observed under its path once it is built; returns the output of the last. */
export function buildLayers(
  graph: Graph, layers: readonly LayerSpec[], input: Tensor | IdTensor, inputMaps = false,
): Tensor | IdTensor {
  let maps = inputMaps;
  return layers.reduce<Tensor | IdTensor>((x, layer) => {
    const y = graph.within(layer.path, () => buildLayer(graph, layer, x, maps));
    maps = givesMaps(layer, maps);
    const normalized = layer.type === 'batch-norm' || layer.type === 'group-norm';
    const units = maps || (normalized && y.shape.length > 2) ? 'channels' : 'last';
    observeLayer(graph, layer.path, y, boundOf(layer), units);
    return y;
  }, input);
}

/** The activation whose flat ends bound the output: that of the layer, or the tanh inside a recurrent layer that has none of its own. */
function boundOf(layer: LayerSpec): ActivationName {
  const recurrent = layer.type === 'rnn' || layer.type === 'lstm' || layer.type === 'gru';
  return recurrent && layer.activation === 'identity' && layer.nonlinearity === 'tanh' ? 'tanh' : layer.activation;
}

function buildLayer(graph: Graph, layer: LayerSpec, input: Tensor | IdTensor, maps: boolean): Tensor {
  if (layer.type === 'embedding') {
    if (input.kind !== 'id') throw new Error(`Layer "${layer.path}" is an embedding of numbers instead of token ids.`);
    return activation(graph, embedding(graph, input, makeParameters(graph, layer).weight), layer.activation);
  }
  if (layer.type === 'seq2seq') {
    if (input.kind !== 'id') throw new Error(`Layer "${layer.path}" is a seq2seq model of numbers instead of token ids.`);
    return activation(graph, buildSeq2Seq(graph, layer, input), layer.activation);
  }
  const x = toNumbers(input, layer);
  switch (layer.type) {
    case 'dense': {
      const made = makeParameters(graph, layer);
      return dense(graph, x, weightOf(graph, made), made.bias, layer.activation);
    }
    case 'conv1d':
    case 'conv2d': {
      const made = makeParameters(graph, layer);
      return activation(graph, convolution(graph, x, weightOf(graph, made), made.bias, layer), layer.activation);
    }
    case 'max-pool1d':
    case 'max-pool2d':
      return activation(graph, maxPool(graph, x, windowsOf(layer)), layer.activation);
    case 'avg-pool1d':
    case 'avg-pool2d':
      return activation(graph, averagePool(graph, x, windowsOf(layer)), layer.activation);
    case 'global-avg-pool':
      return activation(graph, globalAveragePool(graph, x), layer.activation);
    case 'global-max-pool':
      return activation(graph, globalMaxPool(graph, x), layer.activation);
    case 'rnn':
    case 'lstm':
    case 'gru':
      return activation(graph, buildRecurrent(graph, layer, x), layer.activation);
    case 'position-embedding':
      return activation(graph, positionEmbedding(graph, x, makeParameters(graph, layer).weight), layer.activation);
    case 'attention':
      return activation(graph, buildAttention(graph, layer, x), layer.activation);
    case 'dropout':
      return activation(graph, dropout(graph, x, layer.rate), layer.activation);
    case 'batch-norm':
      return activation(graph, buildBatchNorm(graph, layer, x), layer.activation);
    case 'layer-norm': {
      const { weight, bias } = makeParameters(graph, layer);
      return activation(graph, layerNorm(graph, x, weight, bias, layer.epsilon), layer.activation);
    }
    case 'rms-norm':
      return activation(graph, rmsNorm(graph, x, makeParameters(graph, layer).weight, layer.epsilon), layer.activation);
    case 'group-norm': {
      const { weight, bias } = makeParameters(graph, layer);
      return activation(graph, groupNorm(graph, x, weight, bias, layer.groups, layer.epsilon), layer.activation);
    }
    case 'residual': {
      const straight = toNumbers(buildLayers(graph, layer.layers, x, maps), layer);
      const shortcut = toNumbers(buildLayers(graph, layer.shortcut, x, maps), layer);
      return activation(graph, add(graph, straight, shortcut), layer.activation);
    }
    case 'flatten':
      return activation(graph, flatten(graph, x), layer.activation);
    case 'last-step':
      return activation(graph, lastStep(graph, x), layer.activation);
    case 'mean-over-time':
      return activation(graph, meanOverTime(graph, x), layer.activation);
    case 'activation':
      return activation(graph, x, layer.activation);
  }
}

function windowsOf({ size, stride, padding }: PoolSpec): WindowOptions {
  return { kernel: size, stride, padding, dilation: size.map(() => 1) };
}

function toNumbers(x: Tensor | IdTensor, layer: LayerSpec): Tensor {
  if (x.kind === 'id') throw new Error(`Layer "${layer.path}" needs numbers, but gets token ids.`);
  return x;
}

/** The layer's own parameters by their names after its path. */
function makeParameters(graph: Graph, layer: LayerSpec): Readonly<Record<string, Tensor>> {
  const made: Record<string, Tensor> = {};
  for (const { name, shape } of parametersOf(layer)) made[name] = graph.parameter(`${layer.path}.${name}`, shape);
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
  return recurrent(graph, x, directions, { cell: layer.type, nonlinearity: layer.nonlinearity, output: layer.output });
}

function buildAttention(graph: Graph, layer: AttentionSpec, x: Tensor): Tensor {
  const made = makeParameters(graph, layer);
  const part = (name: string): { readonly weight: Tensor; readonly bias: Tensor } =>
    ({ weight: made[`${name}.weight`], bias: made[`${name}.bias`] });
  return attention(graph, x, { query: part('query'), key: part('key'), value: part('value'), out: part('out') }, layer);
}

function recurrentParametersOf(
  made: Readonly<Record<string, Tensor>>, prefix: string, suffix: '' | '_reverse',
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
  return seq2seq(graph, ids, {
    embedding: made['embedding.weight'],
    encoder: recurrentParametersOf(made, 'encoder.', ''),
    decoder: recurrentParametersOf(made, 'decoder.', ''),
    out: { weight: made['out.weight'], bias: made['out.bias'] },
  }, layer);
}

function buildBatchNorm(graph: Graph, layer: BatchNormSpec, x: Tensor): Tensor {
  const { weight, bias } = makeParameters(graph, layer);
  const channels = channelsOf(layer.inputShape);
  const mean = graph.state(`${layer.path}.running_mean`, [channels]);
  const variance = graph.state(`${layer.path}.running_var`, [channels]);
  return batchNorm(graph, x, weight, bias, mean, variance, { epsilon: layer.epsilon, momentum: layer.momentum });
}
