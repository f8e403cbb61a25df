import { set } from '../../model/change';
import { lossCourse } from '../../diagnosis/evidence/loss-course';
import { assessLearning } from '../../diagnosis/evidence/learning';
import { windowsOf } from '../../diagnosis/evidence/windows';
import { MAX_STEPS } from '../../model/vocabulary/limits';
import type { FixMaker } from '../fix-context';

/** Times the steps: enough for a loss on its way, little enough to be measured. */
const FACTOR = 3;
/**
 * Share of the first loss by which it must fall in the second half of the run to be on its way; as not-learning has it.
 */
const STILL_FALLING = 0.02;

/** Trains for longer where the loss still falls when the run ends; where a number of steps is given, for so many. */
export const moreSteps: FixMaker = ({ model, history, value }) => {
  const windows = windowsOf(history);
  const { fellSecond } = lossCourse(model, windows, assessLearning(model, history, windows));
  const steps = Math.min(MAX_STEPS, value ?? FACTOR * model.steps);
  if ((value === undefined && !(fellSecond > STILL_FALLING)) || steps <= model.steps) return undefined;
  return {
    id: 'more-steps',
    title: `Train for ${steps} steps`,
    changes: [set({ setting: 'steps' }, steps)],
  };
};
