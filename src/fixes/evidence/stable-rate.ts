import { updateCourse } from '../../diagnosis/evidence/update-course';
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import { calmSteps } from './calm-steps';

/**
 * The largest learning rate at which every update that was probed while the run was calm would have been stable: the
 * critical value of rate times curvature (2 for gradient descent, 2 (1 + β) with momentum, 38 for Adam; Cohen et al.
 * 2021, 2022) over the largest curvature measured along one. An upper bound, since other directions may be steeper. NaN
 * where none was probed, and where the optimizer has no metric to measure curvature in.
 */
export function stableRate(model: ModelSpec, history: RunHistory): number {
  const rates = new Map(calmSteps(history).map(({ step, learningRate }) => [step, learningRate]));
  const limits = updateCourse(model, history).probed.flatMap(({ step, beyondStable }) => {
    const rate = rates.get(step);
    return rate !== undefined && beyondStable > 0 && Number.isFinite(beyondStable) ? [rate / beyondStable] : [];
  });
  return limits.length === 0 ? Number.NaN : Math.min(...limits);
}
