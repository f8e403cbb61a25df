import { changeValues } from '../../frontends/model-file/edit';
import { formatNumber } from '../../frontends/model-file/edit/format-value';
import type { FixMaker } from '../fix-context';
import { penaltyStrength } from './penalty-strength';

/**
 * Adds the absolute size of every weight to the loss, by the factor that `penaltyStrength` works out from the run. Only
 * ever raised.
 */
export const l1: FixMaker = ({ document, model, history }) => {
  const strength = penaltyStrength(history, 'l1');
  if (!(strength > model.regularization.l1) || !Number.isFinite(strength)) return undefined;
  return {
    id: 'l1',
    title: `Regularize with l1 ${formatNumber(strength)}`,
    edits: changeValues(document, [{ path: ['regularization', 'l1'], value: strength }]),
  };
};
