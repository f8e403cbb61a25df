/**
 * Names the likeliest reason of a run that does not learn where no other rule applies. Page: docs/rules/not-learning.md
 */
import { outcomeOf } from '../consequence';
import { LEARNING_RATE_PLACE, type Place } from '../../model/place';
import { distanceMoved } from '../evidence/distance-moved';
import { leastReached } from '../evidence/gradient-reach';
import type { Finding, FixId } from '../finding';
import { formatNumber, formatShare } from '../format';
import { layerAt, placeOf } from '../layers';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'not-learning',
  word: 'not learning',
  noun: 'the standstill',
  group: 'The course of the run',
  summary:
    'The run ends no better than a constant prediction, and no other rule found a fault; the message names the likeliest reason.',
  severity: 'information',
  options: [
    {
      name: 'moved',
      default: 0.05,
      description:
        "Sum of the updates' norms over the norm of the most moved kernel, below which the rate is too low to tell.",
      source: 'A twentieth of its size leaves a kernel nearly as it was drawn.',
    },
    {
      name: 'agreement',
      default: 0.2,
      description: 'Median cosine between the gradients of two batches below which a step follows noise.',
      source: 'At 0.2 a batch is a twenty-fourth of the gradient noise scale (McCandlish et al. 2018).',
    },
    {
      name: 'reach',
      default: 1e-3,
      description:
        'Relative update of the slowest layer over that of the fastest, below which the gradient does not reach it.',
      source: 'AutoTrainer takes 1e-3 for the ratio of the first to the last layer.',
    },
  ],
  needs: ['weights', 'updates'],
  fixes: [
    'raise-learning-rate',
    'adaptive-optimizer',
    'larger-batch',
    'lower-learning-rate',
    'fitting-initializer',
    'more-steps',
  ],
  explains: [],
  judgesTheTask: true,
  speaksAlone: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const notLearning: Rule<typeof meta> = {
  meta,
  check(context) {
    const {
      evidence: { learning, windows },
    } = context;
    if (learning.state === 'learning' || learning.state === 'destroyed' || windows.finite.length === 0) return [];
    const reason =
      tooFewSteps(context) ?? hardlyMoved(context) ?? notReached(context) ?? noisy(context) ?? outOfSight(context);
    const { accuracy } = learning;
    const begun = !learning.learnedSomething
      ? ''
      : accuracy !== undefined && accuracy.share > accuracy.chance
        ? ` The model learns something: ${formatShare(accuracy.share)} of the answers are right, where a constant answer gives ${formatShare(accuracy.chance)}.`
        : ' The model learns something: the loss is below that of a constant by more than its noise.';
    return [
      {
        rule: 'not-learning',
        severity: 'information',
        layer: reason.layer,
        at: reason.at,
        message: `${outcomeOf(learning)}.${begun} ${reason.text}`,
        measured: { ...reason.measured, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
        step: windows.late[0]?.step ?? 0,
        related: [],
        fixes: reason.fixes,
        causal: reason.fixes.slice(0, 1),
      },
    ];
  },
};

interface Reason {
  readonly text: string;
  readonly layer: Finding['layer'];
  readonly at: Place;
  readonly measured: Readonly<Record<string, number>>;
  readonly fixes: readonly FixId[];
}

/** Pace of the second half, as a share of the reference, from which on the loss counts as still falling. */
const FALLING = 0.02;
/** Half the reference: where a run counts as one that learned. */
const LEARNED_SHARE = 0.5;

/** The loss still falls: when it would be at half the constant's, at the pace of its second half. */
function tooFewSteps({ model, evidence: { course, learning } }: Context): Reason | undefined {
  const fall = course.fellSecond * course.start;
  if (!(fall > FALLING * learning.reference)) return undefined;
  const left = course.late - LEARNED_SHARE * learning.reference;
  const steps = Math.round(model.steps + (left / fall) * (model.steps / 2));
  return {
    text:
      `The loss still falls, by ${formatNumber(fall)} over the second half of ${model.steps} steps: at that pace it takes about ` +
      `${formatNumber(steps)} steps to reach half the loss of a constant. Train for longer, or raise the learning rate.`,
    layer: undefined,
    at: { setting: 'steps' },
    measured: { fellSecond: course.fellSecond, stepsNeeded: steps },
    fixes: ['more-steps', 'raise-learning-rate', 'adaptive-optimizer'],
  };
}

function hardlyMoved({ model, history, evidence, option }: Context): Reason | undefined {
  const moved = distanceMoved(history, evidence.windows);
  if (!(moved < option('moved'))) return undefined;
  return {
    text:
      `All ${evidence.windows.finite.length} updates together move no kernel by more than ${formatNumber(moved)} of its norm: ` +
      `the learning rate of ${formatNumber(model.optimizer.learningRate)} is too low to tell what the model can learn. Raise it.`,
    layer: undefined,
    at: LEARNING_RATE_PLACE,
    measured: { moved },
    fixes: ['raise-learning-rate', 'adaptive-optimizer'],
  };
}

function notReached({ model, history, evidence, option }: Context): Reason | undefined {
  const least = leastReached(history, evidence.windows);
  const layer = least && layerAt(model, least.layer);
  if (least === undefined || layer === undefined || !(least.share < option('reach'))) return undefined;
  return {
    text:
      `The gradient hardly reaches \`${layer.path}\`: its updates are ${formatNumber(least.share)} of those of \`${least.fastest}\`, ` +
      'relative to the weights of each. Use an adaptive optimizer, or an initializer that fits.',
    layer: layer.path,
    at: placeOf(layer),
    measured: { reach: least.share },
    fixes: ['adaptive-optimizer', 'fitting-initializer'],
  };
}

function noisy({ evidence: { updates }, option }: Context): Reason | undefined {
  if (!(updates.agreement < option('agreement'))) return undefined;
  return {
    text:
      `Gradients of two batches have a cosine of only ${formatNumber(updates.agreement)}: steps follow the noise of the batch. ` +
      'Take a larger batch or a lower learning rate, or check that the inputs carry information about the targets.',
    layer: undefined,
    at: { setting: 'batchSize' },
    measured: { agreement: updates.agreement },
    fixes: ['larger-batch', 'lower-learning-rate'],
  };
}

/** Weights move, gradients reach every layer and batches agree. */
function outOfSight({ model, history, evidence }: Context): Reason {
  const moved = distanceMoved(history, evidence.windows);
  return {
    text:
      `Gradients reach every layer and updates moved the weights by ${formatNumber(moved)} times their norm: this architecture ` +
      `does not learn the task in ${model.steps} steps. Train for longer, or check that the inputs carry information about the targets.`,
    layer: undefined,
    at: { setting: 'steps' },
    measured: { moved },
    fixes: ['adaptive-optimizer', 'raise-learning-rate', 'more-steps'],
  };
}
