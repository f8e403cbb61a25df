/** A loss that ends far above what it had reached. Page: docs/rules/diverging-loss.md */
import { orClip } from '../consequence';
import { LEARNING_RATE_PLACE } from '../../model/place';
import { formatNumber } from '../format';
import { AFTERMATH } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'diverging-loss',
  word: 'diverging',
  noun: 'the divergence of the loss',
  group: 'The course of the run',
  summary: 'The loss ends at a multiple of its lowest value, and most of what was learned is lost again.',
  severity: 'warning',
  options: [
    {
      name: 'factor',
      default: 2,
      description: 'Smoothed loss at the end over the lowest, from which on it diverged.',
      source:
        'TheDeepChecker: twice the best loss. Here both are medians over 11 steps, and harm is asked for besides.',
    },
    {
      name: 'lostShare',
      default: 0.5,
      description: 'Share of what was learned that is lost again, in a run that still beats a constant prediction.',
      source: 'Half of the way back to a constant prediction: more than the scatter around a minimum.',
    },
  ],
  needs: [],
  fixes: ['lower-learning-rate', 'clip-by-norm'],
  explains: ['diverging-parameters', 'non-finite', 'oscillating-loss', ...AFTERMATH],
  showsLate: true,
} as const satisfies RuleDescription;

export const divergingLoss: Rule<typeof meta> = {
  meta,
  check({ model, evidence, option }) {
    const { course, learning, windows } = evidence;
    if (!(course.late >= option('factor') * course.best) || windows.finite.length < 4) return [];
    const wild = learning.state === 'diverged' || learning.state === 'destroyed';
    if (!wild && !(course.lostShare >= option('lostShare'))) return [];
    const left = windows.finite.find(
      ({ step, loss }) => step > course.bestStep && loss >= option('factor') * course.best,
    );
    return [
      {
        rule: 'diverging-loss',
        severity: 'warning',
        layer: undefined,
        at: LEARNING_RATE_PLACE,
        message:
          `The loss fell to ${formatNumber(course.best)} by step ${course.bestStep} and ends at ` +
          `${formatNumber(course.late)}, where predicting a constant gives ${formatNumber(learning.reference)}. ` +
          `Lower the learning rate of ${formatNumber(model.optimizer.learningRate)}, let it decay${orClip(model)}.`,
        measured: {
          bestLoss: course.best,
          bestStep: course.bestStep,
          lateLoss: course.late,
          lostShare: course.lostShare,
          referenceLoss: learning.reference,
        },
        step: left?.step ?? course.bestStep,
        related: [],
        fixes: ['lower-learning-rate', 'clip-by-norm'],
      },
    ];
  },
};
