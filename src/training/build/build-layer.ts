/** One layer of a model as operators of the engine. */
import type { Graph } from '../../engine/graph';
import { observeLayer } from '../../engine/observe';
import { activation, type ActivationName as ActivationFunction } from '../../engine/operators/activation';
import { gate } from '../../engine/operators/gate';
import { prelu } from '../../engine/operators/prelu';
import type { IdTensor, Tensor } from '../../engine/tensor';
import { featureAxis, isGated } from '../../model/gated-activations';
import { givesMaps } from '../../model/gives-maps';
import { activationParameters, weightsOf } from '../../model/layer-parameters';
import { kindOf } from '../../model/layers/layer-kinds';
import { MODEL_INPUT_PATH, type LayerSpec } from '../../model/model-spec';
import { fusedActivation, makeParameters, type Building } from './layer-builder';
import { builderOf, includesActivation } from './layer-builders';

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
  const build = builderOf(layer.type);
  return activated(graph, layer, build(buildingOf(graph, layer, outputs), layer), outputs);
}

function buildingOf(graph: Graph, layer: LayerSpec, outputs: Outputs): Building {
  const inputs = layer.inputs.map(path => outputs.values.get(path)!);
  return {
    graph,
    numbers: () => toNumbers(inputs[0], layer),
    ids: () => toIds(inputs[0], layer),
    joined: () => inputs.map(input => toNumbers(input, layer)),
    parameters: () => makeParameters(graph, layer, weightsOf(layer)),
    add: layers => addLayers(graph, layers, outputs),
    outputOf: path => toNumbers(outputs.values.get(path)!, layer),
  };
}

/** The layer's activation of its output, unless that has it already. */
function activated(graph: Graph, layer: LayerSpec, y: Tensor, outputs: Outputs): Tensor {
  const { activation: name } = layer;
  if (name === 'prelu') {
    const { slope } = makeParameters(graph, layer, activationParameters(layer));
    return prelu(graph, y, slope, y.shape.length - 1);
  }
  if (isGated(name)) return gate(graph, y, name, 1 + featureAxis(layer.outputShape, givesMaps(layer, mapsIn(outputs))));
  return includesActivation(layer.type) ? y : activation(graph, y, name);
}

function toNumbers(x: Tensor | IdTensor, layer: LayerSpec): Tensor {
  if (x.kind === 'id') throw new Error(`Layer "${layer.path}" needs numbers, but gets token ids.`);
  return x;
}

function toIds(x: Tensor | IdTensor, layer: LayerSpec): IdTensor {
  if (x.kind !== 'id') throw new Error(`Layer "${layer.path}" needs token ids, but gets numbers.`);
  return x;
}
