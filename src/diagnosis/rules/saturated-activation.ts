/** Bounded activations driven to their flat ends. Page: docs/rules/saturated-activation.md */
import { median } from '../../record/median';
import { LEARNING_RATE_PLACE } from '../../model/place';
import type { ActivationName, LayerSpec } from '../../model/model-spec';
import type { Cause } from '../cause';
import { outcomeOf } from '../consequence';
import { criticalGain, kernelGain } from '../evidence/initial-gain';
import type { Finding } from '../finding';
import { formatNumber, formatShare } from '../format';
import {
  activationAfter,
  hasKernel,
  isRecurrent,
  kernelBefore,
  kernelInitializerPlace,
  layerAt,
  placeOf,
} from '../layers';
import { AFTERMATH } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';
import { FITTING_WEIGHTS, NORMALIZATIONS } from '../undoing';

const meta = {
  id: 'saturated-activation',
  word: 'saturated',
  noun: 'the saturation',
  group: 'Units and first weights',
  summary: 'Most outputs of a hidden layer sit at the flat ends of a bounded activation, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'saturatedShare',
      default: 0.5,
      description:
        "Share of a layer's outputs beyond 97 % of the range, over the last steps, from which on it is saturated.",
      source: 'SageMaker Debugger: more than half of the outputs; 0.97 is the customary mark for tanh.',
    },
  ],
  needs: ['saturation'],
  fixes: ['fitting-initializer', 'lower-learning-rate', 'relu-activation'],
  explains: ['vanishing-gradient', 'vanishing-through-time', 'silent-death', ...AFTERMATH],
  costsPartly: true,
  travels: 'forward',
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const saturatedActivation: Rule<typeof meta> = {
  meta,
  check(context) {
    const { model, history, evidence, option } = context;
    if (evidence.learning.state === 'learning' || evidence.learning.state === 'destroyed') return [];
    const last = model.layers[model.layers.length - 1];
    const saturated = history.layout.layers.flatMap((layout, index) => {
      const layer = layerAt(model, layout.path);
      const share = median(evidence.windows.late.map(record => record.saturatedShare[index]));
      // An output that is sure of its answer is at the end of its range, and right to be.
      const hidden = layer !== undefined && layer !== last;
      return hidden && isBounded(layer) && share >= option('saturatedShare') ? [{ index, layer, share }] : [];
    });
    return saturated.length === 0 ? [] : [describe(context, saturated)];
  },
};

interface SaturatedLayer {
  readonly index: number;
  readonly layer: LayerSpec;
  readonly share: number;
}

const BOUNDED: ReadonlySet<ActivationName> = new Set([
  'sigmoid',
  'hard-sigmoid',
  'tanh',
  'hard-tanh',
  'softsign',
  'relu6',
]);

function isBounded(layer: LayerSpec): boolean {
  return BOUNDED.has(layer.activation) || isRecurrent(layer);
}

function describe(context: Context, saturated: readonly SaturatedLayer[]): Finding {
  const { history, evidence, option } = context;
  const [root] = saturated;
  const first = history.records[0];
  const since =
    history.records.find(record => record.saturatedShare[root.index] >= option('saturatedShare'))?.step ?? 0;
  const cause = causeOf(context, root, first.saturatedShare[root.index] >= option('saturatedShare'), since);
  return {
    rule: 'saturated-activation',
    severity: 'warning',
    layer: root.layer.path,
    at: cause.at,
    message:
      `${formatShare(root.share)} of the outputs of \`${root.layer.path}\` are saturated: they lie at the flat ends of ` +
      `the activation, where almost no gradient passes. ${outcomeOf(evidence.learning)}. ${cause.why}`,
    measured: {
      saturatedShare: root.share,
      saturatedShareAtStart: first.saturatedShare[root.index],
      lateLoss: evidence.learning.lateLoss,
      referenceLoss: evidence.learning.reference,
    },
    step: since,
    related: saturated.slice(1).map(({ layer, share }) => ({
      at: placeOf(layer),
      layer: layer.path,
      message: `${formatShare(share)} of the outputs of \`${layer.path}\` are saturated too.`,
    })),
    fixes: cause.fixes,
    ...(cause.causal && { causal: cause.causal }),
  };
}

function causeOf({ model }: Context, { layer }: SaturatedLayer, fromStart: boolean, since: number): Cause {
  const kernel = hasKernel(layer) ? layer : kernelBefore(model, layer);
  if (!fromStart) {
    return {
      at: LEARNING_RATE_PLACE,
      why:
        `They saturated by step ${since} after large updates: the learning rate is ` +
        `${formatNumber(model.optimizer.learningRate)}. Lower it.`,
      fixes: ['lower-learning-rate', 'relu-activation'],
    };
  }
  const gain = kernel === undefined ? undefined : kernelGain(kernel);
  const critical = kernel === undefined ? 1 : criticalGain(activationAfter(model, kernel).activation);
  if (kernel !== undefined && gain !== undefined && gain > critical) {
    return {
      at: kernelInitializerPlace(kernel),
      why:
        `Its first weights are too large: their gain is ${formatNumber(gain)}, where ${formatNumber(critical)} keeps the ` +
        'norm. Use the initializer that fits its activation.',
      fixes: ['fitting-initializer', 'relu-activation'],
      causal: FITTING_WEIGHTS,
    };
  }
  return {
    at: placeOf(layer),
    why: 'Its input is too large from the first step on. Normalize its input, or use an activation that does not saturate.',
    fixes: ['relu-activation', 'fitting-initializer'],
    causal: ['relu-activation', ...FITTING_WEIGHTS, ...NORMALIZATIONS],
  };
}
