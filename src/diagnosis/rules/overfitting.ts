/** Held-back examples get worse while those trained on get better. Page: docs/rules/overfitting.md */
import { median } from '../../record/median';
import { taskLoss } from '../evidence/trivial-predictor';
import { formatNumber } from '../format';
import type { Rule, RuleDescription } from '../rule';
import { REGULARIZATION } from '../undoing';

/** Validations that one smoothed value is the median of. */
const SMOOTHED = 3;
const MINIMUM_VALIDATIONS = 8;
/** Held-back loss over a constant prediction's, from which on what was learned hardly carries over. */
const POOR_ABOVE = 0.3;
/** Share of right answers over held-back examples that must be lost again for a classifier to be harmed. */
const LOST_ACCURACY = 0.05;

const meta = {
  id: 'overfitting',
  word: 'overfitting',
  noun: 'the overfitting',
  group: 'Regularization and generalization',
  summary: 'The validation loss has turned and risen while the training loss goes on falling.',
  severity: 'information',
  options: [
    {
      name: 'rise',
      default: 1.2,
      description: 'Validation loss at the end over its lowest, from which on it has risen.',
      source: 'Prechelt 1998: a generalization loss of 5 to 20 % stops training early.',
    },
    {
      name: 'gap',
      default: 1.5,
      description: 'Validation loss over training loss at the end, at least.',
      source: 'Where both rise together the run diverges, which is another fault.',
    },
    {
      name: 'memorized',
      default: 0.01,
      description:
        'Training loss over that of a constant prediction, below which a run has memorized its examples where held-back ones ' +
        'keep three tenths of that loss or more, whether or not they ever had less.',
      source: 'Zhang et al. 2017: networks fit random labels to a training loss of nothing.',
    },
  ],
  needs: ['validation'],
  fixes: ['weight-decay', 'l2'],
  explains: [],
  judgesTheTask: true,
} as const satisfies RuleDescription;

export const overfitting: Rule<typeof meta> = {
  meta,
  check({ model, evidence, option, optionOf }) {
    const { learning, windows, growth } = evidence;
    const validated = windows.finite.filter(({ validation }) => Number.isFinite(validation?.loss));
    if (validated.length < MINIMUM_VALIDATIONS || learning.state === 'destroyed' || learning.state === 'diverged')
      return [];
    const smoothed = validated
      .slice(SMOOTHED - 1)
      .map((_, index) => median(validated.slice(index, index + SMOOTHED).map(({ validation }) => validation!.loss)));
    const bestIndex = smoothed.reduce((best, value, index) => (value < smoothed[best] ? index : best), 0);
    const [best, late] = [smoothed[bestIndex], smoothed[smoothed.length - 1]];
    const turn = validated[bestIndex + 1];
    const trainingAt = (step: number): number => {
      const near = windows.finite.filter(record => Math.abs(record.step - step) <= 10);
      return median(near.map(record => taskLoss(record)));
    };
    const [trainingThen, trainingNow] = [trainingAt(turn.step), learning.lateLoss];
    const memorized =
      learning.referenceIsTrivial &&
      trainingNow < option('memorized') * learning.reference &&
      late >= POOR_ABOVE * learning.reference;
    if (memorized && !(late >= option('rise') * best)) {
      return [
        {
          rule: 'overfitting',
          severity: late >= learning.reference ? 'warning' : 'information',
          layer: undefined,
          at: { setting: 'validation' },
          message:
            `The training loss fell to ${formatNumber(trainingNow)}, but on held-back examples it ends at ` +
            `${formatNumber(late)}, where predicting a constant has ${formatNumber(learning.reference)}: the examples were memorized. ` +
            'Use more data or a smaller network, or regularize with `l2` or dropout.',
          measured: {
            bestValidation: best,
            lateValidation: late,
            trainingThen,
            trainingNow,
            turn: turn.step,
            referenceLoss: learning.reference,
            growth: growth.factor,
          },
          step: turn.step,
          related: [],
          fixes: ['weight-decay', 'l2'],
          causal: REGULARIZATION,
        },
      ];
    }
    if (!(late >= option('rise') * best) || !(late >= option('gap') * trainingNow) || !(trainingNow < trainingThen))
      return [];
    // Worse than a constant on examples not seen: what was learned does harm. A classifier may only be too sure of
    // itself.
    const accuracies = validated.map(({ validation }) => validation!.accuracy ?? Number.NaN).filter(Number.isFinite);
    const lostAccuracy = Math.max(...accuracies) - (accuracies.at(-1) ?? 0);
    const harmful = late >= learning.reference && (accuracies.length === 0 || lostAccuracy >= LOST_ACCURACY);
    const spiked =
      growth.factor >= optionOf('exploding-gradient', 'growth') &&
      Math.abs(growth.since - turn.step) <= 0.1 * model.steps;
    return [
      {
        rule: 'overfitting',
        severity: harmful ? 'warning' : 'information',
        layer: undefined,
        at: { setting: 'validation' },
        message:
          `The validation loss was ${formatNumber(best)} at step ${turn.step} and ends at ${formatNumber(late)}` +
          `${harmful ? `, worse than the ${formatNumber(learning.reference)} of predicting a constant` : ''}, while the training ` +
          `loss fell from ${formatNumber(trainingThen)} to ${formatNumber(trainingNow)}. ` +
          (spiked
            ? `It turned as the gradient norm grew ${formatNumber(growth.factor)} times: fix that first.`
            : 'Take more data or a smaller network, regularize with `l2` or dropout, or stop earlier.'),
        measured: {
          bestValidation: best,
          lateValidation: late,
          trainingThen,
          trainingNow,
          turn: turn.step,
          referenceLoss: learning.reference,
          growth: growth.factor,
        },
        step: turn.step,
        related: [],
        fixes: ['weight-decay', 'l2'],
        causal: REGULARIZATION,
      },
    ];
  },
};
