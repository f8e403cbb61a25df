import type { ScheduleSpec } from '../model/model-spec';
import type { RateSchedule } from './schedule';

/** PyTorch's `eps`: a smaller change of the rate is not made. */
const SMALLEST_CHANGE = 1e-8;

/**
 * PyTorch's ReduceLROnPlateau: a check counts as better where the loss is below best (1 - threshold). After more than
 * `patience` checks in a row that are not, the rate becomes max(rate factor, minimum) and counting starts again.
 * Checked is every validation, or the mean training loss of every `every` steps.
 */
export function openPlateau(schedule: Extract<ScheduleSpec, { type: 'plateau' }>, initialRate: number): RateSchedule {
  let rate = initialRate;
  let best = Infinity;
  let worse = 0;
  let sum = 0;
  let count = 0;
  const check = (loss: number): void => {
    if (loss < best * (1 - schedule.threshold)) {
      best = loss;
      worse = 0;
    } else {
      worse++;
    }
    if (worse <= schedule.patience) return;
    worse = 0;
    const lower = Math.max(rate * schedule.factor, schedule.minimum);
    if (rate - lower > SMALLEST_CHANGE) rate = lower;
  };
  return {
    rateAt: () => rate,
    observe: (_step, { loss, validation }) => {
      if (schedule.on === 'validation') {
        if (validation) check(validation.loss);
        return;
      }
      sum += loss;
      if (++count < schedule.every) return;
      check(sum / count);
      sum = count = 0;
    },
  };
}
