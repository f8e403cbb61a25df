import { isFiniteRecord } from '../../history/finite';
import type { RunHistory } from '../../history/run-history';
import { changeValues, type Change } from '../../spec/edit';
import { formatNumber } from '../../spec/edit/format-value';
import type { ModelSpec } from '../../spec/model-spec';
import { calmSteps } from '../evidence/calm-steps';
import type { FixMaker } from '../fix-context';
import { rateChanges } from './ordinary-rate';
import { roundDown } from '../round-down';
import { changePerRate, FIRST_STEPS, isProportional } from '../evidence/step-size';

/** Relative change of a weight matrix in one of the first updates, which are the longest; 1e-3 is customary in the long run. */
const LARGEST_CHANGE = 3e-2;
/** A smaller rate than this share of the old one would keep the network from learning anything: then the cause is elsewhere. */
const SMALLEST_SHARE = 1e-6;

/**
 * Lowers the rate to the largest at which the run's first updates would have been sound, but at least tenfold:
 *
 * - no weight matrix changes by more than 3e-2 of its norm in an update (see `changePerRate`);
 * - sgd, where the first update u made the loss half again as large or larger: half the stable rate 2 (1 + β) / λ (edge of
 *   stability: Cohen et al. 2021), λ = 2 (ΔL + ‖g‖ ‖u‖) / ‖u‖² being the curvature along u, which is opposite to g at the first
 *   step.
 *
 * One significant digit, two where it starts with 1, rounded down. A cosine's minimum that would be above the new rate is
 * lowered too. Where the file names no optimizer, or only its type, both are written.
 */
export const lowerLearningRate: FixMaker = ({ document, model, history }) => {
  const rate = soundRate(model, history);
  if (rate === undefined || model.optimizer.learningRate <= rate * (1 + 1e-9)) {
    return undefined;
  }
  return {
    id: 'lower-learning-rate',
    title: `Lower the learning rate to ${formatNumber(rate)}`,
    edits: changeValues(document, [...rateChanges(document, model, rate), ...minimumChange(model, rate)]),
  };
};

function soundRate(model: ModelSpec, history: RunHistory): number | undefined {
  const finite = history.records.filter(isFiniteRecord);
  if (history.records.length === 0) {
    return undefined;
  }
  const used = Math.max(...history.records.map((record) => record.learningRate));
  const change = changePerRate(model, history.layout, calmSteps(history).slice(0, FIRST_STEPS));
  const limits = [used / 10, LARGEST_CHANGE / change, stableRate(model, finite)].filter((limit) => limit > 0);
  const rate = Math.min(...limits);
  if (!(rate > used * SMALLEST_SHARE)) {
    return undefined;
  }
  return roundDown(rate, rate.toExponential().startsWith('1') ? 2 : 1);
}

/**
 * Half the largest stable rate by the curvature along the first update; NaN where that does not show above the noise of
 * batches.
 */
function stableRate(model: ModelSpec, [first, second]: RunHistory['records']): number {
  if (!isProportional(model) || first?.step !== 0 || second?.step !== 1 || !(second.loss > 1.5 * first.loss)) {
    return Number.NaN;
  }
  const update = Math.hypot(...first.updateNorms);
  const curvature = (2 * (second.loss - first.loss + first.gradientNorm * update)) / update ** 2;
  const momentum = model.optimizer.type === 'sgd' ? model.optimizer.momentum : 0;
  return (1 + momentum) / curvature;
}

function minimumChange({ schedule, optimizer }: ModelSpec, rate: number): Change[] {
  if (schedule.type !== 'cosine' || schedule.minimum <= 0 || schedule.minimum < rate) {
    return [];
  }
  return [{ path: ['schedule', 'minimum'], value: roundDown((schedule.minimum * rate) / optimizer.learningRate, 2) }];
}
