/** Many ordinary layers that add up where nothing normalizes between them. Page: docs/rules/missing-normalization.md */
import { outcomeOf } from '../consequence';
import { attribute } from '../evidence/attribution';
import { isHarmed } from '../evidence/learning';
import { formatNumber } from '../format';
import { allLayers, hasKernel, isNormalization, placeOf } from '../layers';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';
import { NORMALIZATIONS } from '../undoing';

const meta = {
  id: 'missing-normalization',
  word: 'not normalized',
  noun: 'the lack of normalization',
  group: 'Gradient and signal over depth',
  summary:
    'Signal or gradient grows over many ordinary layers with no normalization between, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'totalGain',
      default: 10,
      description: 'Growth over the whole depth in the first step from which on the lack of normalization is blamed.',
      source:
        'Networks that train stay below 10; a residual doubles the variance of its input (Zhang, Dauphin and Ma 2019).',
    },
    {
      name: 'layers',
      default: 4,
      description: 'How many layers with weights a network must have at least.',
      source: 'Fewer layers of ordinary weights do not make a factor of 10 together.',
    },
  ],
  needs: ['activations', 'outputGradients'],
  fixes: ['layer-norm', 'batch-norm', 'clip-by-norm', 'lower-learning-rate', 'lsuv-initializer'],
  explains: [
    'exploding-gradient',
    'forward-explosion',
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

export const missingNormalization: Rule<typeof meta> = {
  meta,
  check({ model, history, evidence, option }) {
    const { learning, start, early, windows } = evidence;
    const layers = allLayers(model.layers);
    const kernels = layers.filter(hasKernel).length;
    if (!isHarmed(learning) || kernels < option('layers') || layers.some(isNormalization)) return [];
    const pass = start.forward > start.backward ? 'forward' : 'backward';
    const total = start[pass];
    const limit = option('totalGain');
    if (!(total >= limit && early[pass] >= Math.sqrt(limit))) return [];
    const blamed = attribute(model, history.layout, start, 'grows', pass);
    if (blamed === undefined || blamed.cause !== 'depth' || blamed.others.length === 0) return [];
    const what = pass === 'forward' ? 'signal' : 'gradient';
    return [
      {
        rule: 'missing-normalization',
        severity: learning.state === 'destroyed' ? 'error' : 'warning',
        layer: blamed.layer.path,
        at: placeOf(blamed.layer),
        message:
          `The ${what} grows ${formatNumber(total)} times over ${kernels} layers of ordinary weights with no ` +
          `normalization between them. ${outcomeOf(learning)}. Add layer-norm or batch-norm between them, or clip ` +
          'gradients by norm.',
        measured: { totalGain: total, layers: kernels, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
        step: windows.early[0]?.step ?? 0,
        related: blamed.others
          .slice(0, 10)
          .map(layer => ({ at: placeOf(layer), layer: layer.path, message: `\`${layer.path}\` makes it grow.` })),
        fixes: ['layer-norm', 'batch-norm', 'clip-by-norm', 'lower-learning-rate', 'lsuv-initializer'],
        causal: NORMALIZATIONS,
      },
    ];
  },
};
