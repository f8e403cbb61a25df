/** How the norm of the whole gradient grew in the course of a run. */
import type { StepRecord } from '../../record/step-record';

export interface GradientGrowth {
  /** Smallest positive norm of the first steps. */
  readonly start: number;
  readonly peak: number;
  readonly peakStep: number;
  /** `peak / start`; 1 where there is nothing to compare. */
  readonly factor: number;
  /** First step at which the norm was over ten times `start`, or that of the peak. */
  readonly since: number;
  /** Mean factor from step to step between the start and `since`: of the early growth, before it feeds on itself. */
  readonly perStep: number;
}

const START_STEPS = 5;

/** @param records finite records in order */
export function gradientGrowth(records: readonly StepRecord[]): GradientGrowth {
  const positive = records.filter(record => record.gradientNorm > 0);
  if (positive.length === 0)
    return { start: Number.NaN, peak: Number.NaN, peakStep: 0, factor: 1, since: 0, perStep: 1 };
  const first = positive.slice(0, START_STEPS).reduce((a, b) => (b.gradientNorm < a.gradientNorm ? b : a));
  const after = positive.filter(record => record.step >= first.step);
  const top = after.reduce((a, b) => (b.gradientNorm > a.gradientNorm ? b : a));
  const factor = top.gradientNorm / first.gradientNorm;
  const left = after.find(record => record.gradientNorm > 10 * first.gradientNorm) ?? top;
  const steps = Math.max(1, left.step - first.step);
  const perStep = (left.gradientNorm / first.gradientNorm) ** (1 / steps);
  return { start: first.gradientNorm, peak: top.gradientNorm, peakStep: top.step, factor, since: left.step, perStep };
}
