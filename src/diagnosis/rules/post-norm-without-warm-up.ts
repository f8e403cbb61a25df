/**
 * Transformer blocks that normalize after each sum, at a full rate from the first step. Page:
 * docs/rules/post-norm-without-warm-up.md
 */
import type { LayerSpec, ModelSpec } from '../../model/model-spec';
import { alikePlaces } from '../alike';
import { outcomeOf } from '../consequence';
import { isHarmed } from '../evidence/learning';
import { overshoots } from '../evidence/update-course';
import { formatNumber } from '../format';
import { allLayers, placeOf } from '../layers';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'post-norm-without-warm-up',
  word: 'post-norm',
  noun: 'the missing warm-up',
  group: 'Gradient and signal over depth',
  summary:
    'Transformer blocks normalize after each residual sum and start at the full learning rate, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'blocks',
      default: 2,
      description: 'Residual sums with a normalization right after them, from which on they are blamed.',
      source: 'One block of a transformer has two.',
    },
    {
      name: 'rate',
      default: 0.02,
      description:
        'Learning rate of an adaptive optimizer above which the rate is blamed where an update is seen to overshoot.',
      source:
        "Twenty times Adam's default; transformers train at peaks of 1e-4 to 1e-3 (Vaswani et al. 2017, Xiong et al. 2020).",
    },
  ],
  needs: [],
  fixes: ['pre-norm', 'warm-up', 'lower-learning-rate'],
  explains: [
    'dead-relu',
    'silent-death',
    'vanishing-gradient',
    'exploding-gradient',
    'saturated-activation',
    'learning-rate-too-high',
    'depth-beyond-signal',
    ...WILD,
    ...AFTERMATH,
  ],
  costsPartly: true,
} as const satisfies RuleDescription;

export const postNormWithoutWarmUp: Rule<typeof meta> = {
  meta,
  check({ model, evidence, option, optionOf }) {
    const { learning, windows } = evidence;
    const sums = postNormSums(model);
    const [root] = sums;
    if (root === undefined || sums.length < option('blocks') || !isHarmed(learning) || warmsUp(model)) return [];
    const { learningRate, type } = model.optimizer;
    const rate = type === 'sgd' ? learningRate / 100 : learningRate;
    const overshot = evidence.updates.probed.some(update => overshoots(update, learning.reference, optionOf));
    if (rate > option('rate') && overshot) return [];
    return [
      {
        rule: 'post-norm-without-warm-up',
        severity: learning.state === 'destroyed' ? 'error' : 'warning',
        layer: root.path,
        layers: sums.map(({ path }) => path),
        at: placeOf(root),
        message:
          `${sums.length} residual sums are followed by a normalization, so the last blocks get the largest gradients at the ` +
          `start, and the learning rate is ${formatNumber(learningRate)} from the first step on. ${outcomeOf(learning)}. ` +
          'Normalize before attention and feed-forward (pre-norm), or warm up the learning rate.',
        measured: { sums: sums.length, learningRate, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
        step: windows.early[0]?.step ?? 0,
        related: alikePlaces(sums.slice(1), placeOf, path => `\`${path}\` is normalized after the sum too.`),
        fixes: ['pre-norm', 'warm-up', 'lower-learning-rate'],
        causal: ['pre-norm', 'warm-up', 'lower-learning-rate'],
      },
    ];
  },
};

/** Residuals with attention in the model whose sum a layer-norm or rms-norm reads, and that do not normalize inside. */
export function postNormSums(model: ModelSpec): readonly LayerSpec[] {
  const all = allLayers(model.layers);
  if (!all.some(({ type }) => type === 'attention')) return [];
  return all.filter(
    layer =>
      layer.type === 'residual' &&
      !allLayers(layer.layers).some(isTransformerNorm) &&
      all.some(norm => isTransformerNorm(norm) && norm.inputs.length === 1 && norm.inputs[0] === layer.path),
  );
}

function isTransformerNorm({ type }: LayerSpec): boolean {
  return type === 'layer-norm' || type === 'rms-norm';
}

/** Whether the rate rises over the first steps. */
export function warmsUp({ schedule }: ModelSpec): boolean {
  switch (schedule.type) {
    case 'constant':
      return false;
    case 'linear-warmup':
      return schedule.steps > 0;
    case 'one-cycle':
      return schedule.warmupShare > 0;
    default:
      return schedule.warmup > 0;
  }
}
