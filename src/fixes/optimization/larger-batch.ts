import { set } from '../../model/change';
import type { FixMaker } from '../fix-context';

/** Halves the noise of the gradient, which falls with the root of the batch. */
const FACTOR = 4;
/** Fewer examples give neither a direction nor the statistics of a batch norm. */
const FEWEST_EXAMPLES = 16;

/**
 * Takes four times as many examples per batch, and at least 16, or as many as there are for each of the batches of a
 * step: the gradient's noise halves (McCandlish et al. 2018).
 */
export const largerBatch: FixMaker = ({ model, history }) => {
  const batch = Math.min(
    Math.max(FEWEST_EXAMPLES, FACTOR * model.batchSize),
    Math.floor(history.layout.trainingExamples / model.gradientAccumulation),
  );
  return batch <= model.batchSize
    ? undefined
    : {
        id: 'larger-batch',
        title: `Use batches of ${batch} examples`,
        changes: [set({ setting: 'batchSize' }, batch)],
      };
};
