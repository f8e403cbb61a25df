import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import type { FixMaker } from '../fix-context';
import { customaryDecay } from './customary-decay';

/** A decay within this factor of the customary one crushes nothing. */
const HARMLESS_DECAY_FACTOR = 2;

/**
 * Lowers a weight decay that pulls the weights to 0 faster than the gradient builds them up to the customary one (see
 * `customaryDecay`).
 */
export const lowerWeightDecay: FixMaker = ({ model: { optimizer } }) => {
  const decay = customaryDecay(optimizer.type);
  return optimizer.weightDecay <= HARMLESS_DECAY_FACTOR * decay
    ? undefined
    : {
        id: 'lower-weight-decay',
        title: `Lower the weight decay to ${writtenNumber(decay)}`,
        changes: [set({ setting: 'optimizer', part: 'weightDecay' }, decay)],
      };
};
