/** State gradients that die on their way back through time. Page: docs/rules/vanishing-through-time.md */
import { median } from '../../record/median';
import { outcomeOf } from '../consequence';
import type { Evidence } from '../evidence/evidence';
import type { TimeGrowth } from '../evidence/through-time';
import { weightScale } from '../evidence/initial-gain';
import { formatNumber } from '../format';
import { isRecurrent, layerAt, recurrentInitializerPlace, placeOf } from '../layers';
import { AFTERMATH } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'vanishing-through-time',
  word: 'vanishing in time',
  noun: 'the vanishing through time',
  group: 'Recurrent layers',
  summary: "Almost no gradient reaches a recurrent layer's first time steps, and the run learns nothing.",
  severity: 'warning',
  options: [
    {
      name: 'totalDecay',
      default: 1e-4,
      description:
        'What is left of the state gradient over a whole sequence, throughout the run, below which it has vanished.',
      source: 'At 1e-4 the first half of the sequence gets less than a hundredth of the gradient of its last step.',
    },
  ],
  needs: ['throughTime'],
  fixes: ['orthogonal-recurrent-initializer', 'forget-bias', 'lstm-recurrent', 'gru-recurrent'],
  explains: ['silent-death', ...AFTERMATH],
  costsPartly: true,
} as const satisfies RuleDescription;

export const vanishingThroughTime: Rule<typeof meta> = {
  meta,
  check({ model, history, evidence, option }) {
    const { learning, windows } = evidence;
    if (learning.state !== 'stuck' && learning.state !== 'diverged') return [];
    const layers = [...new Set(evidence.throughTime.map(growth => growth.layer))];
    const vanished = layers
      .map(index => ({ index, ...bestOfLayer(evidence, index) }))
      // In a run that learns something, half as far is worth a counterfactual.
      .filter(({ total }) => total < (learning.assumed ? Math.sqrt(option('totalDecay')) : option('totalDecay')));
    if (vanished.length === 0) return [];
    const worst = vanished.reduce((a, b) => (b.total < a.total ? b : a));
    const layer = layerAt(model, history.layout.layers[worst.index].path);
    if (!isRecurrent(layer)) return [];
    const timeSteps = history.layout.layers[worst.index].timeSteps ?? 0;
    const reach = Math.round(Math.log(0.01) / Math.log(worst.factor));
    const gain = weightScale(layer.recurrentInitializer, layer.units, layer.units) * Math.sqrt(layer.units);
    const small = gain < 0.85;
    const why = small
      ? `Its recurrent weights start too small: their gain is ${formatNumber(gain)}, where 1 keeps the norm. ` +
        'Start them orthogonal.'
      : layer.type === 'rnn'
        ? 'Information from earlier steps cannot be learned. Use an lstm or gru, or shorter sequences.'
        : 'Information from earlier steps cannot be learned. Use shorter sequences, or train for longer.';
    return [
      {
        rule: 'vanishing-through-time',
        severity: 'warning',
        layer: layer.path,
        at: small ? recurrentInitializerPlace(layer) : placeOf(layer),
        message:
          `Only ${formatNumber(worst.factor)} of the gradient is left per step back through time in ` +
          `\`${layer.path}\`. It reaches about ${reach} of ${timeSteps} steps. ${outcomeOf(learning)}. ${why}`,
        measured: {
          decayPerTimeStep: worst.factor,
          totalDecay: worst.total,
          timeSteps,
          recurrentGain: gain,
          lateLoss: learning.lateLoss,
          referenceLoss: learning.reference,
        },
        step: windows.early[0]?.step ?? 0,
        related: vanished
          .filter(({ index }) => index !== worst.index)
          .map(({ index }) => ({
            at: { layer: history.layout.layers[index].path },
            layer: history.layout.layers[index].path,
            message: `The gradient vanishes through time in \`${history.layout.layers[index].path}\` too.`,
          })),
        fixes: [small ? 'orthogonal-recurrent-initializer' : 'forget-bias', 'lstm-recurrent', 'gru-recurrent'],
        ...(!small && layer.type === 'rnn' && { causal: ['lstm-recurrent', 'gru-recurrent'] as const }),
      },
    ];
  },
};

/** The least decay of a layer in either direction, in the first or the last steps of the run. */
function bestOfLayer(evidence: Evidence, layer: number): { readonly factor: number; readonly total: number } {
  const growths = evidence.throughTime.filter(growth => growth.layer === layer);
  const candidates = (['forward', 'reverse'] as const).flatMap(direction => {
    const own = growths.filter(growth => growth.direction === direction);
    if (own.length === 0) return [];
    // A run that learns in the end has lost the steps that it took to get there.
    return evidence.learning.assumed ? [middle(own.slice(0, 10))] : [middle(own.slice(0, 10)), middle(own.slice(-10))];
  });
  return candidates.reduce((a, b) => (b.total > a.total ? b : a));
}

function middle(growths: readonly TimeGrowth[]): { readonly factor: number; readonly total: number } {
  return { factor: median(growths.map(growth => growth.factor)), total: median(growths.map(growth => growth.total)) };
}
