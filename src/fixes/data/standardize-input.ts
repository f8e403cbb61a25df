import { changeValues } from '../../frontends/model-file/edit';
import { nodeAt } from '../../frontends/model-file/source-range';
import type { FixMaker } from '../fix-context';

/**
 * Shifts the numbers of a data file to mean 0 and deviation 1: with inputs of size s the loss is s² times steeper in
 * the first weights than with standardized ones, and so is the largest stable rate smaller (LeCun, Bottou, Orr and
 * Müller 1998). Of a generated task it takes away the `scale` that imitates raw data.
 */
export const standardizeInput: FixMaker = ({ document, model: { data } }) => {
  if (nodeAt(document, ['data'])?.kind !== 'mapping') {
    return undefined;
  }
  if ('standardize' in data) {
    return data.standardize || data.rescale
      ? undefined
      : {
          id: 'standardize-input',
          title: data.type === 'csv' ? 'Standardize the input columns' : 'Standardize the inputs',
          edits: changeValues(document, [{ path: ['data', 'standardize'], value: true }]),
        };
  }
  return 'scale' in data && data.scale !== 1
    ? {
        id: 'standardize-input',
        title: 'Generate inputs of deviation 1',
        edits: changeValues(document, [{ path: ['data', 'scale'], value: 1 }]),
      }
    : undefined;
};
