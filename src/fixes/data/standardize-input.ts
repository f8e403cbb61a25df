import { set } from '../../model/change';
import type { FixMaker } from '../fix-context';

/**
 * Shifts the numbers of a data file to mean 0 and deviation 1: with inputs of size s the loss is s² times steeper in
 * the first weights than with standardized ones, and so is the largest stable rate smaller (LeCun, Bottou, Orr and
 * Müller 1998). Of a generated task it takes away the `scale` that imitates raw data.
 */
export const standardizeInput: FixMaker = ({ model: { data } }) => {
  if (data.inferred) {
    return undefined;
  }
  if ('standardize' in data) {
    return data.standardize || data.rescale
      ? undefined
      : {
          id: 'standardize-input',
          title: data.type === 'csv' ? 'Standardize the input columns' : 'Standardize the inputs',
          changes: [set({ setting: 'data', part: 'standardize' }, true)],
        };
  }
  return 'scale' in data && data.scale !== 1
    ? {
        id: 'standardize-input',
        title: 'Generate inputs of deviation 1',
        changes: [set({ setting: 'data', part: 'scale' }, 1)],
      }
    : undefined;
};
