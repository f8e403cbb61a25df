/**
 * A plain stack deeper than its signal reaches, although every layer is ordinary. Page:
 * docs/rules/depth-beyond-signal.md
 */
import { asMeanField, plainChain } from '../chain';
import { placeOf } from '../layers';
import { outcomeOf } from '../consequence';
import { attribute } from '../evidence/attribution';
import { gradientFactors } from '../evidence/mean-field';
import { formatNumber } from '../format';
import { AFTERMATH } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'depth-beyond-signal',
  word: 'too deep',
  noun: 'the loss of the signal in the depth',
  group: 'Gradient and signal over depth',
  summary: 'A plain stack of layers is deeper than signal and gradient can travel, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'depthScales',
      default: 6,
      description: 'How many depth scales 1 / |ln χ| the hidden layers may make up together.',
      source: 'Schoenholz et al. (2017): networks train up to about six depth scales.',
    },
  ],
  needs: ['activations', 'outputGradients'],
  fixes: ['residual-connections', 'batch-norm', 'relu-activation', 'lsuv-initializer'],
  explains: [
    'vanishing-gradient',
    'dead-relu',
    'saturated-activation',
    'vanishing-through-time',
    'silent-death',
    'learning-rate-too-low',
    ...AFTERMATH,
  ],
} as const satisfies RuleDescription;

export const depthBeyondSignal: Rule<typeof meta> = {
  meta,
  check({ model, history, evidence, option }) {
    const { learning, windows } = evidence;
    if (learning.state !== 'stuck' && learning.state !== 'diverged') return [];
    const chain = plainChain(model, history);
    if (chain === undefined || chain.length < 2) return [];
    const { mean, std } = history.layout.inputStatistics ?? { mean: 0, std: 1 };
    const factors = gradientFactors(asMeanField(model, chain), mean * mean + std * std);
    const scales = -factors.reduce((sum, factor) => sum + Math.log(factor), 0);
    // Theory and measurement must agree: exp(-scales) is what it leaves of the variance of a gradient.
    const left = evidence.early.backward;
    if (!(scales >= option('depthScales')) || !(left < Math.exp(-option('depthScales') / 2))) return [];
    const blamed = attribute(model, history.layout, evidence.start, 'shrinks', 'backward');
    if (blamed === undefined || blamed.cause !== 'depth') return [];
    const reach = Math.max(1, Math.floor((chain.length * option('depthScales')) / scales));
    const beyond = chain[chain.length - Math.min(reach, chain.length - 1) - 1];
    return [
      {
        rule: 'depth-beyond-signal',
        severity: 'warning',
        layer: beyond.path,
        at: placeOf(beyond),
        message:
          `${chain.length} layers make ${formatNumber(scales)} depth scales, where about ${option('depthScales')} can be ` +
          `trained: ${formatNumber(left)} of the gradient is left, and it reaches back to about \`${beyond.path}\`. ` +
          `${outcomeOf(learning)}. ` +
          `Use about ${reach} layers, residual connections, or normalization.`,
        measured: {
          depthScales: scales,
          layers: chain.length,
          gradientLeft: left,
          lateLoss: learning.lateLoss,
          referenceLoss: learning.reference,
        },
        step: windows.early[0]?.step ?? 0,
        related: [],
        fixes: ['residual-connections', 'batch-norm', 'relu-activation', 'lsuv-initializer'],
        causal: ['residual-connections', 'batch-norm', 'layer-norm', 'relu-activation', 'lsuv-initializer'],
      },
    ];
  },
};
