/** All that the rules go by, worked out once for a run. */
import { gradientInRateMetric } from '../../record/rate-metric';
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import { depthGains, type DepthGains } from './depth-gains';
import { gradientGrowth, type GradientGrowth } from './growth';
import { inputScale, type InputScale } from './input-scale';
import { assessLearning, type Learning } from './learning';
import { lossCourse, type LossCourse } from './loss-course';
import { growthThroughTime, type TimeGrowth } from './through-time';
import { updateCourse, type UpdateCourse } from './update-course';
import { windowsOf, type Windows } from './windows';

export interface Evidence {
  readonly windows: Windows;
  readonly learning: Learning;
  readonly growth: GradientGrowth;
  /**
   * Gradient norm of the first finite step as the learning rate meets it, see `gradientInRateMetric`; NaN where there
   * is none.
   */
  readonly steepness: number;
  readonly input: InputScale | undefined;
  /** Gains through depth in the very first step, before any update, and in each window. */
  readonly start: DepthGains;
  readonly early: DepthGains;
  readonly middle: DepthGains;
  readonly late: DepthGains;
  /** Growth through time in every measured, finite step. */
  readonly throughTime: readonly TimeGrowth[];
  readonly course: LossCourse;
  readonly updates: UpdateCourse;
}

export function gatherEvidence(model: ModelSpec, history: RunHistory): Evidence {
  const windows = windowsOf(history);
  const learning = assessLearning(model, history, windows);
  return {
    windows,
    learning,
    course: lossCourse(model, windows, learning),
    updates: updateCourse(model, history),
    growth: gradientGrowth(windows.finite),
    steepness: windows.finite[0] === undefined ? Number.NaN : gradientInRateMetric(history.layout, windows.finite[0]),
    input: inputScale(model, history),
    start: depthGains(history.layout, windows.early.slice(0, 1)),
    early: depthGains(history.layout, windows.early),
    middle: depthGains(history.layout, windows.middle),
    late: depthGains(history.layout, windows.late),
    throughTime: growthThroughTime(history.layout, windows.finite.length > 0 ? windows.finite : history.records),
  };
}
