import { setEach } from '../../model/change';
import type { FixMaker } from '../fix-context';
import { hiddenKernels } from '../own-layers';
import { placesText } from '../place-text';

/**
 * Trains length and direction of every hidden unit's weights apart, g v / ‖v‖ (Salimans and Kingma 2016): the effective
 * step shrinks as v grows, so a rate that is too high limits itself.
 */
export const weightNorm: FixMaker = ({ model }) => {
  const layers = hiddenKernels(model).filter(layer => !layer.weightNorm && layer.trainable);
  return layers.length === 0
    ? undefined
    : {
        id: 'weight-norm',
        title: `Normalize the weights of ${placesText(layers.map(({ path }) => path))}`,
        changes: setEach(layers, 'weightNorm', true),
      };
};
