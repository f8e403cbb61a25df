import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import type { FixMaker } from '../fix-context';
import { penaltyStrength } from './penalty-strength';

/**
 * Adds the absolute size of every weight to the loss, by the factor that `penaltyStrength` works out from the run. Only
 * ever raised.
 */
export const l1: FixMaker = ({ model, history }) => {
  const strength = penaltyStrength(history, 'l1');
  if (!(strength > model.regularization.l1) || !Number.isFinite(strength)) return undefined;
  return {
    id: 'l1',
    title: `Regularize with l1 ${writtenNumber(strength)}`,
    changes: [set({ setting: 'regularization', part: 'l1' }, strength)],
  };
};
