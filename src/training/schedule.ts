import { cosine, power } from '../engine/elementary';
import type { ScheduleSpec } from '../model/model-spec';
import { openPlateau } from './plateau';

/** What a step tells the schedule. */
export interface ScheduleObservation {
  readonly loss: number;
  readonly validation?: { readonly loss: number };
}

/** The rates of one run. */
export interface RateSchedule {
  /** Rate of step `step`, from 0; steps are asked for in order. */
  rateAt(step: number): number;
  /** Tells what a step measured, before the next one is asked for. */
  observe(step: number, record: ScheduleObservation): void;
}

/**
 * Opens the schedule of a run of `steps` steps whose optimizer has the rate `rate`. With a warm-up of w steps, step s <
 * w has rate (s + 1) / w, and the schedule itself runs over the steps that are left.
 */
export function openSchedule(schedule: ScheduleSpec, rate: number, steps: number): RateSchedule {
  const warmup = 'warmup' in schedule ? schedule.warmup : 0;
  const proper =
    schedule.type === 'plateau'
      ? openPlateau(schedule, rate)
      : {
          rateAt: (step: number) => learningRateAt(schedule, rate, step, steps - warmup),
          observe: () => undefined,
        };
  return {
    rateAt: step => (step < warmup ? (rate * (step + 1)) / warmup : proper.rateAt(step - warmup)),
    observe: (step, record) => {
      if (step >= warmup) proper.observe(step - warmup, record);
    },
  };
}

/**
 * Rate of step `step` (from 0) out of `steps`, warm-up left out. `step`: rate · factor^⌊step / every⌋. `exponential`:
 * rate · factor^step. `cosine`: minimum + (rate − minimum)(1 + cos(π step / steps)) / 2 (Loshchilov and Hutter 2017).
 * `linear-warmup`: rate · min(1, (step + 1) / warm-up steps). `one-cycle`: PyTorch's OneCycleLR with cosines, rising
 * until step share · steps − 1 and falling until the last.
 */
export function learningRateAt(
  schedule: Exclude<ScheduleSpec, { type: 'plateau' }>,
  rate: number,
  step: number,
  steps: number,
): number {
  switch (schedule.type) {
    case 'constant':
      return rate;
    case 'step':
      return rate * power(schedule.factor, Math.floor(step / schedule.every));
    case 'exponential':
      return rate * power(schedule.factor, step);
    case 'cosine':
      return halfCosine(rate, schedule.minimum, step / steps);
    case 'linear-warmup':
      return rate * Math.min(1, (step + 1) / schedule.steps);
    case 'one-cycle': {
      const [top, end] = [Math.max(0, schedule.warmupShare * steps - 1), steps - 1];
      const start = rate / schedule.divFactor;
      if (step < top) return halfCosine(start, rate, step / top);
      return halfCosine(rate, start / schedule.finalDivFactor, end > top ? (step - top) / (end - top) : 0);
    }
  }
}

/** Half a cosine from `from` at share 0 to `to` at share 1. */
function halfCosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + cosine(Math.PI * share))) / 2;
}
