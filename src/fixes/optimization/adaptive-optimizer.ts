import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import { defaultLearningRate } from '../../model/vocabulary/optimizers';
import type { FixMaker } from '../fix-context';
import { isProportional } from '../evidence/step-size';

/**
 * Takes adam at its usual rate, or the given one, in place of sgd, or of lbfgs, whose steps may go anywhere without a
 * line search: adam's do not depend on the size of gradients, so neither vanished nor large ones, nor layers of
 * different scale, decide how far a weight moves (Kingma and Ba 2015).
 */
export const adaptiveOptimizer: FixMaker = ({ model, value }) => {
  if (!isProportional(model) && model.optimizer.type !== 'lbfgs') return undefined;
  const rate = value ?? defaultLearningRate('adam');
  const { weightDecay } = model.optimizer;
  return {
    id: 'adaptive-optimizer',
    title: `Use adam at learning rate ${writtenNumber(rate)} instead of ${model.optimizer.type}`,
    changes: [
      set({ setting: 'optimizer' }, { type: 'adam', learningRate: rate, ...(weightDecay > 0 && { weightDecay }) }),
    ],
  };
};
