/**
 * Gradients that grow over the depth, or in training, until nothing is learned. Page: docs/rules/exploding-gradient.md
 */
import { growthFinding, TAMING } from '../depth-growth';
import { LEARNING_RATE_PLACE } from '../../model/place';
import { isHarmed } from '../evidence/learning';
import { largestUpdateRatio } from '../evidence/update-ratio';
import { outcomeOf, orClip } from '../consequence';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { AFTERMATH, WILD } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'exploding-gradient',
  word: 'exploding',
  noun: 'the explosion',
  group: 'Gradient and signal over depth',
  summary: 'The gradient grows over the depth of the network or during training, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'totalGain',
      default: 100,
      description: 'Growth of the gradient over the whole depth, in the first steps, from which on it explodes.',
      source: 'AutoTrainer takes 70 for the ratio of the first to the last layer; networks that train stay below 10.',
    },
    {
      name: 'growth',
      default: 10,
      description:
        'Growth of the gradient norm in the course of a run that diverges from which on it counts as exploding.',
      source: 'Ten times the norm of the first steps; ARC takes ten times the loss.',
    },
  ],
  needs: ['gradients', 'outputGradients'],
  fixes: [
    'fitting-initializer',
    'lsuv-initializer',
    'lower-learning-rate',
    'clip-by-norm',
    'clip-by-value',
    'relu-activation',
    ...TAMING,
  ],
  explains: [
    'dead-relu',
    'saturated-activation',
    'vanishing-gradient',
    'vanishing-through-time',
    'non-finite',
    'silent-death',
    'learning-rate-too-high',
    ...WILD,
    ...AFTERMATH,
  ],
  costsPartly: true,
  travels: 'backward',
  showsLate: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const explodingGradient: Rule<typeof meta> = {
  meta,
  check(context) {
    if (!isHarmed(context.evidence.learning)) return [];
    const finding =
      growthFinding('exploding-gradient', context, 'backward', context.option('totalGain')) ??
      explodesInTraining(context);
    return finding === undefined ? [] : [finding];
  },
};

/** Ordinary at the start, then growing with every update: the steps are too long for how steep the loss is. */
function explodesInTraining({ model, evidence, option }: Context): Finding | undefined {
  const { growth, learning, input, windows } = evidence;
  if (learning.state === 'stuck') return undefined;
  const jump = largestUpdateRatio(windows.finite.at(-1));
  const jumped = learning.state === 'destroyed' && jump > 1;
  if (!(growth.factor >= option('growth')) && !jumped) return undefined;
  const rate = formatNumber(model.optimizer.learningRate);
  const grew =
    growth.factor >= option('growth')
      ? `The gradient norm grows from ${formatNumber(growth.start)} to ${formatNumber(growth.peak)} by step ${growth.peakStep}`
      : `One update changes a layer's weights by ${formatNumber(jump)} times their own size`;
  const why =
    `It was ordinary at first and grew with the updates: the learning rate of ${rate} is too high. ` +
    `Lower it${orClip(model)}.`;
  return {
    rule: 'exploding-gradient',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: undefined,
    at: LEARNING_RATE_PLACE,
    message: `${grew}. ${outcomeOf(learning)}. ${why}`,
    measured: {
      startNorm: growth.start,
      peakNorm: growth.peak,
      growth: growth.factor,
      growthPerStep: growth.perStep,
      updateRatio: jump,
      learningRate: model.optimizer.learningRate,
      inputMeanSquare: input?.meanSquare ?? Number.NaN,
      lateLoss: learning.lateLoss,
      referenceLoss: learning.reference,
    },
    step: growth.since,
    related: [],
    fixes: ['lower-learning-rate', 'clip-by-norm', 'clip-by-value'],
  };
}
