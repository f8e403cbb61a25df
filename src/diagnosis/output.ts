/** The end of a model: the layer whose activation gives the answers, and what values it can give. */
import type { ActivationName, LayerSpec, LayerType, ModelSpec } from '../model/model-spec';
import { allLayers, hasKernel } from './layers';

const PASSING: ReadonlySet<LayerType> = new Set(['dropout', 'flatten']);

/** The last layer that changes values: where the answers get their activation. */
export function outputLayer(model: ModelSpec): LayerSpec {
  return model.layers.findLast(layer => !PASSING.has(layer.type)) ?? model.layers[model.layers.length - 1];
}

/** Least and greatest value of an activation; `undefined` where it has neither that an answer could run into. */
export function rangeOf(activation: ActivationName): { readonly low: number; readonly high: number } | undefined {
  switch (activation) {
    case 'sigmoid':
    case 'hard-sigmoid':
    case 'softmax':
      return { low: 0, high: 1 };
    case 'tanh':
    case 'hard-tanh':
    case 'softsign':
      return { low: -1, high: 1 };
    case 'relu':
    case 'softplus':
    case 'exponential':
      return { low: 0, high: Infinity };
    case 'log-sigmoid':
      return { low: -Infinity, high: 0 };
    case 'relu6':
      return { low: 0, high: 6 };
    default:
      return undefined;
  }
}

/** Whether layers with weights come before the one that gives the answers. */
export function hasHiddenLayers(model: ModelSpec): boolean {
  return allLayers(model.layers).filter(hasKernel).length > 1;
}
