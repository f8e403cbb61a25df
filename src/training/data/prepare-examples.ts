/** What is done to examples once it is known which are trained on: gaps are filled, inputs scaled, and a target that is the input follows. */
import type { ModelSpec } from '../../spec/model-spec';
import { isReconstruction } from '../../spec/reconstruction';
import { TrainingError } from '../training-error';
import type { Dataset } from './dataset';
import { fillGaps } from './fill-gaps';
import { standardizeExamples } from './statistics';

/**
 * Fills gaps, standardizes or rescales as the model file asks, all by the training examples alone, and gives a model that is to predict
 * its own input the prepared input as its target.
 * @throws TrainingError where a column has no value among the training examples, or the loss does not take such inputs as targets
 */
export function prepareExamples(loaded: Dataset, training: Int32Array, model: ModelSpec): Dataset {
  const data = standardizeExamples(fillGaps(loaded, training), training, model);
  if (!isReconstruction(model.data)) return data;
  if (model.loss.type === 'binary-cross-entropy') checkRange(data, training, model);
  return { ...data, targets: data.inputs };
}

/** Binary cross-entropy takes targets for probabilities. */
function checkRange({ inputs, inputSize }: Dataset, training: Int32Array, { data }: ModelSpec): void {
  let [least, most] = [Infinity, -Infinity];
  for (const example of training) {
    for (let i = example * inputSize; i < (example + 1) * inputSize; i++) {
      least = Math.min(least, inputs[i]);
      most = Math.max(most, inputs[i]);
    }
  }
  if (least >= 0 && most <= 1) return;
  const canRescale = 'standardize' in data;
  const number = (value: number): string => String(Number(value.toPrecision(3)));
  throw new TrainingError(
    `binary-cross-entropy predicts inputs from 0 to 1, but they go from ${number(least)} to ${number(most)}; ` +
      `${canRescale ? 'set "rescale: true" under "data", or ' : ''}use the loss mse.`,
    ['loss'],
    [
      ...(canRescale ? [{
        title: 'Rescale the inputs to 0 to 1',
        changes: [
          { path: ['data', 'rescale'], value: true },
          ...(data.standardize ? [{ path: ['data', 'standardize'], value: undefined }] : []),
        ],
      }] : []),
      { title: 'Use the loss `mse`', changes: [{ path: ['loss'], value: 'mse' }] },
    ],
  );
}
