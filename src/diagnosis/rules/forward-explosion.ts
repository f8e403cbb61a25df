/**
 * Signals that grow on their way forward while gradients do not on theirs back. Page: docs/rules/forward-explosion.md
 */
import { growthFinding, TAMING } from '../depth-growth';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'forward-explosion',
  word: 'signal explodes',
  noun: 'the explosion of the signal',
  group: 'Gradient and signal over depth',
  summary: 'The signal grows over the depth of the network, and the run learns nothing or ends in non-finite numbers.',
  severity: 'warning',
  options: [
    {
      name: 'totalGain',
      default: 100,
      description: 'Growth of the signal over the whole depth, in the first steps, from which on it explodes.',
      source: 'As for the gradient: AutoTrainer takes 70; networks that train stay below 10.',
    },
  ],
  needs: ['activations'],
  fixes: [
    'fitting-initializer',
    'lsuv-initializer',
    'clip-by-norm',
    'clip-by-value',
    'lower-learning-rate',
    'relu-activation',
    ...TAMING,
  ],
  explains: [
    'exploding-gradient',
    'non-finite',
    'dead-relu',
    'saturated-activation',
    'vanishing-gradient',
    'exploding-through-time',
    'vanishing-through-time',
    'silent-death',
    'learning-rate-too-high',
    'learning-rate-too-low',
    ...WILD,
    ...AFTERMATH,
  ],
  costsPartly: true,
  travels: 'forward',
} as const satisfies RuleDescription;

export const forwardExplosion: Rule<typeof meta> = {
  meta,
  check(context) {
    const limit = context.option('totalGain');
    // Weights that are too large make both grow: what the gradient shows too is exploding-gradient's.
    const gradientLimit = context.optionOf('exploding-gradient', 'totalGain');
    if (growthFinding('exploding-gradient', context, 'backward', gradientLimit) !== undefined) return [];
    const finding = growthFinding('forward-explosion', context, 'forward', limit);
    return finding === undefined ? [] : [finding];
  },
};
