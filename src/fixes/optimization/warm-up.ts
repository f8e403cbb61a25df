import { changeValues } from '../../spec/edit';
import type { OptimizerSpec } from '../../spec/model-spec';
import type { FixMaker } from '../fix-context';

const SHARE_OF_RUN = 0.2;
const FEWEST = 5;

/**
 * Lets a constant rate grow linearly from near 0 over the first steps, when weights are as they started and second moments are
 * of few gradients: the 2 / (1 - β₂) steps that Ma and Yarats (2021) found to serve every task, but at most a fifth of the run.
 */
export const warmUp: FixMaker = ({ document, model }) => {
  if (model.schedule.type !== 'constant' || model.steps < 2 * FEWEST) return undefined;
  const longest = Math.max(FEWEST, Math.floor(SHARE_OF_RUN * model.steps));
  const steps = Math.min(longest, Math.round(2 / (1 - secondMomentDecay(model.optimizer))));
  return {
    id: 'warm-up',
    title: `Warm the learning rate up over ${steps} steps`,
    edits: changeValues(document, [{ path: ['schedule'], value: { type: 'linear-warmup', steps } }]),
  };
};

/** β₂; 0.999 where the optimizer has none, which leaves the decision to the length of the run. */
function secondMomentDecay(optimizer: OptimizerSpec): number {
  if ('beta2' in optimizer) return optimizer.beta2;
  return optimizer.type === 'rmsprop' ? optimizer.alpha : 0.999;
}
