import { allLayers, layerAt } from '../../diagnosis/layers';
import { changeValues } from '../../spec/edit';
import type { ActivationName, LayerSpec } from '../../spec/model-spec';
import type { FixMaker } from '../fix-context';
import { changeHiddenActivation, RECTIFYING } from './hidden-activation';
import { placesText } from '../place-text';

/** Activations that let a signal grow without bound, and those of slope 1/4 at most. */
const REPLACED: readonly ActivationName[] = [...RECTIFYING, 'softplus', 'sigmoid', 'hard-sigmoid'];

/**
 * Replaces an activation by tanh: bounded, so that no signal runs away, and of slope 1 at 0. Of an rnn whose own nonlinearity is
 * relu, that one: a state that a relu does not bound grows with every time step.
 */
export const tanhActivation: FixMaker = (context) => {
  const layer = context.finding.layer === undefined ? undefined : layerAt(context.model, context.finding.layer);
  if (layer && isReluRecurrence(layer)) {
    const layers = allLayers(context.model.layers).filter(isReluRecurrence);
    return {
      id: 'tanh-activation',
      title: `Use tanh instead of relu in ${placesText([layer.path, ...layers.filter((each) => each !== layer).map(({ path }) => path)])}`,
      edits: changeValues(context.document, layers.map(({ source }) => ({ path: [...source, 'nonlinearity'], value: undefined }))),
    };
  }
  return changeHiddenActivation(context, 'tanh-activation', 'tanh', REPLACED);
};

function isReluRecurrence(layer: LayerSpec): boolean {
  return layer.type === 'rnn' && layer.nonlinearity === 'relu';
}
