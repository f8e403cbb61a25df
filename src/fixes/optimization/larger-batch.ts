import { changeValues } from '../../spec/edit';
import type { FixMaker } from '../fix-context';

/** Halves the noise of the gradient, which falls with the root of the batch. */
const FACTOR = 4;

/** Four times as many examples a step, or all there are: the gradient's noise halves (McCandlish et al. 2018). */
export const largerBatch: FixMaker = ({ document, model, history }) => {
  const batch = Math.min(FACTOR * model.batchSize, history.layout.trainingExamples);
  return batch <= model.batchSize ? undefined : {
    id: 'larger-batch',
    title: `Use batches of ${batch} examples`,
    edits: changeValues(document, [{ path: ['batch_size'], value: batch }]),
  };
};
