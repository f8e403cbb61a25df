/** The loss that a network reaches without having learned anything about its input. */
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import type { StepRecord } from '../../record/step-record';

/**
 * Loss of the best constant prediction: as the run states it, or by theory for tasks whose targets are known.
 * `undefined` where neither tells.
 */
export function trivialLoss(model: ModelSpec, history: RunHistory): number | undefined {
  if (history.layout.trivialLoss !== undefined) return history.layout.trivialLoss;
  // The sum of two uniform numbers of [0, 1) has variance 1/6 (Hochreiter & Schmidhuber 1997).
  if (model.data.type === 'adding-problem' && model.loss.type === 'mse') return 1 / 6;
  const generatedClasses =
    model.data.type === 'blobs' || model.data.type === 'circles' || model.data.type === 'spirals';
  const classes = model.layers[model.layers.length - 1].outputShape[0];
  if (generatedClasses && model.loss.type === 'cross-entropy') return Math.log(classes);
  if (generatedClasses && model.loss.type === 'binary-cross-entropy') return Math.LN2;
  return undefined;
}

/** Loss of a step without its share of regularization, which is no measure of what was learned. */
export function taskLoss(record: StepRecord): number {
  return record.loss - (record.penalty ?? 0);
}
