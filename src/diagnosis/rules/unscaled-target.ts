/** Targets far from standardized ones: out of reach, or throwing weights off. Page: docs/rules/unscaled-target.md */
import { median } from '../../record/median';
import type { TargetStatistics } from '../../record/step-record';
import { outcomeOf } from '../consequence';
import { isHarmed } from '../evidence/learning';
import { inputToBlame } from '../evidence/step-length';
import { taskLoss } from '../evidence/trivial-predictor';
import type { FixId } from '../finding';
import { formatNumber } from '../format';
import { hasHiddenLayers, outputLayer, rangeOf } from '../output';
import { SYMPTOMS_OF_SCALE } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'unscaled-target',
  word: 'raw targets',
  noun: 'the raw targets',
  group: 'Data, output and loss',
  summary: 'The targets of a regression are too large, too small or too far from zero for the output to reach them.',
  severity: 'warning',
  options: [
    {
      name: 'large',
      default: 10,
      description: 'Root mean square of the targets from which on a run that diverges is attributed to them.',
      source:
        'Weights that carry answers of size 10 make the loss 100 times steeper in the layers before (LeCun et al. 1998).',
    },
    {
      name: 'distance',
      default: 5,
      description:
        'First loss over that of the best constant, from which on a run that does not get near is attributed to them.',
      source:
        'Measured: outputs that start near 0 are then two deviations of the targets away from their mean at least.',
    },
    {
      name: 'small',
      default: 0.01,
      description:
        'Root mean square of the targets below which a run that does not get down to them is attributed to it.',
      source:
        'Outputs start at deviation 1: a hundredth of that takes 10,000 times off a squared error before anything is learned.',
    },
  ],
  needs: ['targets'],
  fixes: ['standardize-target', 'lower-learning-rate'],
  explains: SYMPTOMS_OF_SCALE,
  costsPartly: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const unscaledTarget: Rule<typeof meta> = {
  meta,
  check(context) {
    const { model, history, evidence } = context;
    const targets = history.layout.targetStatistics;
    const { learning, windows } = evidence;
    const { type } = model.loss;
    const isRegression = type === 'mse' || type === 'mae' || type === 'huber';
    if (!isHarmed(learning) || targets === undefined || !isRegression || rangeOf(outputLayer(model).activation))
      return [];
    const effect = throwsOff(context, targets) ?? outOfReach(context, targets);
    if (effect === undefined) return [];
    return [
      {
        rule: 'unscaled-target',
        severity: learning.state === 'destroyed' ? 'error' : 'warning',
        layer: outputLayer(model).path,
        at: { setting: 'data' },
        message:
          `Targets have mean ${formatNumber(targets.mean)} and deviation ${formatNumber(targets.std)}, ${effect.text}. ` +
          `${outcomeOf(learning)}. Standardize the targets (subtract the mean, divide by the deviation).`,
        measured: {
          targetMean: targets.mean,
          targetStd: targets.std,
          lateLoss: learning.lateLoss,
          referenceLoss: learning.reference,
        },
        step: windows.early[0]?.step ?? 0,
        related: [],
        fixes: effect.fixes,
      },
    ];
  },
};

/**
 * Size of targets that an absolute error does not carry an output to in a short run: each step moves it by about the
 * rate.
 */
const FAR_FOR_ABSOLUTE = 100;

interface Effect {
  readonly text: string;
  readonly fixes: readonly FixId[];
}

/** Errors of that size are in every gradient; a network without hidden layers only takes longer for them. */
function throwsOff(
  { model, evidence, option, optionOf }: Context,
  { mean, std }: TargetStatistics,
): Effect | undefined {
  const { learning, growth } = evidence;
  const ranAway =
    learning.state === 'destroyed' ||
    (learning.state === 'diverged' && growth.factor >= optionOf('exploding-gradient', 'growth')) ||
    hasDied(evidence, optionOf('dead-relu', 'deadShare'));
  const size = Math.hypot(mean, std);
  if (!ranAway || size < option('large') || !hasHiddenLayers(model)) return undefined;
  if (inputToBlame(model, evidence) !== undefined) return undefined;
  return {
    text: 'and errors of that size make the updates too large',
    fixes: ['standardize-target', 'lower-learning-rate'],
  };
}

/** A run that fell silent although its first gradients were in order. */
function hasDied({ learning, windows }: Context['evidence'], dead: number): boolean {
  const [first] = windows.early;
  const last = windows.late.at(-1);
  if (learning.state !== 'stuck' || first === undefined || last === undefined) return false;
  return last.deadShare.some((share, index) => share >= dead && first.deadShare[index] < dead);
}

/**
 * The output starts near zero, or at deviation 1 beside tiny targets, and comes nearer with every update, but not near
 * enough in the steps of the run. A squared loss starts at 1 + (mean / deviation)² of the constant's, an absolute one
 * at the root of that.
 */
function outOfReach({ model, evidence, option }: Context, { mean, std }: TargetStatistics): Effect | undefined {
  const { learning, windows } = evidence;
  if (!learning.referenceIsTrivial || learning.state === 'destroyed' || windows.early.length === 0) return undefined;
  const first = median(windows.early.map(taskLoss));
  const size = Math.hypot(mean, std);
  const distance = model.loss.type === 'mse' ? option('distance') : Math.sqrt(option('distance'));
  // A loss that is linear in far errors moves by the rate alone: targets in the thousands are out of reach however they
  // scatter.
  const isFar = first >= distance * learning.reference || (model.loss.type !== 'mse' && size >= FAR_FOR_ABSOLUTE);
  if (!(learning.lateLoss <= 1.05 * first) || !isFar) return undefined;
  if (size < option('small')) {
    return {
      text: 'too small beside first outputs of deviation 1 for ordinary steps to fit',
      fixes: ['standardize-target'],
    };
  }
  if (size < 2) return undefined;
  return {
    text: 'too far from zero for an output that starts there',
    fixes: ['standardize-target'],
  };
}
