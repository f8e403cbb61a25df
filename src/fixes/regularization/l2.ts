import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import type { FixMaker } from '../fix-context';
import { penaltyStrength } from './penalty-strength';

/**
 * Adds the square of every weight to the loss, by the factor that `penaltyStrength` works out from the run. Only ever
 * raised.
 */
export const l2: FixMaker = ({ model, history }) => {
  const strength = penaltyStrength(history, 'l2');
  if (!(strength > model.regularization.l2) || !Number.isFinite(strength)) return undefined;
  return {
    id: 'l2',
    title: `Regularize with l2 ${writtenNumber(strength)}`,
    changes: [set({ setting: 'regularization', part: 'l2' }, strength)],
  };
};
