import { changeValues } from '../../frontends/model-file/edit';
import { formatNumber } from '../../frontends/model-file/edit/format-value';
import type { FixMaker } from '../fix-context';
import { penaltyStrength } from './penalty-strength';

/**
 * Adds the square of every weight to the loss, by the factor that `penaltyStrength` works out from the run. Only ever
 * raised.
 */
export const l2: FixMaker = ({ document, model, history }) => {
  const strength = penaltyStrength(history, 'l2');
  if (!(strength > model.regularization.l2) || !Number.isFinite(strength)) return undefined;
  return {
    id: 'l2',
    title: `Regularize with l2 ${formatNumber(strength)}`,
    edits: changeValues(document, [{ path: ['regularization', 'l2'], value: strength }]),
  };
};
