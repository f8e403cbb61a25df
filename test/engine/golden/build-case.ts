/** The network of a golden case, built straight on the engine. */
import type { Graph } from '../../../src/engine/graph';
import { observeLayer } from '../../../src/engine/observe';
import { activation, type ActivationName } from '../../../src/engine/operators/activation';
import { add } from '../../../src/engine/operators/add';
import { batchNorm } from '../../../src/engine/operators/batch-norm';
import { dense } from '../../../src/engine/operators/dense';
import { embedding } from '../../../src/engine/operators/embedding';
import { groupNorm } from '../../../src/engine/operators/group-norm';
import { layerNorm } from '../../../src/engine/operators/layer-norm';
import { lastStep, meanOverTime } from '../../../src/engine/operators/over-time';
import { recurrent } from '../../../src/engine/operators/recurrent';
import { flatten } from '../../../src/engine/operators/reshape';
import { rmsNorm } from '../../../src/engine/operators/rms-norm';
import { weightNorm } from '../../../src/engine/operators/weight-norm';
import type { IdTensor, Tensor } from '../../../src/engine/tensor';
import type { StoredTensor } from './read-safetensors';

export interface CaseLayer {
  readonly type: string;
  readonly name: string;
  readonly activation?: ActivationName;
  readonly weight_norm?: boolean;
  readonly groups?: number;
  readonly bias?: boolean;
  readonly nonlinearity?: 'tanh' | 'relu';
  readonly bidirectional?: boolean;
  readonly output?: 'last' | 'sequence';
  readonly layers?: readonly CaseLayer[];
  readonly shortcut?: readonly CaseLayer[];
}

const SUPPORTED = new Set([
  'dense',
  'rnn',
  'lstm',
  'gru',
  'embedding',
  'batch-norm',
  'layer-norm',
  'rms-norm',
  'group-norm',
  'flatten',
  'last-step',
  'mean-over-time',
  'residual',
  'activation',
]);

export function isSupported(layers: readonly CaseLayer[]): boolean {
  return layers.every(
    layer => SUPPORTED.has(layer.type) && isSupported(layer.layers ?? []) && isSupported(layer.shortcut ?? []),
  );
}

/** Appends layers after x; `tensors` holds `initial.<parameter>` of each. */
export function buildLayers(
  graph: Graph,
  x: Tensor | IdTensor,
  layers: readonly CaseLayer[],
  tensors: ReadonlyMap<string, StoredTensor>,
  prefix = '',
): Tensor {
  let y: Tensor | IdTensor = x;
  for (const layer of layers) y = buildLayer(graph, y, layer, tensors, prefix + layer.name);
  return y as Tensor;
}

function buildLayer(
  graph: Graph,
  input: Tensor | IdTensor,
  layer: CaseLayer,
  tensors: ReadonlyMap<string, StoredTensor>,
  path: string,
): Tensor {
  const parameter = (name: string): Tensor =>
    graph.parameter(`${path}.${name}`, tensors.get(`initial.${path}.${name}`)!.shape);
  const x = input as Tensor;
  const f = layer.activation ?? 'identity';
  const build = (): Tensor => {
    switch (layer.type) {
      case 'dense': {
        const weight = layer.weight_norm
          ? weightNorm(graph, parameter('weight_v'), parameter('weight_g'))
          : parameter('weight');
        return dense(graph, x, weight, layer.bias === false ? undefined : parameter('bias'), f);
      }
      case 'embedding':
        return embedding(graph, input as IdTensor, parameter('weight'));
      case 'batch-norm': {
        const features = [x.shape[1]];
        const [mean, variance] = [
          graph.state(`${path}.running_mean`, features),
          graph.state(`${path}.running_var`, features),
        ];
        return batchNorm(graph, x, parameter('weight'), parameter('bias'), mean, variance, {
          epsilon: 1e-5,
          momentum: 0.1,
        });
      }
      case 'layer-norm':
        return layerNorm(graph, x, parameter('weight'), parameter('bias'), 1e-5);
      case 'rms-norm':
        return rmsNorm(graph, x, parameter('weight'), 1e-6);
      case 'group-norm':
        return groupNorm(graph, x, parameter('weight'), parameter('bias'), layer.groups!, 1e-5);
      case 'flatten':
        return flatten(graph, x);
      case 'last-step':
        return lastStep(graph, x);
      case 'mean-over-time':
        return meanOverTime(graph, x);
      case 'activation':
        return x;
      case 'residual': {
        const inside = buildLayers(graph, x, layer.layers!, tensors, `${path}.`);
        return add(graph, inside, buildLayers(graph, x, layer.shortcut ?? [], tensors, `${path}.shortcut.`));
      }
      case 'rnn':
      case 'lstm':
      case 'gru': {
        const directions = ['', '_reverse'].slice(0, layer.bidirectional ? 2 : 1).map(suffix => ({
          weightIh: parameter(`weight_ih_l0${suffix}`),
          weightHh: parameter(`weight_hh_l0${suffix}`),
          biasIh: parameter(`bias_ih_l0${suffix}`),
          biasHh: parameter(`bias_hh_l0${suffix}`),
        }));
        const options = {
          cell: layer.type,
          nonlinearity: layer.nonlinearity ?? 'tanh',
          output: layer.output ?? 'last',
        } as const;
        return recurrent(graph, x, directions, options);
      }
      default:
        throw new Error(`No such layer: ${layer.type}`);
    }
  };
  const y = graph.within(path, () => {
    const made = build();
    return layer.type === 'dense' ? made : activation(graph, made, f);
  });
  observeLayer(graph, path, y, f, layer.type === 'batch-norm' ? 'channels' : 'last');
  return y;
}
