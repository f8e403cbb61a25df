/** A run that ends on its way down. Page: docs/rules/slow-convergence.md */
import { formatNumber } from '../format';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'slow-convergence',
  word: 'slow',
  noun: 'the slowness',
  group: 'The course of the run',
  summary:
    'The loss still falls at the last step but does not beat a constant prediction yet: the run is too short to tell.',
  severity: 'information',
  options: [
    {
      name: 'pace',
      default: 0.05,
      description:
        "Share of a constant prediction's loss that the second half of the run must still take off, below it.",
      source: 'TheDeepChecker calls less than 5 % per period no progress.',
    },
  ],
  needs: [],
  fixes: ['raise-learning-rate', 'adaptive-optimizer'],
  explains: [],
  judgesTheTask: true,
} as const satisfies RuleDescription;

export const slowConvergence: Rule<typeof meta> = {
  meta,
  check({ model, evidence, option }) {
    const { course, learning, windows } = evidence;
    if (learning.state !== 'stuck') return [];
    // On the way down to what a constant gives, nothing is learned yet, and many runs rest there.
    const half = Math.min(learning.reference, course.late + course.fellSecond * course.start);
    const pace = (half - course.late) / learning.reference;
    const stillFalling = pace >= option('pace') && course.fellSecond >= 0.5 * course.fellFirst;
    if (!(course.fellFirst > 0) || !stillFalling) return [];
    return [
      {
        rule: 'slow-convergence',
        severity: 'information',
        layer: undefined,
        at: { setting: 'steps' },
        message:
          `The loss still falls when the run ends: from ${formatNumber(course.start)} to ${formatNumber(course.late)} in ` +
          `${model.steps} steps, ${formatNumber(course.late + course.fellSecond * course.start)} after half of them. Train for longer before judging this model.`,
        measured: {
          startLoss: course.start,
          lateLoss: course.late,
          fellFirst: course.fellFirst,
          fellSecond: course.fellSecond,
          pace,
        },
        step: windows.late[0]?.step ?? 0,
        related: [],
        fixes: ['raise-learning-rate', 'adaptive-optimizer'],
        causal: ['raise-learning-rate', 'adaptive-optimizer'],
      },
    ];
  },
};
