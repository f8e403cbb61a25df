/** A signal or gradient that dies over the depth: what is left of it, who makes it so, and the finding about it. */
import { alikePlaces } from './alike';
import type { Place } from '../model/place';
import { attribute, type Attribution, type DepthCause } from './evidence/attribution';
import { outcomeOf } from './consequence';
import { distanceMoved } from './evidence/distance-moved';
import type { DepthGains } from './evidence/depth-gains';
import type { Evidence } from './evidence/evidence';
import type { Finding, FixId, RuleId } from './finding';
import { formatNumber } from './format';
import { activationPlace, hasKernel, kernelInitializerPlace, placeOf } from './layers';
import type { RuleContext } from './rule';
import { stackOf, whoChanges } from './stack';
import { FITTING_WEIGHTS, STEEP_ACTIVATIONS } from './undoing';

export type Pass = 'forward' | 'backward';

/** The layer to blame where next to nothing is left over the depth on this way in a finite run that learns nothing. */
export function decayOf(
  { model, history, evidence }: Pick<RuleContext, 'model' | 'history' | 'evidence'>,
  pass: Pass,
  limit: number,
): Attribution | undefined {
  const { learning } = evidence;
  if (learning.state === 'learning' || learning.state === 'destroyed') return undefined;
  const backward = vanishedBackward({ model, history, evidence }, limit);
  if (pass === 'backward') return backward;
  if (backward !== undefined || mostLeftOver(evidence, 'forward') >= limit) return undefined;
  return attribute(model, history.layout, evidence.late, 'shrinks', 'forward');
}

/**
 * Who is to blame for a gradient that does not come through: how much may be left depends on what explains that it
 * dies.
 */
function vanishedBackward(
  { model, history, evidence }: Pick<RuleContext, 'model' | 'history' | 'evidence'>,
  limit: number,
): Attribution | undefined {
  const left = mostLeftOver(evidence, 'backward');
  if (left >= FLAT_STACK * limit) return undefined;
  const blamed = attribute(model, history.layout, evidence.late, 'shrinks', 'backward');
  if (blamed === undefined) return undefined;
  if (left < limit || (blamed.cause !== 'depth' && left < DOUBTFUL * limit)) return blamed;
  const isFlatStack = blamed.cause === 'activation' && blamed.others.length >= 2;
  return isFlatStack && distanceMoved(history, evidence.windows) >= HAD_ITS_CHANCE ? blamed : undefined;
}

/** The finding of `rule` about a decay. */
export function decayFinding(rule: RuleId, { model, evidence }: RuleContext, pass: Pass, blamed: Attribution): Finding {
  const { learning, windows } = evidence;
  const total = leftOver(evidence.late, pass);
  const what = pass === 'backward' ? 'gradient' : 'signal';
  const left = total === 0 ? 'Nothing' : `Only ${formatNumber(total)}`;
  const message =
    `${left} of the ${what} is left after its way ${pass} through the network ` +
    `(${whoChanges(model, blamed, 'leaves')}). ${outcomeOf(learning)}. ${whyItDecays(blamed)}`;
  return {
    rule,
    severity: 'warning',
    layer: blamed.layer.path,
    ...(blamed.others.length > 0 && { layers: stackOf(model, blamed).map(({ path }) => path) }),
    at: placeOfDecay(blamed),
    message,
    measured: {
      totalGain: total,
      layerGain: blamed.gain,
      weightGain: blamed.weightGain ?? Number.NaN,
      criticalGain: blamed.criticalGain,
      lateLoss: learning.lateLoss,
      referenceLoss: learning.reference,
    },
    step: windows.early[0]?.step ?? 0,
    related: alikePlaces(
      blamed.others,
      layer => placeOfDecay({ ...blamed, layer }),
      path => alikeMessage(blamed.cause, path),
    ),
    fixes: fixesForDecay(blamed),
    causal: causesOfDecay(blamed),
  };
}

/** A gradient ten times as large is doubtful yet: it counts where weights or activation explain it. */
const DOUBTFUL = 10;
/**
 * Three layers of slope 1/4 leave a 64th: it counts in a stack of flat activations whose weights were moved, and learned
 * nothing.
 */
const FLAT_STACK = 50;
/** A third of its size is enough to tell that the rate was not too low. */
const HAD_ITS_CHANCE = 0.3;

/** The most that was left at any time: an output layer that starts at zero, or a plateau at the beginning, recovers. */
function mostLeftOver(evidence: Evidence, pass: Pass): number {
  const stages = [evidence.early, evidence.late, ...(evidence.windows.middle.length > 0 ? [evidence.middle] : [])];
  return Math.max(...stages.map(stage => leftOver(stage, pass)));
}

export function leftOver(gains: DepthGains, pass: Pass): number {
  return pass === 'forward' ? gains.forwardAfterFirst : gains.backward;
}

/** Why next to nothing is left, and what to do, in one or two sentences. */
export function whyItDecays(blamed: Attribution): string {
  const critical = formatNumber(blamed.criticalGain);
  switch (blamed.cause) {
    case 'activation':
      return (
        `The slope of its ${blamed.layer.activation} is too small at every input: weights would need a gain of ${critical} ` +
        'to keep the norm. Use relu or tanh in these layers, with the initializer that fits.'
      );
    case 'initialization':
      return (
        `Its first weights are too small: their gain is ${formatNumber(blamed.weightGain ?? Number.NaN)} where ${critical} ` +
        'keeps the norm. Use the initializer that fits its activation.'
      );
    case 'depth':
      return (
        'Its first weights are of ordinary size; the effect adds up over the layers. Use an ' +
        'activation with slope 1, residual connections or normalization.'
      );
  }
}

function alikeMessage(cause: DepthCause, path: string): string {
  switch (cause) {
    case 'activation':
      return `The activation of \`${path}\` is as flat.`;
    case 'initialization':
      return `The first weights of \`${path}\` are too small.`;
    case 'depth':
      return `\`${path}\` makes it shrink.`;
  }
}

/** The place in the model file that is to blame. */
export function placeOfDecay({ cause, layer }: Attribution): Place {
  if (cause === 'activation') return activationPlace(layer);
  return cause === 'initialization' && hasKernel(layer) ? kernelInitializerPlace(layer) : placeOf(layer);
}

/** Cures of a decay, best first. */
export function fixesForDecay({ cause, layer }: Attribution): readonly FixId[] {
  if (cause === 'activation') return ['relu-activation', 'fitting-initializer'];
  if (cause === 'initialization') return ['fitting-initializer'];
  return isSteep(layer)
    ? ['fitting-initializer', 'residual-connections', 'batch-norm']
    : ['relu-activation', 'fitting-initializer', 'residual-connections', 'batch-norm'];
}

/** Cures that undo what makes it decay, the smallest edits first. */
export function causesOfDecay({ cause, layer, others }: Attribution): readonly FixId[] {
  if (cause === 'activation') return STEEP_ACTIVATIONS;
  const shorten: readonly FixId[] = ['residual-connections', 'batch-norm', 'layer-norm'];
  if (cause === 'initialization') return others.length + 1 >= DEEP ? [...FITTING_WEIGHTS, ...shorten] : FITTING_WEIGHTS;
  return [...FITTING_WEIGHTS, ...(isSteep(layer) ? [] : ['relu-activation' as const]), ...shorten];
}

/**
 * Layers of one kind from which on their number is a cause beside their weights: signals of plain stacks of fewer get
 * through with fitting ones.
 */
const DEEP = 12;

function isSteep({ activation }: Attribution['layer']): boolean {
  return activation === 'relu' || activation === 'identity';
}
