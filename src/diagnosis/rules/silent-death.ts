/** A run that moved its weights and gives what a constant would. Page: docs/rules/silent-death.md */
import { median } from '../../record/median';
import { placeOf } from '../layers';
import { distanceMoved } from '../evidence/distance-moved';
import { taskLoss } from '../evidence/trivial-predictor';
import { formatNumber, formatShare } from '../format';
import { outputLayer } from '../output';
import { AFTERMATH } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'silent-death',
  word: 'learns nothing',
  noun: 'the constant answers',
  group: 'The course of the run',
  summary:
    'Loss and gradient are finite and the weights moved far enough to learn, but predictions are no better than a constant.',
  severity: 'warning',
  options: [
    {
      name: 'moved',
      default: 1,
      description:
        "Sum of the updates' norms over the norm of the most moved kernel, from which on a run had its chance.",
      source: 'An update as large as the parameter can turn it into any other of its size.',
    },
    {
      name: 'steps',
      default: 100,
      description: 'Shorter runs prove nothing.',
      source: 'SageMaker Debugger looks at 10 steps at a time, ARC at 300 before it calls a loss stalled.',
    },
  ],
  needs: ['weights', 'updates'],
  fixes: [
    'adaptive-optimizer',
    'lower-learning-rate',
    'raise-learning-rate',
    'fitting-initializer',
    'leaky-relu-activation',
  ],
  explains: AFTERMATH,
  judgesTheTask: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const silentDeath: Rule<typeof meta> = {
  meta,
  check(context) {
    const { model, history, evidence, option } = context;
    const { learning, windows } = evidence;
    if (learning.state !== 'stuck' || !learning.referenceIsTrivial || windows.finite.length < option('steps'))
      return [];
    // More right answers than chance gives, or a loss below the constant's by more than its noise, is something learned.
    if (learning.learnedSomething) return [];
    const moved = distanceMoved(history, windows);
    if (!(moved >= option('moved')) || stillFalls(context)) return [];
    const output = outputLayer(model);
    const { accuracy } = learning;
    const right =
      accuracy === undefined
        ? ''
        : `, ${formatShare(accuracy.share)} of ${accuracy.examples} answers are right, where a constant answer gives ${formatShare(accuracy.chance)}`;
    return [
      {
        rule: 'silent-death',
        severity: 'warning',
        layer: output.path,
        at: placeOf(output),
        message:
          `The loss is ${formatNumber(learning.lateLoss)}, where predicting a constant gives ` +
          `${formatNumber(learning.reference)}${right}: after ${windows.finite.length} steps that moved the weights by ` +
          `${formatNumber(moved)} times their norm, nothing is learned. Try another optimizer or learning rate, or check the first weights and the inputs.`,
        measured: { moved, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
        step: windows.late[0]?.step ?? 0,
        related: [],
        fixes: [
          'adaptive-optimizer',
          'lower-learning-rate',
          'raise-learning-rate',
          'fitting-initializer',
          'leaky-relu-activation',
        ],
        causal: [],
      },
    ];
  },
};

/** Whether the last steps are below those of the middle: it may get there yet. */
function stillFalls({ evidence }: Context): boolean {
  const { middle, late } = evidence.windows;
  return middle.length > 0 && median(late.map(taskLoss)) < 0.95 * median(middle.map(taskLoss));
}
