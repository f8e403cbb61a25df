import { describe, expect, it } from 'vitest';
import type { ScheduleSpec } from '../../src/model/model-spec';
import { learningRateAt, openSchedule } from '../../src/training/schedule';

const PLATEAU = {
  type: 'plateau',
  on: 'training',
  factor: 0.1,
  patience: 2,
  threshold: 0.01,
  every: 1,
  minimum: 0,
  warmup: 0,
} as const;

/** The rate of every step of a run with these losses. */
function ratesOf(schedule: ScheduleSpec, losses: readonly number[], rate = 1): number[] {
  const rates = openSchedule(schedule, rate, losses.length);
  return losses.map((loss, step) => {
    const now = rates.rateAt(step);
    rates.observe(step, { loss });
    return now;
  });
}

describe('learningRateAt', () => {
  it.each([
    [{ type: 'constant' }, 50, 0.1],
    [{ type: 'step', every: 7, factor: 0.5, warmup: 0 }, 6, 0.1],
    [{ type: 'step', every: 7, factor: 0.5, warmup: 0 }, 14, 0.025],
    [{ type: 'exponential', factor: 0.9, warmup: 0 }, 2, 0.081],
    [{ type: 'cosine', minimum: 0.02, warmup: 0 }, 0, 0.1],
    [{ type: 'cosine', minimum: 0.02, warmup: 0 }, 50, 0.06],
    [{ type: 'linear-warmup', steps: 10 }, 0, 0.01],
    [{ type: 'linear-warmup', steps: 10 }, 9, 0.1],
    [{ type: 'linear-warmup', steps: 10 }, 99, 0.1],
  ] as const)('%j at step %i is %f', (schedule, step, rate) => {
    expect(learningRateAt(schedule, 0.1, step, 100)).toBeCloseTo(rate, 12);
  });

  // OneCycleLR(max_lr=0.1, total_steps=100, pct_start=0.3): up to step 29, down to step 99.
  it.each([
    [0, 0.004],
    [14.5, 0.052],
    [29, 0.1],
    [64, 0.0500002],
    [99, 4e-7],
  ])('one-cycle at step %f is %f', (step, rate) => {
    const schedule = { type: 'one-cycle', warmupShare: 0.3, divFactor: 25, finalDivFactor: 1e4 } as const;
    expect(learningRateAt(schedule, 0.1, step, 100)).toBeCloseTo(rate, 12);
  });

  it('one-cycle begins at its top where the run is too short to rise', () => {
    const schedule = { type: 'one-cycle', warmupShare: 0.3, divFactor: 25, finalDivFactor: 1e4 } as const;
    expect([0, 1, 2].map(step => learningRateAt(schedule, 1, step, 3))[0]).toBe(1);
    expect(learningRateAt(schedule, 1, 0, 1)).toBe(1);
  });
});

describe('a warm-up', () => {
  it('rises evenly, and leaves the schedule the other steps', () => {
    const rates = ratesOf({ type: 'cosine', minimum: 0, warmup: 4 }, Array<number>(12).fill(1));
    expect(rates.slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(rates[8]).toBeCloseTo(0.5, 12);
    expect(rates[11]).toBeCloseTo((1 + Math.cos((7 / 8) * Math.PI)) / 2, 12);
  });

  it('does not count its losses as a plateau', () => {
    expect(ratesOf({ ...PLATEAU, warmup: 4 }, Array<number>(10).fill(1))).toEqual([
      0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 0.1, 0.1,
    ]);
  });
});

describe('plateau', () => {
  it('drops after more than `patience` checks without improvement, and counts anew', () => {
    expect(ratesOf(PLATEAU, [5, 5, 5, 5, 5, 5, 5, 5])).toEqual([1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1 * 0.1]);
  });

  it('takes only an improvement beyond the threshold for one', () => {
    expect(ratesOf(PLATEAU, [5, 4.96, 4.96, 4.96, 4.96])[4]).toBe(0.1);
    expect(ratesOf(PLATEAU, [5, 4.94, 5, 5, 4.8])[4]).toBe(1);
  });

  it('stops at its minimum', () => {
    expect(ratesOf({ ...PLATEAU, patience: 0, minimum: 0.05 }, [1, 1, 1, 1, 1])).toEqual([1, 1, 0.1, 0.05, 0.05]);
  });

  it('checks the mean of `every` steps', () => {
    const noisy = [4, 6, 3, 5, 3, 5, 3, 5, 3, 5];
    expect(ratesOf({ ...PLATEAU, every: 2, patience: 1 }, noisy).slice(6)).toEqual([1, 1, 0.1, 0.1]);
    expect(ratesOf({ ...PLATEAU, every: 2, patience: 0 }, noisy).slice(4, 8)).toEqual([1, 1, 0.1, 0.1]);
  });

  it('heeds validation alone where it is told to', () => {
    const rates = openSchedule({ ...PLATEAU, on: 'validation', patience: 0 }, 1, 9);
    rates.observe(0, { loss: 1, validation: { loss: 2 } });
    for (let step = 1; step < 5; step++) rates.observe(step, { loss: 9 });
    expect(rates.rateAt(5)).toBe(1);
    rates.observe(5, { loss: 0.1, validation: { loss: 2 } });
    expect(rates.rateAt(6)).toBe(0.1);
  });
});
