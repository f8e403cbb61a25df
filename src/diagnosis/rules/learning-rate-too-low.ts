/** Updates so short that the run ends before anything is learned. Page: docs/rules/learning-rate-too-low.md */
import { median } from '../../record/median';
import { LEARNING_RATE_PLACE } from '../../model/place';
import type { StepRecord } from '../../record/step-record';
import { outcomeOf } from '../consequence';
import { distanceMoved } from '../evidence/distance-moved';
import { isHarmed, learnedLittle, learnedWell } from '../evidence/learning';
import { madeNoHeadway, type LossCourse } from '../evidence/loss-course';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { AFTERMATH } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

/** Share of measured updates that must go downhill without overshooting: of a rate too low, nearly all do. */
const DOWNHILL_SHARE = 0.9;

function headway(course: LossCourse): string {
  return madeNoHeadway(course)
    ? `The loss has hardly moved from ${formatNumber(course.start)}`
    : `By the end of the run the loss has only gone from ${formatNumber(course.start)} to ${formatNumber(course.late)}`;
}

const meta = {
  id: 'learning-rate-too-low',
  word: 'rate too low',
  noun: 'the tiny updates',
  group: 'Learning rate, clipping and batch',
  summary:
    'Updates go downhill but stop far short of the lowest point along them, and the run learns little or nothing.',
  severity: 'warning',
  options: [
    {
      name: 'reach',
      default: 0.02,
      description: 'Length of the median update over that to the lowest point along it, below which it is too short.',
      source: 'Gradient descent is fastest near 1 and stable below 2; measured on runs that learn: 0.1 to 1.',
    },
    {
      name: 'agreement',
      default: 0.4,
      description:
        'Median cosine between the gradients of two batches that there must be: where batches agree, longer steps help.',
      source: 'Below it the gradient is mostly noise (gradient noise scale, McCandlish et al. 2018).',
    },
    {
      name: 'gain',
      default: 0.05,
      description: 'Share of the loss that updates of the best length would take off, each, that there must be.',
      source: 'On a plateau, where a longer step gains nothing either, the rate is not at fault.',
    },
    {
      name: 'moved',
      default: 0.01,
      description:
        "Sum of the updates' norms over the norm of the most moved kernel, below which a run that learns nothing has not moved.",
      source: 'A hundredth of its size leaves a kernel as it was drawn.',
    },
    {
      name: 'scheduleShare',
      default: 0.2,
      description:
        "Share of the run's steps, each weighed by its rate over the highest one, below which the schedule starves the run.",
      source: 'A cosine leaves half of the steps, a step schedule of the customary kind a third or more.',
    },
  ],
  needs: ['updateEffects', 'weights', 'updates'],
  fixes: ['constant-schedule', 'raise-learning-rate'],
  explains: ['silent-death', ...AFTERMATH],
  judgesTheTask: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const learningRateTooLow: Rule<typeof meta> = {
  meta,
  check(context) {
    const { learning, course } = context.evidence;
    if (!(learnedLittle(learning) || madeNoHeadway(course)) || learnedWell(learning) || learning.state === 'destroyed')
      return [];
    const finding = starvedBySchedule(context) ?? stopsShort(context) ?? hardlyMoved(context);
    return finding === undefined ? [] : [finding];
  },
};

/**
 * Nearly every measured update goes downhill and stops far short of the lowest point on its way, and batches agree on
 * the direction.
 */
function stopsShort({ model, evidence, option }: Context): Finding | undefined {
  const { learning, updates, windows, course } = evidence;
  const downhill = updates.probed.filter(({ reach, lossAfter, lossBefore }) => reach >= 0 && lossAfter <= lossBefore);
  if (updates.probed.length < 4 || downhill.length < DOWNHILL_SHARE * updates.probed.length) return undefined;
  // Where a schedule makes steps short for a while, those at its height tell whether its height is too low.
  const rates = new Map(windows.finite.map(({ step, learningRate }) => [step, learningRate]));
  const highest = Math.max(...rates.values());
  const atHeight = updates.probed.filter(({ reach, step }) => reach >= 0 && (rates.get(step) ?? 0) >= highest / 2);
  const reach = Math.max(updates.reach, median(atHeight.map(update => update.reach)) || 0);
  const tooShort = reach < option('reach') && updates.gainInReach >= option('gain');
  if (!tooShort || !(updates.agreement >= option('agreement'))) return undefined;
  // Where every update lowers the loss of its own batch, one that rises over the run is a matter of which batches came
  // last.
  if (downhill.length < updates.probed.length && course.late > 1.1 * course.start) return undefined;
  const rate = formatNumber(model.optimizer.learningRate);
  return {
    rule: 'learning-rate-too-low',
    severity: 'warning',
    layer: undefined,
    at: LEARNING_RATE_PLACE,
    message:
      `Updates go downhill but cover only ${formatNumber(reach)} of the distance to the lowest point. ` +
      `${isHarmed(learning) ? outcomeOf(learning) : headway(course)}. Batches agree on the direction, so longer steps would ` +
      `get there. Raise the learning rate of ${rate}.`,
    measured: {
      reach,
      gainInReach: updates.gainInReach,
      agreement: updates.agreement,
      learningRate: model.optimizer.learningRate,
      lateLoss: learning.lateLoss,
      referenceLoss: learning.reference,
    },
    step: windows.early[0]?.step ?? 0,
    related: [],
    fixes: ['constant-schedule', 'raise-learning-rate'],
    causal: ['constant-schedule', 'raise-learning-rate'],
  };
}

/** A schedule that took the rate away before anything could be learned. */
function starvedBySchedule({ model, history, evidence, option }: Context): Finding | undefined {
  const { learning, windows, course } = evidence;
  const { schedule } = model;
  const decays = schedule.type === 'step' || schedule.type === 'exponential' || schedule.type === 'plateau';
  const rates = windows.finite.map(({ learningRate }) => learningRate);
  const highest = Math.max(...rates);
  const share = rates.reduce((sum, rate) => sum + rate, 0) / highest / rates.length;
  // What a plateau made it lower is no longer falling; a fall that goes on to the end needs no more rate.
  const later = rates.slice(Math.floor(rates.length / 2));
  const goesOn = later.reduce((sum, rate) => sum + rate, 0) / later.length >= STILL_MOVES * highest;
  if (!decays || !(share < option('scheduleShare')) || (course.fellSecond >= 0.05 && goesOn)) return undefined;
  const gone =
    windows.finite.find(({ learningRate, step }) => step > 0 && learningRate <= highest / 100) ?? windows.finite.at(-1);
  if (gone === undefined || !(gone.learningRate <= highest / 10)) return undefined;
  return {
    rule: 'learning-rate-too-low',
    severity: 'warning',
    layer: undefined,
    at: { setting: 'schedule' },
    message:
      `The ${schedule.type} schedule takes the learning rate from ${formatNumber(highest)} to ${formatNumber(gone.learningRate)} by step ` +
      `${gone.step} of ${history.layout.steps}: all steps together are worth ${formatNumber(share * history.layout.steps)} at the full rate. ` +
      `${isHarmed(learning) ? outcomeOf(learning) : headway(course)}. Let it fall later, or keep the rate constant.`,
    measured: {
      scheduleShare: share,
      learningRate: highest,
      lateRate: rates.at(-1) ?? Number.NaN,
      lateLoss: learning.lateLoss,
      referenceLoss: learning.reference,
    },
    step: gone.step,
    related: [],
    fixes: ['constant-schedule', 'raise-learning-rate'],
    causal: ['constant-schedule'],
  };
}

/** Share of the highest rate below which a fall of the loss is chance: no weight moves any more. */
const STILL_MOVES = 1e-3;

/** All updates together leave every kernel as it was drawn, although there is a gradient. */
function hardlyMoved({ model, history, evidence, option }: Context): Finding | undefined {
  const { learning, windows } = evidence;
  const moved = distanceMoved(history, windows);
  if (!isHarmed(learning) || !(kernelShare(history, windows.late) >= KERNEL_SHARE) || !(moved < option('moved')))
    return undefined;
  const rate = model.optimizer.learningRate;
  return {
    rule: 'learning-rate-too-low',
    severity: 'warning',
    layer: undefined,
    at: LEARNING_RATE_PLACE,
    message:
      `All ${history.layout.steps} updates together move no kernel by more than ${formatNumber(moved)} of its norm. ` +
      `${outcomeOf(learning)}. The learning rate of ${formatNumber(rate)} is too low: raise it.`,
    measured: { moved, learningRate: rate, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: windows.early[0]?.step ?? 0,
    related: [],
    fixes: ['constant-schedule', 'raise-learning-rate'],
    causal: ['constant-schedule', 'raise-learning-rate'],
  };
}

/** Share of the gradient below which kernels do not move for want of a gradient, whatever the rate. */
const KERNEL_SHARE = 0.01;

/** Norm of the kernels' gradients together over that of the whole gradient, biases included; NaN without a gradient. */
function kernelShare({ layout }: Context['history'], records: readonly StepRecord[]): number {
  const kernels = layout.parameters.flatMap(({ shape, trainable }, index) =>
    trainable && shape.length >= 2 ? [index] : [],
  );
  return median(
    records.map(
      record => Math.hypot(...kernels.map(index => record.parameterGradientNorms[index])) / record.gradientNorm,
    ),
  );
}
