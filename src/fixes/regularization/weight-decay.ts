import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import type { FixMaker } from '../fix-context';
import { customaryDecay } from './customary-decay';

/**
 * Pulls the weights towards 0 at every step. The decay of lion, muon and adamw acts apart from the gradient; adam's is
 * lost in its scaling, so adam becomes adamw (Loshchilov and Hutter 2019).
 */
export const weightDecay: FixMaker = ({ model: { optimizer } }) => {
  const type = optimizer.type === 'adam' && !optimizer.amsgrad ? 'adamw' : optimizer.type;
  const decay = customaryDecay(type);
  if (optimizer.weightDecay >= decay && type === optimizer.type) return undefined;
  return {
    id: 'weight-decay',
    title:
      type === optimizer.type
        ? `Set weight decay to ${writtenNumber(decay)}`
        : `Use adamw with weight decay ${writtenNumber(decay)} instead of adam`,
    changes: [
      set({ setting: 'optimizer', part: 'type' }, type),
      set({ setting: 'optimizer', part: 'weightDecay' }, decay),
    ],
  };
};
