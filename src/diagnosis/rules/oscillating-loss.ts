/** A loss that is thrown from one side of a valley to the other. Page: docs/rules/oscillating-loss.md */
import { formatNumber } from '../format';
import { LEARNING_RATE_PLACE } from '../../model/place';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'oscillating-loss',
  word: 'oscillating',
  noun: 'the oscillation',
  group: 'The course of the run',
  summary: 'Late losses swing widely because updates cross the valley, not because batches differ.',
  severity: 'warning',
  options: [
    {
      name: 'swing',
      default: 0.5,
      description:
        'Distance of the upper from the lower tenth of the last losses, over the loss of a constant prediction.',
      source: 'AutoTrainer takes swings of 0.03 in accuracy in a fifth of the epochs, whatever brings them about.',
    },
    {
      name: 'acrossShare',
      default: 0.3,
      description: 'Share of late measured updates that end higher on the other side of the valley than they began.',
      source:
        "An update longer than twice the way to the lowest point (Cockpit: alpha above 1) raises its own batch's loss.",
    },
  ],
  needs: ['updateEffects'],
  fixes: ['lower-learning-rate', 'decay-schedule'],
  explains: ['batch-too-noisy', 'slow-convergence'],
} as const satisfies RuleDescription;

export const oscillatingLoss: Rule<typeof meta> = {
  meta,
  check({ model, evidence, option, optionOf }) {
    const { course, learning, updates, windows } = evidence;
    const { reference } = learning;
    const swing = (course.lateHigh - course.lateLow) / reference;
    const half = windows.finite[Math.floor(windows.finite.length / 2)]?.step ?? 0;
    const late = updates.probed.filter(({ step }) => step >= half);
    const across = late.filter(({ reach, lossBefore, lossAfter }) => reach > 1 && lossAfter > lossBefore);
    if (late.length < 4 || !(swing >= option('swing')) || !(across.length >= option('acrossShare') * late.length))
      return [];
    // The harm: half of the time the loss is where a constant prediction would have it, or the lower end is out of
    // reach.
    if (!(course.late >= reference / 2) && !(course.lostShare >= optionOf('diverging-loss', 'lostShare'))) return [];
    return [
      {
        rule: 'oscillating-loss',
        severity: 'warning',
        layer: undefined,
        at: LEARNING_RATE_PLACE,
        message:
          `The loss swings between ${formatNumber(course.lateLow)} and ${formatNumber(course.lateHigh)} in the last steps. ` +
          `Of the measured updates, ${across.length} of ${late.length} cross the valley and end higher than they began. ` +
          `Lower the learning rate of ${formatNumber(model.optimizer.learningRate)}, or let it decay.`,
        measured: {
          swing,
          lateLow: course.lateLow,
          lateHigh: course.lateHigh,
          across: across.length,
          probed: late.length,
          lateLoss: course.late,
          referenceLoss: reference,
        },
        step: across[0].step,
        related: [],
        fixes: ['lower-learning-rate', 'decay-schedule'],
        causal: ['lower-learning-rate', 'decay-schedule'],
      },
    ];
  },
};
