import { set, type Change } from '../../model/change';
import { updateCourse } from '../../diagnosis/evidence/update-course';
import type { RunHistory } from '../../record/run-history';
import { writtenNumber } from '../../text/written-number';
import type { ModelSpec } from '../../model/model-spec';
import { calmSteps } from '../evidence/calm-steps';
import { stableRate } from '../evidence/stable-rate';
import type { FixMaker } from '../fix-context';
import { rateChanges } from './ordinary-rate';
import { roundDown } from '../round-down';
import { changePerRate, FIRST_STEPS } from '../evidence/step-size';

/**
 * Relative change of a weight matrix in one of the first updates, which are the longest; 1e-3 is customary in the long
 * run.
 */
const LARGEST_CHANGE = 3e-2;
/**
 * A smaller rate than this share of the old one would keep the network from learning anything: then the cause is
 * elsewhere.
 */
const SMALLEST_SHARE = 1e-6;
/** Updates that change no weight matrix by more than this are too short already, whatever the run suffers from. */
const HARDLY_MOVES = 1e-6;

/**
 * Lowers the rate to the largest at which the run's first updates would have been sound:
 *
 * - half of what the curvature measured along them bears (see `stableRate`), or a tenth of the present rate where that
 *   bears it;
 * - of an update that raised the loss of its own batch, the length to the lowest point along it;
 * - where no update was probed while the run was calm: a tenth, and no weight matrix may change by more than 3e-2 of
 *   its norm in
 *   an update (see `changePerRate`).
 *
 * One significant digit, two where it starts with 1, rounded down. A cosine's minimum that would be above the new rate
 * is lowered too. Not offered where updates
 * hardly move the weights: a loss that stands still is then no matter of steps that are too long.
 */
export const lowerLearningRate: FixMaker = ({ model, history, value }) => {
  const rate = value ?? soundRate(model, history);
  if (rate === undefined || model.optimizer.learningRate <= rate * (1 + 1e-9)) {
    return undefined;
  }
  return {
    id: 'lower-learning-rate',
    title: `Lower the learning rate to ${writtenNumber(rate)}`,
    changes: [...rateChanges(model, rate), ...minimumChange(model, rate)],
  };
};

function soundRate(model: ModelSpec, history: RunHistory): number | undefined {
  if (history.records.length === 0) {
    return undefined;
  }
  const used = Math.max(...history.records.map(record => record.learningRate));
  const change = changePerRate(model, history.layout, calmSteps(history).slice(0, FIRST_STEPS));
  const half = stableRate(model, history) / 2;
  const shortest = shortestReach(model, history);
  if (used * change < HARDLY_MOVES && Number.isNaN(shortest)) {
    return undefined;
  }
  const limits = Number.isNaN(half) ? [used / 10, LARGEST_CHANGE / change] : [half < used ? half : used / 10];
  const rate = Math.min(...[...limits, shortest].filter(limit => limit > 0));
  if (!(rate > used * SMALLEST_SHARE)) {
    return undefined;
  }
  return roundDown(rate, rate.toExponential().startsWith('1') ? 2 : 1);
}

/** The smallest rate at which a calm update that overshot would have ended at its lowest point; NaN where none did. */
function shortestReach(model: ModelSpec, history: RunHistory): number {
  const rates = new Map(calmSteps(history).map(({ step, learningRate }) => [step, learningRate]));
  const limits = updateCourse(model, history).probed.flatMap(({ step, lossBefore, lossAfter, reach }) => {
    const rate = rates.get(step);
    return rate !== undefined && lossAfter > lossBefore && reach > 1 ? [rate / reach] : [];
  });
  return limits.length === 0 ? Number.NaN : Math.min(...limits);
}

function minimumChange({ schedule, optimizer }: ModelSpec, rate: number): Change[] {
  if (schedule.type !== 'cosine' || schedule.minimum <= 0 || schedule.minimum < rate) {
    return [];
  }
  const minimum = roundDown((schedule.minimum * rate) / optimizer.learningRate, 2);
  return [set({ setting: 'schedule', part: 'minimum' }, minimum)];
}
