import { cosine, power } from '../engine/elementary';
import type { ScheduleSpec } from '../spec/model-spec';

/**
 * Learning rate of step `step` (from 0) out of `steps`. `step`: rate · factor^⌊step / every⌋. `exponential`: rate · factor^step.
 * `cosine`: minimum + (rate − minimum)(1 + cos(π step / steps)) / 2 (Loshchilov and Hutter 2017). `linear-warmup`:
 * rate · min(1, (step + 1) / warm-up steps).
 */
export function learningRateAt(schedule: ScheduleSpec, rate: number, step: number, steps: number): number {
  switch (schedule.type) {
    case 'constant':
      return rate;
    case 'step':
      return rate * power(schedule.factor, Math.floor(step / schedule.every));
    case 'exponential':
      return rate * power(schedule.factor, step);
    case 'cosine':
      return schedule.minimum + ((rate - schedule.minimum) * (1 + cosine((Math.PI * step) / steps))) / 2;
    case 'linear-warmup':
      return rate * Math.min(1, (step + 1) / schedule.steps);
  }
}
