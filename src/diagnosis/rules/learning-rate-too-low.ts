/** Updates so short that the run ends before anything is learnt. Page: docs/rules/learning-rate-too-low.md */
import { consequenceOf } from '../consequence';
import { isHarmed, learntLittle } from '../evidence/learning';
import { madeNoHeadway, type LossCourse } from '../evidence/loss-course';
import { formatNumber } from '../format';
import { learningRatePlace } from '../layers';
import { AFTERMATH } from '../of-the-run';
import type { Rule } from '../rule';

/** Share of measured updates that must go downhill without overshooting: of a rate too low, nearly all do. */
const DOWNHILL_SHARE = 0.9;

function headway(course: LossCourse): string {
  return madeNoHeadway(course)
    ? `the loss has hardly moved from ${formatNumber(course.start)}`
    : `the run ends while the loss has come from ${formatNumber(course.start)} to ${formatNumber(course.late)} only`;
}

export const learningRateTooLow: Rule = {
  meta: {
    id: 'learning-rate-too-low',
    summary: 'Every update goes downhill and stops far short of the lowest point on its way, and the run learns nothing, or little.',
    severity: 'warning',
    options: [
      {
        name: 'reach', default: 0.02,
        description: 'Length of the median update over that to the lowest point along it, below which it is too short.',
        source: 'Gradient descent is fastest near 1 and stable below 2; measured on runs that learn: 0.1 to 1.',
      },
      {
        name: 'agreement', default: 0.4,
        description: 'Median cosine between the gradients of two batches that there must be: where batches agree, longer steps help.',
        source: 'Below it the gradient is mostly noise (gradient noise scale, McCandlish et al. 2018).',
      },
      {
        name: 'gain', default: 0.05,
        description: 'Share of the loss that updates of the best length would take off, each, that there must be.',
        source: 'On a plateau, where a longer step gains nothing either, the rate is not to blame.',
      },
    ],
    fixes: ['constant-schedule', 'raise-learning-rate'],
    explains: ['silent-death', ...AFTERMATH],
  },
  check({ model, evidence, option }) {
    const { learning, updates, windows, course } = evidence;
    if (!(learntLittle(learning) || madeNoHeadway(course)) || learning.state === 'destroyed') return [];
    const downhill = updates.probed.filter(({ reach, lossAfter, lossBefore }) => reach >= 0 && lossAfter <= lossBefore);
    if (updates.probed.length < 4 || downhill.length < DOWNHILL_SHARE * updates.probed.length) return [];
    const tooShort = updates.reach < option('reach') && updates.gainInReach >= option('gain');
    if (!tooShort || !(updates.agreement >= option('agreement'))) return [];
    // Where every update lowers the loss of its own batch, one that rises over the run is a matter of which batches came last.
    if (downhill.length < updates.probed.length && course.late > 1.1 * course.start) return [];
    const rate = formatNumber(model.optimizer.learningRate);
    return [{
      rule: 'learning-rate-too-low',
      severity: 'warning',
      layer: undefined,
      source: learningRatePlace(model),
      message: `Updates go downhill but stop after ${formatNumber(updates.reach)} of the way to the lowest point along them, `
        + `and ${isHarmed(learning) ? consequenceOf(learning) : headway(course)}. Batches agree on the direction, so longer steps would `
        + 'get there: '
        + `raise the learning rate of ${rate}.`,
      measured: {
        reach: updates.reach, gainInReach: updates.gainInReach, agreement: updates.agreement,
        learningRate: model.optimizer.learningRate, lateLoss: learning.lateLoss, referenceLoss: learning.reference,
      },
      step: windows.early[0]?.step ?? 0,
      related: [],
      fixes: ['constant-schedule', 'raise-learning-rate'],
    }];
  },
};
