/** Every type of layer with its operators of the engine. */
import { add } from '../../engine/operators/add';
import { attention } from '../../engine/operators/attention';
import { batchNorm, frozenBatchNorm } from '../../engine/operators/batch-norm';
import { concatenate } from '../../engine/operators/concatenate';
import { convolution } from '../../engine/operators/convolution';
import { dense } from '../../engine/operators/dense';
import { dropout } from '../../engine/operators/dropout';
import { embedding } from '../../engine/operators/embedding';
import { groupNorm } from '../../engine/operators/group-norm';
import { layerNorm } from '../../engine/operators/layer-norm';
import { multiply } from '../../engine/operators/multiply';
import { lastStep, meanOverTime } from '../../engine/operators/over-time';
import { permute } from '../../engine/operators/permute';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from '../../engine/operators/pool';
import { positionEmbedding } from '../../engine/operators/position-embedding';
import { prelu } from '../../engine/operators/prelu';
import { flatten, reshape } from '../../engine/operators/reshape';
import { rmsNorm } from '../../engine/operators/rms-norm';
import { transposedConvolution } from '../../engine/operators/transposed-convolution';
import { upsample } from '../../engine/operators/upsample';
import type { WindowOptions } from '../../engine/operators/windows';
import type { Tensor } from '../../engine/tensor';
import { sourcesOf } from '../../model/inner-layers';
import type { LayerType, PoolSpec } from '../../model/model-spec';
import { fusedActivation, weightOf, type LayerBuilder } from './layer-builder';
import { buildRecurrent, buildSeq2Seq } from './recurrent-builders';

const buildConvolution: LayerBuilder<'conv1d' | 'conv2d'> = (building, layer) => {
  const x = building.numbers();
  const made = building.parameters();
  return convolution(building.graph, x, weightOf(building.graph, made), made.bias, layer, fusedActivation(layer));
};

const buildTransposed: LayerBuilder<'conv1d-transpose' | 'conv2d-transpose'> = (building, layer) => {
  const x = building.numbers();
  const { weight, bias } = building.parameters();
  return transposedConvolution(building.graph, x, weight, bias, layer, fusedActivation(layer));
};

const POINTWISE: WindowOptions = { kernel: [1, 1], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };

/** Those whose operators compute `fusedActivation` themselves. */
const WITH_ACTIVATION = {
  dense(building, layer) {
    const x = building.numbers();
    const made = building.parameters();
    return dense(building.graph, x, weightOf(building.graph, made), made.bias, fusedActivation(layer));
  },
  conv1d: buildConvolution,
  conv2d: buildConvolution,
  'separable-conv2d'(building, layer) {
    const { graph } = building;
    const x = building.numbers();
    const made = building.parameters();
    const spread = convolution(graph, x, made['depthwise.weight'], undefined, layer);
    const { 'pointwise.weight': weight, 'pointwise.bias': bias } = made;
    return convolution(graph, spread, weight, bias, POINTWISE, fusedActivation(layer));
  },
  'conv1d-transpose': buildTransposed,
  'conv2d-transpose': buildTransposed,
} satisfies Builders;

const buildMaxPool: LayerBuilder<'max-pool1d' | 'max-pool2d'> = (building, layer) =>
  maxPool(building.graph, building.numbers(), windowsOf(layer));

const buildAveragePool: LayerBuilder<'avg-pool1d' | 'avg-pool2d'> = (building, layer) =>
  averagePool(building.graph, building.numbers(), windowsOf(layer), layer.countsPadding);

function windowsOf({ size, stride, padding, paddingAfter }: PoolSpec): WindowOptions {
  return { kernel: size, stride, padding, paddingAfter, dilation: size.map(() => 1) };
}

const OTHERS = {
  upsample: (building, { factor }) => upsample(building.graph, building.numbers(), factor),
  'max-pool1d': buildMaxPool,
  'max-pool2d': buildMaxPool,
  'avg-pool1d': buildAveragePool,
  'avg-pool2d': buildAveragePool,
  'global-avg-pool': building => globalAveragePool(building.graph, building.numbers()),
  'global-max-pool': building => globalMaxPool(building.graph, building.numbers()),
  rnn: buildRecurrent,
  lstm: buildRecurrent,
  gru: buildRecurrent,
  seq2seq: buildSeq2Seq,
  embedding: building => embedding(building.graph, building.ids(), building.parameters().weight),
  'position-embedding': building => positionEmbedding(building.graph, building.numbers(), building.parameters().weight),
  attention(building, layer) {
    const x = building.numbers();
    const made = building.parameters();
    const part = (name: string): { readonly weight: Tensor; readonly bias: Tensor } => ({
      weight: made[`${name}.weight`],
      bias: made[`${name}.bias`],
    });
    const parts = { query: part('query'), key: part('key'), value: part('value'), out: part('out') };
    return attention(building.graph, x, parts, layer);
  },
  dropout: (building, { rate }) => dropout(building.graph, building.numbers(), rate),
  'batch-norm'(building, { path, inputShape: [channels], trainable, epsilon, momentum }) {
    const { graph } = building;
    const x = building.numbers();
    const { weight, bias } = building.parameters();
    const mean = graph.state(`${path}.running_mean`, [channels]);
    const variance = graph.state(`${path}.running_var`, [channels]);
    return trainable
      ? batchNorm(graph, x, weight, bias, mean, variance, { epsilon, momentum })
      : frozenBatchNorm(graph, x, weight, bias, mean, variance, epsilon);
  },
  'layer-norm'(building, { epsilon }) {
    const x = building.numbers();
    const { weight, bias } = building.parameters();
    return layerNorm(building.graph, x, weight, bias, epsilon);
  },
  'rms-norm': (building, { epsilon }) =>
    rmsNorm(building.graph, building.numbers(), building.parameters().weight, epsilon),
  'group-norm'(building, { groups, epsilon }) {
    const x = building.numbers();
    const { weight, bias } = building.parameters();
    return groupNorm(building.graph, x, weight, bias, groups, epsilon);
  },
  residual(building, layer) {
    building.add(layer.layers);
    building.add(layer.shortcut);
    const [straight, around] = sourcesOf(layer).map(path => building.outputOf(path));
    return add(building.graph, straight, around);
  },
  'transformer-block'(building, layer) {
    building.add(layer.layers);
    return building.outputOf(sourcesOf(layer)[0]);
  },
  add: building => building.joined().reduce((sum, other) => add(building.graph, sum, other)),
  multiply: building => building.joined().reduce((product, other) => multiply(building.graph, product, other)),
  concatenate: (building, { axis }) => concatenate(building.graph, building.joined(), axis),
  reshape(building, { outputShape }) {
    const x = building.numbers();
    return reshape(building.graph, x, [x.shape[0], ...outputShape]);
  },
  permute: (building, { order }) => permute(building.graph, building.numbers(), order),
  flatten: building => flatten(building.graph, building.numbers()),
  'last-step': building => lastStep(building.graph, building.numbers()),
  'mean-over-time': building => meanOverTime(building.graph, building.numbers()),
  prelu: (building, { axis }) => prelu(building.graph, building.numbers(), building.parameters().weight, axis + 1),
  activation: building => building.numbers(),
} satisfies Builders;

type Builders = { readonly [Type in LayerType]?: LayerBuilder<Type> };

const LAYER_BUILDERS: Required<Builders> = { ...WITH_ACTIVATION, ...OTHERS };

/** The builder of layers of that type, for layers of no other. */
export function builderOf(type: LayerType): LayerBuilder<LayerType> {
  return LAYER_BUILDERS[type];
}

/** Whether layers of that type compute `fusedActivation` themselves. */
export function includesActivation(type: LayerType): boolean {
  return type in WITH_ACTIVATION;
}
