import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../src/training/schedule';

describe('learningRateAt', () => {
  it.each([
    [{ type: 'constant' }, 50, 0.1],
    [{ type: 'step', every: 7, factor: 0.5 }, 6, 0.1],
    [{ type: 'step', every: 7, factor: 0.5 }, 14, 0.025],
    [{ type: 'exponential', factor: 0.9 }, 2, 0.081],
    [{ type: 'cosine', minimum: 0.02 }, 0, 0.1],
    [{ type: 'cosine', minimum: 0.02 }, 50, 0.06],
    [{ type: 'linear-warmup', steps: 10 }, 0, 0.01],
    [{ type: 'linear-warmup', steps: 10 }, 9, 0.1],
    [{ type: 'linear-warmup', steps: 10 }, 99, 0.1],
  ] as const)('%j at step %i is %f', (schedule, step, rate) => {
    expect(learningRateAt(schedule, 0.1, step, 100)).toBeCloseTo(rate, 12);
  });
});
