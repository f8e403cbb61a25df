import { availableParallelism } from 'node:os';

/**
 * Trainings at a time while cures are measured: one core is left to the editor where there are more than two, and four
 * are enough.
 */
export const CONCURRENT_TRAININGS = Math.max(
  1,
  Math.min(4, availableParallelism() - (availableParallelism() > 2 ? 1 : 0)),
);
