import { reset } from '../../model/change';
import { allLayers, isRecurrent, layerAt } from '../../diagnosis/layers';
import type { ActivationName, CellActivationName, LayerSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { changeHiddenActivation, RECTIFYING } from './hidden-activation';
import { placesText } from '../place-text';

/** Activations that let a signal grow without bound, and those of slope 1/4 at most. */
const REPLACED: readonly ActivationName[] = [...RECTIFYING, 'softplus', 'exponential', 'sigmoid', 'hard-sigmoid'];
/** The same of those inside a recurrence. */
const REPLACED_INSIDE: readonly CellActivationName[] = ['relu', 'identity', 'sigmoid', 'hard-sigmoid'];

/**
 * Replaces an activation by tanh: bounded, so that no signal runs away, and of slope 1 at 0. Of a recurrent layer the
 * function of its state: one that does not bound it lets it grow with every time step.
 */
export const tanhActivation: FixMaker = context => {
  const layer = context.finding.layer === undefined ? undefined : layerAt(context.model, context.finding.layer);
  const replaced = layer && functionInside(layer);
  if (layer && replaced !== undefined && REPLACED_INSIDE.includes(replaced)) {
    const others = allLayers(context.model.layers).filter(each => each !== layer && functionInside(each) === replaced);
    return {
      id: 'tanh-activation',
      title: `Use tanh instead of ${replaced} in ${placesText([layer.path, ...others.map(({ path }) => path)])}`,
      // tanh is the default.
      changes: [layer, ...others].map(({ path }) => reset({ layer: path, part: 'nonlinearity' })),
    };
  }
  return changeHiddenActivation(context, 'tanh-activation', 'tanh', REPLACED);
};

function functionInside(layer: LayerSpec): CellActivationName | undefined {
  return isRecurrent(layer) && layer.type !== 'seq2seq' ? layer.nonlinearity : undefined;
}
