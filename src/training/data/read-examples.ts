/** Everything that is done to data before a network is built. */
import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import type { Remark } from '../remark';
import type { Dataset } from './dataset';
import { loadDataset, type DataSource } from './load-dataset';
import { prepareExamples } from './prepare-examples';
import { splitExamples, type Split } from './split';

/** Examples that are ready to be trained on, and which of them are held back. */
export interface Examples extends Split {
  readonly data: Dataset;
  readonly remarks: readonly Remark[];
}

/**
 * Makes or reads the examples, holds back a share of them, and prepares all by those that are trained on.
 * @throws TrainingError where data and model do not fit
 */
export function readExamples(model: ModelSpec, source: DataSource, random: Random): Examples {
  const loaded = loadDataset(model, source, random.fork('data'));
  const split = splitExamples(loaded.examples, model.validation, random.fork('split'));
  return { ...split, data: prepareExamples(loaded, split.training, model), remarks: loaded.remarks ?? [] };
}
