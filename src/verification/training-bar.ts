/** The strict measure of a training that counts as one that trains, by which cures are chosen. */
import type { TrialResult } from './measure-trial';

/** A run that leaves at most this share of a constant prediction's loss trains, whatever others reach. */
export const TRAINS_WELL = 0.5;
/** A run that leaves this much of it has not clearly learned; the diagnosis asks for the same. */
const LEARNS_BELOW = 0.9;
/**
 * A run whose loss is within this factor of the best that anything reaches has learned what there is to learn in these
 * steps.
 */
const NEAR_BEST = 1.2;

/** Relative loss up to which a run trains, where the best that was measured reaches `best`. */
export function trainingBar(best: number): number {
  return Math.max(TRAINS_WELL, Math.min(LEARNS_BELOW, NEAR_BEST * best));
}

/** Whether a training came through finite and under the bar. */
export function isUnder(bar: number, { relativeLoss }: Pick<TrialResult, 'relativeLoss'>): boolean {
  return relativeLoss <= bar && relativeLoss < LEARNS_BELOW;
}
