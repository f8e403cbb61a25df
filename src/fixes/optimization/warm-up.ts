import { set } from '../../model/change';
import type { OptimizerSpec, ScheduleSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';

const SHARE_OF_RUN = 0.2;
const MIN_WARM_UP_STEPS = 5;

/**
 * Lets the rate grow linearly from near 0 over the first steps, when weights are as they started and second moments are
 * of few gradients: the 2 / (1 - β₂) steps that Ma and Yarats (2021) found to serve every task, but at most a fifth of
 * the run. A schedule that is there begins after them; not offered for one that begins by warming up.
 */
export const warmUp: FixMaker = ({ model }) => {
  const { schedule } = model;
  if (model.steps < 2 * MIN_WARM_UP_STEPS || warmsUp(schedule)) return undefined;
  const longest = Math.max(MIN_WARM_UP_STEPS, Math.floor(SHARE_OF_RUN * model.steps));
  const steps = Math.min(longest, Math.round(2 / (1 - secondMomentDecay(model.optimizer))));
  return {
    id: 'warm-up',
    title: `Warm up the learning rate over ${steps} steps`,
    changes: [
      schedule.type === 'constant'
        ? set({ setting: 'schedule' }, { type: 'linear-warmup', steps })
        : set({ setting: 'schedule', part: 'warmup' }, steps),
    ],
  };
};

function warmsUp(schedule: ScheduleSpec): boolean {
  return (
    schedule.type === 'linear-warmup' ||
    schedule.type === 'one-cycle' ||
    (schedule.type !== 'constant' && schedule.warmup > 0)
  );
}

/** β₂; 0.999 where the optimizer has none, which leaves the decision to the length of the run. */
function secondMomentDecay(optimizer: OptimizerSpec): number {
  if ('beta2' in optimizer) return optimizer.beta2;
  return optimizer.type === 'rmsprop' ? optimizer.alpha : 0.999;
}
