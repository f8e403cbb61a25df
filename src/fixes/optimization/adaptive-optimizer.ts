import { changeValues } from '../../frontends/model-file/edit';
import { formatNumber } from '../../frontends/model-file/edit/format-value';
import { defaultLearningRate } from '../../model/vocabulary/optimizers';
import type { FixMaker } from '../fix-context';
import { isProportional } from '../evidence/step-size';

/**
 * Takes adam at its usual rate, or the given one, in place of sgd, or of lbfgs, whose steps may go anywhere without a
 * line search: adam's do not depend on the size of gradients, so neither vanished nor large ones, nor layers of
 * different scale, decide how far a weight moves (Kingma and Ba 2015).
 */
export const adaptiveOptimizer: FixMaker = ({ document, model, value }) => {
  if (!isProportional(model) && model.optimizer.type !== 'lbfgs') return undefined;
  const rate = value ?? defaultLearningRate('adam');
  const { weightDecay } = model.optimizer;
  return {
    id: 'adaptive-optimizer',
    title: `Use adam at learning rate ${formatNumber(rate)} instead of ${model.optimizer.type}`,
    edits: changeValues(document, [
      {
        path: ['optimizer'],
        value: { type: 'adam', learning_rate: rate, ...(weightDecay > 0 && { weight_decay: weightDecay }) },
      },
    ]),
  };
};
