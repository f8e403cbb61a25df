/**
 * A signal or gradient that grows over the depth, from the first step on: who makes it so, and the finding about it.
 */
import { alikePlaces } from './alike';
import type { Place } from '../model/place';
import { outcomeOf, orClip } from './consequence';
import type { Pass } from './depth-decay';
import { attribute, type Attribution } from './evidence/attribution';
import { isHarmed } from './evidence/learning';
import type { Finding, FixId, RelatedPlace, RuleId } from './finding';
import { formatNumber } from './format';
import { hasKernel, kernelInitializerPlace, placeOf } from './layers';
import type { RuleContext } from './rule';
import { stackOf, whoChanges } from './stack';
import { FITTING_WEIGHTS, NORMALIZATIONS, STEEP_ACTIVATIONS } from './undoing';

/** Cures that keep a signal at its size whatever the weights are, and the last weights from adding to it. */
export const TAMING: readonly FixId[] = [
  'batch-norm',
  'selu-activation',
  'tanh-activation',
  'smaller-output-initializer',
];

/**
 * The finding of `rule` about a growth over the depth on its way `pass`. Present from the first step on: the weights,
 * or the many layers.
 */
export function growthFinding(
  rule: RuleId,
  { model, history, evidence }: RuleContext,
  pass: Pass,
  limit: number,
): Finding | undefined {
  const { start, early, learning, windows } = evidence;
  if (!isHarmed(learning)) return undefined;
  const total = start[pass];
  const blamed = attribute(model, history.layout, start, 'grows', pass);
  if (blamed === undefined) return undefined;
  // One step alone proves little: either the next ones show it too, or the weights' own gain explains it. Where it
  // does, and the run went wild, half as many layers are enough: the square root of the gain.
  const explained = blamed.cause !== 'depth';
  const enough = explained && learning.state !== 'stuck' ? Math.sqrt(limit) : limit;
  if (!(total >= enough && (explained || early[pass] >= limit))) return undefined;
  const what = pass === 'backward' ? 'gradient' : 'signal';
  const depth = `The ${what} grows ${formatNumber(total)} times on its way ${pass} through the network`;
  return {
    rule,
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: blamed.layer.path,
    ...(blamed.others.length > 0 && { layers: stackOf(model, blamed).map(({ path }) => path) }),
    at: placeOfGrowth(blamed),
    message:
      `${depth}, ${whoChanges(model, blamed, 'times')}. ` +
      `${outcomeOf(learning)}. ${whyItGrows(blamed, orClip(model))}`,
    measured: {
      totalGain: total,
      layerGain: blamed.gain,
      weightGain: blamed.weightGain ?? Number.NaN,
      criticalGain: blamed.criticalGain,
      lateLoss: learning.lateLoss,
      referenceLoss: learning.reference,
    },
    step: windows.early[0]?.step ?? 0,
    related: relatedLayers(blamed),
    ...curesOf(blamed),
  };
}

/** Cures of a growth, best first, and those that undo what makes it grow. */
function curesOf({ cause }: Attribution): Required<Pick<Finding, 'fixes' | 'causal'>> {
  switch (cause) {
    case 'activation':
      return {
        fixes: ['relu-activation', 'tanh-activation', 'clip-by-norm', 'lower-learning-rate'],
        causal: STEEP_ACTIVATIONS,
      };
    case 'initialization':
      return {
        fixes: [...FITTING_WEIGHTS, 'clip-by-norm', 'clip-by-value', 'lower-learning-rate', ...TAMING],
        causal: FITTING_WEIGHTS,
      };
    case 'depth':
      return {
        fixes: ['lsuv-initializer', 'layer-norm', 'clip-by-norm', 'lower-learning-rate', 'clip-by-value', ...TAMING],
        causal: ['lsuv-initializer', ...NORMALIZATIONS],
      };
  }
}

/** Why it grows, and what to do, in one or two sentences; `clip` goes on with another cure. */
export function whyItGrows(blamed: Attribution, clip: string): string {
  if (blamed.cause === 'activation') {
    return (
      'The slope of its activation grows with its input, so each such layer raises the signal to a power. ' +
      `Use relu or tanh in hidden layers${clip}.`
    );
  }
  if (blamed.cause !== 'initialization') {
    return `Its first weights are of ordinary size; the effect adds up over the layers. Normalize between them, lower the learning rate${clip}.`;
  }
  const gains = `${formatNumber(blamed.weightGain ?? Number.NaN)} where ${formatNumber(blamed.criticalGain)} keeps the norm`;
  return `Its first weights are too large: their gain is ${gains}. Use the initializer that fits its activation${clip}.`;
}

/** The place in the model file that is to blame. */
export function placeOfGrowth(blamed: Attribution): Place {
  const { cause, layer } = blamed;
  return cause === 'initialization' && hasKernel(layer) ? kernelInitializerPlace(layer) : placeOf(layer);
}

function relatedLayers(blamed: Attribution): readonly RelatedPlace[] {
  return alikePlaces(
    blamed.others,
    layer => placeOfGrowth({ ...blamed, layer }),
    path =>
      blamed.cause === 'initialization'
        ? `The first weights of \`${path}\` are too large.`
        : `\`${path}\` makes it grow.`,
  );
}
