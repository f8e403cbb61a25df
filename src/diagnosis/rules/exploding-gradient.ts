/** Gradients that grow over the depth, or in training, until nothing is learnt. Page: docs/rules/exploding-gradient.md */
import { alikePlaces } from '../alike';
import { attribute, type Attribution } from '../evidence/attribution';
import { isHarmed } from '../evidence/learning';
import { inputToBlame } from '../evidence/step-length';
import { largestUpdateRatio } from '../evidence/update-ratio';
import { consequenceOf, orClip } from '../consequence';
import type { Finding, RelatedPlace } from '../finding';
import { formatNumber } from '../format';
import { dataPlace, hasKernel, kernelInitializerPlace, learningRatePlace } from '../layers';
import type { Rule, RuleContext } from '../rule';

export const explodingGradient: Rule = {
  meta: {
    id: 'exploding-gradient',
    summary: 'The gradient grows over the depth of the network or in the course of training, and the run learns nothing.',
    severity: 'warning',
    options: [
      {
        name: 'totalGain', default: 100,
        description: 'Growth of gradient or signal over the whole depth, in the first steps, from which on it explodes.',
        source: 'AutoTrainer takes 70 for the ratio of the first to the last layer; networks that train stay below 10.',
      },
      {
        name: 'growth', default: 10,
        description: 'Growth of the gradient norm in the course of a run that diverges from which on it counts as exploding.',
        source: 'Ten times the norm of the first steps; ARC takes ten times the loss.',
      },
    ],
    fixes: ['fitting-initializer', 'standardize-input', 'lower-learning-rate', 'clip-by-norm', 'clip-by-value'],
    explains: ['dead-relu', 'saturated-activation', 'vanishing-gradient', 'vanishing-through-time', 'non-finite'],
    travels: 'backward',
    showsLate: true,
  },
  check(context) {
    if (!isHarmed(context.evidence.learning)) return [];
    const finding = explodesOverDepth(context) ?? explodesInTraining(context);
    return finding === undefined ? [] : [finding];
  },
};

/** Present from the first step on: the weights, or the many layers. */
function explodesOverDepth({ model, history, evidence, option }: RuleContext): Finding | undefined {
  const { start, early, learning, windows } = evidence;
  const pass = start.forward > start.backward ? 'forward' : 'backward';
  const total = start[pass];
  const limit = option('totalGain');
  const blamed = attribute(model, history.layout, start, 'grows', pass);
  if (blamed === undefined) return undefined;
  // One step alone proves little: either the next ones show it too, or the weights' own gain explains it. Where it does, and the
  // run went wild, half as many layers are enough: the square root of the gain.
  const explained = blamed.cause === 'initialization';
  const enough = explained && learning.state !== 'stuck' ? Math.sqrt(limit) : limit;
  if (!(total >= enough && (explained || early[pass] >= limit))) return undefined;
  const what = pass === 'backward' ? 'gradient' : 'signal';
  const depth = `The ${what} grows ${formatNumber(total)} times over the depth of the network on its way ${pass}`;
  return {
    rule: 'exploding-gradient',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: blamed.layer.path,
    source: weightsPlace(blamed),
    message: `${depth}, ${formatNumber(blamed.gain)} times in \`${blamed.layer.path}\`, `
      + `and ${consequenceOf(learning)}. ${whyAndCure(blamed, orClip(model))}`,
    measured: {
      totalGain: total, layerGain: blamed.gain, weightGain: blamed.weightGain ?? Number.NaN, criticalGain: blamed.criticalGain,
      lateLoss: learning.lateLoss, referenceLoss: learning.reference,
    },
    step: windows.early[0]?.step ?? 0,
    related: relatedLayers(blamed),
    fixes: blamed.cause === 'initialization'
      ? ['fitting-initializer', 'clip-by-norm', 'clip-by-value', 'lower-learning-rate']
      : ['clip-by-norm', 'lower-learning-rate', 'clip-by-value'],
  };
}

function whyAndCure(blamed: Attribution, clip: string): string {
  if (blamed.cause !== 'initialization') {
    return `Its weights start at an ordinary scale; it is the number of layers that adds up. Lower the learning rate${clip}.`;
  }
  const gains = `${formatNumber(blamed.weightGain ?? Number.NaN)} where ${formatNumber(blamed.criticalGain)} keeps the norm`;
  return `Its first weights are too large: their gain is ${gains}. Use the initializer that fits its activation${clip}.`;
}

function weightsPlace(blamed: Attribution): Finding['source'] {
  const { cause, layer } = blamed;
  return cause === 'initialization' && hasKernel(layer) ? kernelInitializerPlace(layer) : layer.source;
}

function relatedLayers(blamed: Attribution): readonly RelatedPlace[] {
  return alikePlaces(
    blamed.others,
    (layer) => weightsPlace({ ...blamed, layer }),
    (path) => blamed.cause === 'initialization'
      ? `The first weights of \`${path}\` are too large.`
      : `\`${path}\` makes it grow.`,
  );
}

/** Ordinary at the start, then growing with every update: the steps are too long for how steep the loss is. */
function explodesInTraining({ model, evidence, option }: RuleContext): Finding | undefined {
  const { growth, learning, input, windows } = evidence;
  if (learning.state === 'stuck') return undefined;
  const jump = largestUpdateRatio(windows.finite.at(-1));
  const jumped = learning.state === 'destroyed' && jump > 1;
  if (!(growth.factor >= option('growth')) && !jumped) return undefined;
  const steep = inputToBlame(model, evidence);
  const rate = formatNumber(model.optimizer.learningRate);
  const grew = growth.factor >= option('growth')
    ? `The gradient norm grows from ${formatNumber(growth.start)} to ${formatNumber(growth.peak)} by step ${growth.peakStep}`
    : `One update changes a layer's weights by ${formatNumber(jump)} times their own size`;
  const why = steep
    ? `The input values are large (mean ${formatNumber(steep.mean)}, deviation ${formatNumber(steep.std)}), which makes the loss `
      + `${formatNumber(steep.meanSquare)} times steeper than standardized ones would. `
      + `Standardize the input, or lower the learning rate of ${rate}.`
    : `It was ordinary at the start and grew with the updates: the learning rate of ${rate} is too high. `
      + `Lower it${orClip(model)}.`;
  return {
    rule: 'exploding-gradient',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: steep ? model.layers[0].path : undefined,
    source: steep ? dataPlace(model) : learningRatePlace(model),
    message: `${grew}, and ${consequenceOf(learning)}. ${why}`,
    measured: {
      startNorm: growth.start, peakNorm: growth.peak, growth: growth.factor, growthPerStep: growth.perStep, updateRatio: jump,
      learningRate: model.optimizer.learningRate, inputMeanSquare: input?.meanSquare ?? Number.NaN,
      lateLoss: learning.lateLoss, referenceLoss: learning.reference,
    },
    step: growth.since,
    related: [],
    fixes: steep
      ? ['standardize-input', 'lower-learning-rate', 'clip-by-norm', 'clip-by-value']
      : ['lower-learning-rate', 'clip-by-norm', 'clip-by-value'],
  };
}
