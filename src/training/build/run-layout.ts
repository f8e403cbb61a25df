import type { LayerSpec } from '../../spec/model-spec';
import type { LayerLayout, ParameterLayout } from '../step-record';
import { parametersOf } from './layer-parameters';
import { walkLayers } from './walk-layers';

/** The layers and parameters of a model in the order of every record. */
export function layoutOf(layers: readonly LayerSpec[]): {
  readonly layers: readonly LayerLayout[];
  readonly parameters: readonly ParameterLayout[];
} {
  const order: LayerSpec[] = [];
  const parents: (LayerSpec | undefined)[] = [];
  walkLayers(layers, (layer, parent) => {
    order.push(layer);
    parents.push(parent);
  });
  const parameters: ParameterLayout[] = [];
  const layouts = order.map((layer, index): LayerLayout => {
    const parent = parents[index];
    const first = parameters.length;
    for (const { name, shape, role } of parametersOf(layer)) {
      parameters.push({ name: `${layer.path}.${name}`, layer: index, shape, role });
    }
    const recurrent = layer.type === 'rnn' || layer.type === 'lstm' || layer.type === 'gru' || layer.type === 'seq2seq';
    return {
      path: layer.path,
      type: layer.type,
      activation: layer.activation,
      source: layer.source,
      outputShape: layer.outputShape,
      parameters: Array.from({ length: parameters.length - first }, (_, i) => first + i),
      parent: parent ? order.indexOf(parent) : -1,
      ...(recurrent && { timeSteps: layer.inputShape[0] }),
    };
  });
  return { layers: layouts, parameters };
}
