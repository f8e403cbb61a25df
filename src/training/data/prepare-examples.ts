/**
 * What is done to examples once it is known which are trained on: gaps are filled, inputs scaled, and a target that is
 * the input follows.
 */
import { formatNumber } from '../../record/number-text';
import type { ModelSpec } from '../../model/model-spec';
import { isReconstruction } from '../../model/reconstruction';
import { TrainingError } from '../training-error';
import type { Dataset } from './dataset';
import { fillGaps } from './fill-gaps';
import { standardizeExamples } from './statistics';

/**
 * Fills gaps, standardizes or rescales as the model file asks, all by the training examples alone, and gives a model
 * that is to predict its own input the prepared input as its target.
 * @throws TrainingError where a column has no value among the training examples, or the loss does not take such targets
 */
export function prepareExamples(loaded: Dataset, training: Int32Array, model: ModelSpec): Dataset {
  const data = standardizeExamples(fillGaps(loaded, training), training, model);
  const reconstructs = isReconstruction(model.data);
  const prepared = reconstructs ? { ...data, targets: data.inputs } : data;
  if (reconstructs && model.loss.type === 'binary-cross-entropy') checkRange(data, training, model);
  if (model.loss.type === 'msle') checkLogarithms(prepared);
  return prepared;
}

/** A logarithmic error is one of numbers from 0 on. */
function checkLogarithms({ targets }: Dataset): void {
  let least = Infinity;
  for (const target of targets) least = Math.min(least, target);
  if (least >= 0) return;
  throw new TrainingError(
    `msle compares logarithms of targets from 0 on, but the targets go down to ${formatNumber(least)}; use the loss mse, or do not standardize ` +
      'the target.',
    ['loss'],
    [{ title: 'Use the loss `mse`', changes: [{ path: ['loss'], value: 'mse' }] }],
  );
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
  throw new TrainingError(
    `binary-cross-entropy predicts inputs from 0 to 1, but they go from ${formatNumber(least)} to ${formatNumber(most)}; ` +
      `${canRescale ? 'set "rescale: true" under "data", or ' : ''}use the loss mse.`,
    ['loss'],
    [
      ...(canRescale
        ? [
            {
              title: 'Rescale the inputs to 0 to 1',
              changes: [
                { path: ['data', 'rescale'], value: true },
                ...(data.standardize ? [{ path: ['data', 'standardize'], value: undefined }] : []),
              ],
            },
          ]
        : []),
      { title: 'Use the loss `mse`', changes: [{ path: ['loss'], value: 'mse' }] },
    ],
  );
}
