/** A signal or gradient that dies over the depth: what is left of it, who makes it so, and the finding about it. */
import { alikePlaces } from './alike';
import { attribute, type Attribution, type DepthCause } from './evidence/attribution';
import { consequenceOf } from './consequence';
import type { DepthGains } from './evidence/depth-gains';
import type { Evidence } from './evidence/evidence';
import type { Finding, FixId, RuleId } from './finding';
import { formatNumber } from './format';
import { activationPlace, hasKernel, kernelInitializerPlace } from './layers';
import type { RuleContext } from './rule';

export type Pass = 'forward' | 'backward';

/** The layer to blame where next to nothing is left over the depth on this way in a finite run that learns nothing. */
export function decayOf({ model, history, evidence }: RuleContext, pass: Pass, limit: number): Attribution | undefined {
  const { learning } = evidence;
  if (learning.state === 'learning' || learning.state === 'destroyed' || vanishedPass(evidence, limit) !== pass) return undefined;
  const blamed = attribute(model, history.layout, evidence.late, 'shrinks', pass);
  return blamed === undefined || (blamed.cause === 'depth' && mostLeftOver(evidence, pass) >= limit) ? undefined : blamed;
}

/** The finding of `rule` about a decay. */
export function decayFinding(rule: RuleId, { evidence }: RuleContext, pass: Pass, blamed: Attribution): Finding {
  const { learning, windows } = evidence;
  const total = leftOver(evidence.late, pass);
  const what = pass === 'backward' ? 'gradient' : 'signal';
  const left = total === 0 ? 'Nothing' : `Only ${formatNumber(total)}`;
  const message = `${left} of the ${what} is left over the depth of the network on its way ${pass} `
    + `(\`${blamed.layer.path}\` alone leaves ${formatNumber(blamed.gain)}), and ${consequenceOf(learning)}. ${whyItDecays(blamed)}`;
  return {
    rule,
    severity: 'warning',
    layer: blamed.layer.path,
    source: placeOfDecay(blamed),
    message,
    measured: {
      totalGain: total, layerGain: blamed.gain, weightGain: blamed.weightGain ?? Number.NaN, criticalGain: blamed.criticalGain,
      lateLoss: learning.lateLoss, referenceLoss: learning.reference,
    },
    step: windows.early[0]?.step ?? 0,
    related: alikePlaces(
      blamed.others, (layer) => placeOfDecay({ ...blamed, layer }), (path) => alikeMessage(blamed.cause, path),
    ),
    fixes: fixesForDecay(blamed),
  };
}

/** A gradient ten times as large is doubtful yet: it counts where weights or activation explain it. */
const DOUBTFUL = 10;

function vanishedPass(evidence: Evidence, limit: number): Pass | undefined {
  if (mostLeftOver(evidence, 'backward') < DOUBTFUL * limit) return 'backward';
  return mostLeftOver(evidence, 'forward') < limit ? 'forward' : undefined;
}

/** The most that was left at any time: an output layer that starts at zero, or a plateau at the beginning, recovers. */
function mostLeftOver(evidence: Evidence, pass: Pass): number {
  const stages = [evidence.early, evidence.late, ...(evidence.windows.middle.length > 0 ? [evidence.middle] : [])];
  return Math.max(...stages.map((stage) => leftOver(stage, pass)));
}

export function leftOver(gains: DepthGains, pass: Pass): number {
  return pass === 'forward' ? gains.forwardAfterFirst : gains.backward;
}

/** Why next to nothing is left, and what to do, in one or two sentences. */
export function whyItDecays(blamed: Attribution): string {
  const critical = formatNumber(blamed.criticalGain);
  switch (blamed.cause) {
    case 'activation':
      return `The slope of its ${blamed.layer.activation} is too small at every input: weights would need a gain of ${critical} `
        + 'to keep the norm. Use relu (or tanh) in these layers, with an initializer that fits.';
    case 'initialization':
      return `Its first weights are too small: their gain is ${formatNumber(blamed.weightGain ?? Number.NaN)} where ${critical} `
        + 'keeps the norm. Use the initializer that fits its activation.';
    case 'depth':
      return 'Its weights start at an ordinary scale; it is the number of layers that adds up. '
        + 'Use an activation with slope 1, residual connections or normalisation.';
  }
}

function alikeMessage(cause: DepthCause, path: string): string {
  switch (cause) {
    case 'activation': return `The activation of \`${path}\` is as flat.`;
    case 'initialization': return `The first weights of \`${path}\` are too small.`;
    case 'depth': return `\`${path}\` makes it shrink.`;
  }
}

/** The place in the model file that is to blame. */
export function placeOfDecay({ cause, layer }: Attribution): Finding['source'] {
  if (cause === 'activation') return activationPlace(layer);
  return cause === 'initialization' && hasKernel(layer) ? kernelInitializerPlace(layer) : layer.source;
}

/** Cures of a decay, best first. */
export function fixesForDecay({ cause, layer }: Attribution): readonly FixId[] {
  if (cause === 'activation') return ['relu-activation', 'fitting-initializer'];
  if (cause === 'initialization') return ['fitting-initializer'];
  const steep = layer.activation === 'relu' || layer.activation === 'identity';
  return steep ? ['fitting-initializer'] : ['relu-activation', 'fitting-initializer'];
}
