/** First weights far from the size that keeps norms. */
import { median } from '../../record/median';
import { branchesOf } from '../../model/inner-layers';
import type { LayerSpec, ModelSpec } from '../../model/model-spec';
import { outcomeOf } from '../consequence';
import { decayOf } from '../depth-decay';
import { growthFinding } from '../depth-growth';
import { UNREACHABLE_GAIN } from '../evidence/attribution';
import { criticalGain, kernelGain, weightScale } from '../evidence/initial-gain';
import { isHarmed, learnedLittle, type LearningState } from '../evidence/learning';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { activationAfter, allLayers, hasKernel, kernelInitializerPlace, type KernelLayer } from '../layers';
import type { RuleContext } from '../rule';
import { isConstantKernel } from './constant-weights';
import { initializationFinding } from './initialization-finding';
import { isOutput } from './output-kernel';

/** Weights so large or small that one layer of them is enough. */
export function weightsFarOff(context: RuleContext): Finding | undefined {
  const { model, history, evidence, optionOf } = context;
  const { learning, windows } = evidence;
  if (!learnedLittle(learning) || isSeenOverDepth(context)) return undefined;
  const layers = allLayers(model.layers);
  const limit = optionOf('poor-initialization', 'ratio');
  // Large weights saturate what they feed, and by their gradients what feeds them.
  const saturated = optionOf('saturated-activation', 'saturatedShare');
  const saturates = history.layout.layers.some(
    (_, index) => median(windows.late.map(record => record.saturatedShare[index])) >= saturated,
  );
  const off = layers.flatMap(layer => {
    const ratio = gainRatio(model, layer);
    if (ratio === undefined || isConstantKernel(layer) || (ratio < limit && ratio > 1 / limit)) return [];
    // Small first outputs are customary, of a network and of a residual branch; and small weights make nothing too
    // large.
    const mayBeSmall = isOutput(model.layers, layer) || endsBranch(model, layer) || WILD_STATES.has(learning.state);
    if (mayBeSmall && ratio < limit) return [];
    return isHarmed(learning) || (ratio >= limit && saturates) ? [{ layer: layer as KernelLayer, ratio }] : [];
  });
  const [root] = off;
  if (root === undefined) return undefined;
  const size = root.ratio > 1 ? 'large' : 'small';
  const how = root.ratio > 1 ? `${formatNumber(root.ratio)} times` : `only ${formatNumber(root.ratio)} of`;
  const message =
    `The first weights of \`${root.layer.path}\` are too ${size}: their gain is ${how} the one that keeps norms with its ` +
    `activation. ${outcomeOf(learning)}. Use the initializer that fits.`;
  return initializationFinding(evidence, {
    layer: root.layer,
    at: kernelInitializerPlace(root.layer),
    message,
    measured: { gainRatio: root.ratio },
    others: off.slice(1).map(({ layer }) => layer),
    alike: `has weights that are too ${size} too.`,
  });
}

/** States of a run whose numbers became too large. */
const WILD_STATES: ReadonlySet<LearningState> = new Set<LearningState>(['destroyed', 'diverged']);

/** Whether a layer is the last one with weights of a branch, whose answer is added to what goes around it. */
function endsBranch(model: ModelSpec, layer: LayerSpec): boolean {
  return allLayers(model.layers).some(owner =>
    branchesOf(owner).some(branch => allLayers(branch).findLast(hasKernel) === layer),
  );
}

/** Where signal or gradient grow or die over the depth by the weights, the rules about that name the initializer. */
function isSeenOverDepth(context: RuleContext): boolean {
  const { optionOf } = context;
  const decay = optionOf('vanishing-gradient', 'totalGain');
  const decays = [decayOf(context, 'backward', decay), decayOf(context, 'forward', decay)];
  const grows =
    growthFinding('exploding-gradient', context, 'backward', optionOf('exploding-gradient', 'totalGain')) ??
    growthFinding('forward-explosion', context, 'forward', optionOf('forward-explosion', 'totalGain'));
  return grows !== undefined || decays.some(blamed => blamed?.cause === 'initialization');
}

/**
 * Hidden layers whose first weights are at least `limit` times larger than their activation asks for, in forward order.
 */
export function layersWithLargeWeights(
  model: ModelSpec,
  limit: number,
): readonly { readonly layer: KernelLayer; readonly ratio: number }[] {
  return allLayers(model.layers).flatMap(layer => {
    const ratio = isOutput(model.layers, layer) ? undefined : gainRatio(model, layer);
    return ratio === undefined || ratio < limit || isConstantKernel(layer)
      ? []
      : [{ layer: layer as KernelLayer, ratio }];
  });
}

/** Gain of the first weights over the critical one; `undefined` where it is not defined, or normalized away. */
function gainRatio(model: RuleContext['model'], layer: LayerSpec): number | undefined {
  if (layer.type === 'embedding') {
    const scale = weightScale(layer.kernelInitializer, layer.vocabulary, layer.units);
    // Token vectors are read by layers that expect values of deviation 1 at most; small ones are customary.
    return scale > 1 ? scale : undefined;
  }
  const { activation, normalized } = activationAfter(model, layer);
  const gain = kernelGain(layer);
  const critical = criticalGain(activation);
  // No customary weights reach the gain of a flat activation: that is the activation's fault.
  const unreachable = critical > UNREACHABLE_GAIN && gain !== undefined && gain < critical;
  const customary = hasKernel(layer) && BY_FANS.test(layer.kernelInitializer.type);
  return gain === undefined || normalized || unreachable || (customary && gain < critical)
    ? undefined
    : gain / critical;
}

/** Scaled by their fans, which is customary whatever comes of it: at a wide layer after a narrow one they are small. */
const BY_FANS = /^(glorot|he|lecun)-|^orthogonal$/;
