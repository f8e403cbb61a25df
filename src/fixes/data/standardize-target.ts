import { set } from '../../model/change';
import { isReconstruction } from '../../model/reconstruction';
import type { FixMaker } from '../fix-context';

/**
 * Shifts the numbers to predict to mean 0 and deviation 1: an output that starts near 0 is wrong by the whole size of
 * raw targets, and the gradient of a squared error is as large as that. Classes are no numbers, so it is for the
 * regression losses only.
 */
export const standardizeTarget: FixMaker = ({ model: { data, loss } }) => {
  const isRegression = loss.type === 'mse' || loss.type === 'mae' || loss.type === 'huber';
  if (
    !isRegression ||
    isReconstruction(data) ||
    !('standardizeTarget' in data) ||
    data.standardizeTarget ||
    data.inferred
  ) {
    return undefined;
  }
  return {
    id: 'standardize-target',
    title: 'Standardize the target',
    changes: [set({ setting: 'data', part: 'standardizeTarget' }, true)],
  };
};
