/** Gradients or signals that die over the depth. Page: docs/rules/vanishing-gradient.md */

import { decayFinding, decayOf } from '../depth-decay';
import { AFTERMATH } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'vanishing-gradient',
  word: 'vanishing',
  noun: 'the vanishing',
  group: 'Gradient and signal over depth',
  summary:
    'The gradient vanishes on its way back through the layers, or the signal on its way forward, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'totalGain',
      default: 1e-3,
      description:
        'What is left of the gradient over the whole depth, throughout the run, below which it has vanished.',
      source: 'AutoTrainer takes 1e-3 for the ratio of the first to the last layer, where accuracy stays low.',
    },
  ],
  needs: ['outputGradients', 'activations'],
  fixes: ['relu-activation', 'fitting-initializer'],
  // Where nothing comes back to tell them otherwise, biases drift until units die or saturate.
  explains: [
    'dead-relu',
    'saturated-activation',
    'vanishing-through-time',
    'silent-death',
    'learning-rate-too-low',
    ...AFTERMATH,
  ],
  costsPartly: true,
  travels: 'backward',
} as const satisfies RuleDescription;

export const vanishingGradient: Rule<typeof meta> = {
  meta,
  check(context) {
    const limit = context.option('totalGain');
    for (const pass of ['backward', 'forward'] as const) {
      const blamed = decayOf(context, pass, limit);
      if (blamed !== undefined) return [decayFinding('vanishing-gradient', context, pass, blamed)];
    }
    return [];
  },
};
