import { sourcesOf } from '../../model/inner-layers';
import { MODEL_INPUT_PATH, type ActivationName, type LayerSpec } from '../../model/model-spec';
import type { LayerLayout, ParameterLayout } from '../../record/step-record';
import { ownParametersOf, parameterName, parametersOf } from '../../model/layer-parameters';
import { walkLayers } from './walk-layers';

/** Kept by parameter, since a layer with tied weights has what its owner says. */
function trainingOf({
  trainable,
  learningRateMultiplier,
}: LayerSpec): Pick<ParameterLayout, 'trainable' | 'learningRateMultiplier'> {
  return { trainable, learningRateMultiplier };
}

/** What shapes its output: of a recurrent layer the function inside the recurrence. */
function activationOf(layer: LayerSpec): ActivationName {
  return 'nonlinearity' in layer ? layer.nonlinearity : layer.activation;
}

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
  const indices = new Map(order.map((layer, index) => [layer.path, index]));
  const indexOf = (path: string): number => (path === MODEL_INPUT_PATH ? -1 : indices.get(path)!);
  const parameters: ParameterLayout[] = [];
  const indexOfParameter = new Map<string, number>();
  const layouts = order.map((layer, index): LayerLayout => {
    const parent = parents[index];
    for (const spec of ownParametersOf(layer)) {
      const name = parameterName(layer, spec);
      indexOfParameter.set(name, parameters.length);
      parameters.push({ name, layer: index, shape: spec.shape, role: spec.role, ...trainingOf(layer) });
    }
    const recurrent = layer.type === 'rnn' || layer.type === 'lstm' || layer.type === 'gru' || layer.type === 'seq2seq';
    return {
      path: layer.path,
      type: layer.type,
      activation: activationOf(layer),
      outputShape: layer.outputShape,
      inputs: sourcesOf(layer).map(indexOf),
      parameters: parametersOf(layer).map(spec => indexOfParameter.get(parameterName(layer, spec))!),
      parent: parent ? indexOf(parent.path) : -1,
      ...(recurrent && { timeSteps: layer.inputShape[0] }),
    };
  });
  return { layers: layouts, parameters };
}
