import { set } from '../../model/change';
import type { LossName, ModelSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { hasClasses } from './class-data';
import { outputActivation } from './output-activation';

/**
 * Takes the loss that fits what is to be learned: for classes cross-entropy, or binary cross-entropy for a single
 * output, over which a softmax is always 1 and has no gradient. A softmax or sigmoid at the output goes, since these
 * losses take raw scores.
 */
export const matchingLoss: FixMaker = ({ model }) => {
  const loss = fittingLoss(model);
  if (loss === undefined || loss === model.loss.type) return undefined;
  const output = outputActivation(model);
  const isSquashed = output !== undefined && ['softmax', 'sigmoid', 'hard-sigmoid'].includes(output.activation);
  return {
    id: 'matching-loss',
    title: `Use ${loss} as the loss${isSquashed ? `, without ${output.activation} before it` : ''}`,
    changes: [set({ setting: 'loss' }, { type: loss }), ...(isSquashed ? [output.removal] : [])],
  };
};

function fittingLoss(model: ModelSpec): LossName | undefined {
  const shape = model.layers[model.layers.length - 1].outputShape;
  const isSingle = shape.length === 1 && shape[0] === 1;
  const isSoftmax = outputActivation(model)?.activation === 'softmax';
  if (isSingle && (model.loss.type === 'cross-entropy' || (isSoftmax && hasClasses(model))))
    return 'binary-cross-entropy';
  const isRegression = model.loss.type === 'mse' || model.loss.type === 'mae' || model.loss.type === 'huber';
  // Shares that add up to 1 are answers about classes, whatever the data.
  const toClasses = hasClasses(model) || isSoftmax;
  if (!isRegression || !toClasses || shape.length !== 1) return undefined;
  return isSingle ? 'binary-cross-entropy' : 'cross-entropy';
}
