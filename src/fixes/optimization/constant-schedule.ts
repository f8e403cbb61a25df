import { reset } from '../../model/change';
import type { FixMaker } from '../fix-context';

/**
 * Takes a schedule away under which the rate was a small part of the optimizer's for most of the run: see
 * `SMALL_SHARE`.
 */
export const constantSchedule: FixMaker = ({ model, history }) => {
  if (model.schedule.type === 'constant') return undefined;
  const full = model.optimizer.learningRate;
  const small = history.records.filter(({ learningRate }) => learningRate < SMALL_SHARE * full).length;
  return small > history.records.length / 2
    ? { id: 'constant-schedule', title: 'Keep the learning rate constant', changes: [reset({ setting: 'schedule' })] }
    : undefined;
};

/** A tenth of the rate for most of a run learns little beside the full one. */
const SMALL_SHARE = 0.1;
