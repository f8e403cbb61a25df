/** Weights that grow without end. Page: docs/rules/diverging-parameters.md */
import { alikePlaces } from '../alike';
import { outcomeOf, orClip } from '../consequence';
import { unstableDecay } from '../evidence/decay';
import { isHarmed } from '../evidence/learning';
import { formatNumber } from '../format';
import { layerAt, placeOf } from '../layers';
import { AFTERMATH } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'diverging-parameters',
  word: 'weights diverge',
  noun: 'the divergence of the weights',
  group: 'The course of the run',
  summary: 'The weights of a layer grow to a multiple of their first size, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'growth',
      default: 10,
      description:
        "Norm of weights at the end over that at the start (or Glorot's, if larger), from which on they diverge.",
      source: 'TheDeepChecker takes 2, which layers that train well reach; none of them is near 10.',
    },
  ],
  needs: ['weights'],
  fixes: ['lower-learning-rate', 'clip-by-norm'],
  explains: [
    'silent-death',
    'exploding-gradient',
    'dead-relu',
    'saturated-activation',
    'diverging-loss',
    'oscillating-loss',
    'non-finite',
    ...AFTERMATH,
  ],
} as const satisfies RuleDescription;

export const divergingParameters: Rule<typeof meta> = {
  meta,
  check({ model, history, evidence, option }) {
    const { learning, windows } = evidence;
    const [first, last] = [windows.finite[0], windows.finite.at(-1)];
    if (!isHarmed(learning) || first === undefined || last === undefined || first === last) return [];
    const grown = history.layout.parameters
      .map(({ layer, role, shape }, index) => ({
        layer: history.layout.layers[layer],
        isWeight: role === 'kernel' || role === 'recurrent' || role === 'embedding',
        factor: last.parameterNorms[index] / baseline(first.parameterNorms[index], shape),
        index,
      }))
      .filter(({ isWeight, factor }) => isWeight && Number.isFinite(factor) && factor >= option('growth'))
      .sort((a, b) => b.factor - a.factor);
    if (grown.length === 0) return [];
    const [worst] = grown;
    const left = windows.finite.find(
      ({ parameterNorms }) =>
        parameterNorms[worst.index] >= (last.parameterNorms[worst.index] * option('growth')) / worst.factor,
    );
    const others = [...new Set(grown.map(({ layer }) => layer.path))]
      .filter(path => path !== worst.layer.path)
      .flatMap(path => layerAt(model, path) ?? []);
    const decay = unstableDecay(model);
    const factor = formatNumber(decay ?? Number.NaN);
    const why =
      decay === undefined
        ? `Lower the learning rate of ${formatNumber(model.optimizer.learningRate)}${orClip(model)}.`
        : `Weight decay times learning rate is above 2: every step multiplies the weights by ${factor}. Lower \`weight_decay\`.`;
    return [
      {
        rule: 'diverging-parameters',
        severity: learning.state === 'destroyed' && decay !== undefined ? 'error' : 'warning',
        layer: worst.layer.path,
        at: decay === undefined ? placeOf(worst.layer) : { setting: 'optimizer', part: 'weightDecay' },
        message:
          `The weights of \`${worst.layer.path}\` grow ${formatNumber(worst.factor)} times during training. ` +
          `${outcomeOf(learning)}. ${why}`,
        measured: {
          growth: worst.factor,
          firstNorm: first.parameterNorms[worst.index],
          lastNorm: last.parameterNorms[worst.index],
          lateLoss: learning.lateLoss,
          referenceLoss: learning.reference,
        },
        // Unstable decay is there from the first update on.
        step: decay === undefined ? (left?.step ?? last.step) : 0,
        related: alikePlaces(others, placeOf, path => `The weights of \`${path}\` grow too.`),
        fixes: ['lower-learning-rate', 'clip-by-norm'],
      },
    ];
  },
};

/**
 * Weights that start very small must grow to learn at all: what Glorot's initialization would give them is nothing to
 * speak of.
 */
function baseline(firstNorm: number, [out, ...inputs]: readonly number[]): number {
  const into = inputs.reduce((product, length) => product * length, 1);
  return Math.max(firstNorm, Math.sqrt((2 * out * into) / (out + into)));
}
