import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../spec/model-spec';
import { TrainingError } from '../training-error';
import { addingProblem } from './adding-problem';
import { blobs } from './blobs';
import { circles } from './circles';
import { copyMemory } from './copy-memory';
import { csv } from './csv';
import type { Dataset } from './dataset';
import { checkSize } from './size-limit';
import { spirals } from './spirals';
import { teacher } from './teacher';

/**
 * Makes or reads the examples that `model.data` names.
 * @param bytes the file of a `csv` source
 * @param limitBytes what the examples may take at most
 * @throws TrainingError where data and model do not fit.
 */
export function loadDataset(model: ModelSpec, bytes: Uint8Array | undefined, limitBytes: number, random: Random): Dataset {
  const { data } = model;
  if (data.type === 'csv') {
    if (!bytes) throw new TrainingError(`The data file "${data.path}" was not found.`, ['data', 'path']);
    return csv(model, data, bytes, limitBytes);
  }
  checkSize(model, data.examples, limitBytes, 'lower "examples"', ['data', 'examples']);
  switch (data.type) {
    case 'blobs':
      return blobs(model, data, random);
    case 'circles':
      return circles(model, data, random);
    case 'spirals':
      return spirals(model, data, random);
    case 'teacher':
      return teacher(model, data, random);
    case 'adding-problem':
      return addingProblem(model, data, random);
    case 'copy-memory':
      return copyMemory(model, data, random);
  }
}
