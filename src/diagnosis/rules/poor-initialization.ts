/** First weights that make units alike, or far from the size that keeps signals alive. Page: docs/rules/poor-initialization.md */
import { median } from '../../history/median';
import type { InitializerSpec, LayerSpec, ModelSpec } from '../../spec/model-spec';
import type { RunLayout } from '../../training/step-record';
import { alikePlaces } from '../alike';
import { consequenceOf } from '../consequence';
import { decayOf } from '../depth-decay';
import { growthFinding } from '../depth-growth';
import { UNREACHABLE_GAIN } from '../evidence/attribution';
import { criticalGain, kernelGain, weightScale } from '../evidence/initial-gain';
import { isHarmed, learntLittle } from '../evidence/learning';
import { taskLoss } from '../evidence/trivial-predictor';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { activationAfter, allLayers, hasKernel, isRecurrent, kernelInitializerPlace, layerAt, type KernelLayer } from '../layers';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleContext } from '../rule';
import { FITTING_WEIGHTS } from '../undoing';

export const poorInitialization: Rule = {
  meta: {
    id: 'poor-initialization',
    summary: 'First weights or biases that make all units of a layer alike, or are far from the size that keeps a signal alive.',
    severity: 'warning',
    options: [
      {
        name: 'ratio', default: 3,
        description: 'Gain of a hidden layer\'s first weights over the one that keeps norms, or the reverse, in a harmed run.',
        source: 'SageMaker Debugger takes a ratio of variances of 10 between layers, which is 3.2 of deviations.',
      },
      {
        name: 'bias', default: 5,
        description: 'Size of constant first biases of a hidden layer in a run that learns nothing.',
        source: 'At 5 the slope of sigmoid is 0.0066 and that of tanh 0.0002; a relu is off for inputs of deviation 1.',
      },
      {
        name: 'loudLoss', default: 3,
        description: 'First loss of a classifier over that of a constant prediction, from which on its first scores are too loud (a hint).',
        source: 'Scores of deviation 1 start at 1.2 times the constant\'s loss at most; three times need a deviation of 4 or more.',
      },
    ],
    fixes: ['fitting-initializer', 'lsuv-initializer', 'lower-learning-rate', 'zero-bias', 'smaller-output-initializer'],
    explains: [
      'exploding-gradient', 'forward-explosion', 'vanishing-gradient', 'dead-relu',
      'saturated-activation', 'non-finite', 'exploding-through-time', 'vanishing-through-time', 'silent-death',
      'learning-rate-too-high', 'learning-rate-too-low', ...WILD, ...AFTERMATH,
    ],
    costsPartly: true,
    travels: 'forward',
  },
  check(context) {
    const finding = unitsAlike(context) ?? biasesFarOff(context) ?? weightsFarOff(context) ?? loudScores(context);
    return finding === undefined ? [] : [finding];
  },
};

/** Whether every weight that it draws is the same. */
function isConstant(initializer: InitializerSpec): boolean {
  switch (initializer.type) {
    case 'zeros': case 'ones': case 'constant': return true;
    case 'normal': case 'truncated-normal': return initializer.std === 0;
    case 'uniform': return initializer.minimum === initializer.maximum;
    case 'variance-scaling': return initializer.scale === 0;
    case 'orthogonal': case 'identity': return initializer.gain === 0;
    default: return false;
  }
}

/**
 * Units with the same weights in and the same weights out get the same gradient for ever: a layer of one unit. Where the layer
 * after it draws different weights they part, and all is well; so do they behind dropout.
 */
function unitsAlike({ model, history, evidence }: RuleContext): Finding | undefined {
  const alike = layersAlike(model, history.layout);
  const [root] = alike;
  if (root === undefined) return undefined;
  const zeros = root.kernelInitializer.type === 'zeros';
  const { learning } = evidence;
  const outcome = isHarmed(learning) ? consequenceOf(learning) : 'they stay so: it learns as if it had one';
  return finding(evidence, root, kernelInitializerPlace(root), 'The'
    + ` ${unitsOf(root)} units of \`${root.path}\` start alike${zeros ? ' at zero' : ''} and so do those that read them, which `
    + `gives them the same gradient in every step, and ${outcome}. Draw the weights at random.`,
  { units: unitsOf(root) }, alike.slice(1), 'start alike too.');
}

/** The layers whose units start alike and stay so, in forward order. */
export function layersAlike(model: ModelSpec, layout: RunLayout): readonly KernelLayer[] {
  const layers = layout.layers.map(({ path }) => layerAt(model, path));
  return layers.filter((layer, index): layer is KernelLayer => {
    if (!hasKernel(layer) || kernelGain(layer) === undefined || !isConstant(layer.kernelInitializer) || unitsOf(layer) < 2) {
      return false;
    }
    const readers = readersOf(layout, layers, index);
    return readers.length > 0 && readers.every((reader) => isConstantKernel(layers[reader]));
  });
}

/**
 * Indices of the layers with weights that read a layer, through those that treat all units alike; of others (dropout, the end of
 * a branch, the output) the first that is met.
 */
function readersOf(layout: RunLayout, layers: readonly (LayerSpec | undefined)[], index: number): readonly number[] {
  return layout.layers.flatMap(({ inputs, type }, reader) => {
    if (!inputs.includes(index)) return [];
    const passes = inputs.length === 1 && !hasKernel(layers[reader]) && type !== 'dropout';
    return passes ? readersOf(layout, layers, reader) : [reader];
  });
}

function unitsOf(layer: LayerSpec): number {
  if ('units' in layer) return layer.units;
  return 'filters' in layer ? layer.filters : 1;
}

/** Hidden layers whose constant first biases of at least `size` put them where their activation is flat. */
export function layersWithLargeBias(model: ModelSpec, size: number): readonly KernelLayer[] {
  return allLayers(model.layers).filter((layer): layer is KernelLayer => {
    if (!hasKernel(layer) || isOutput(model.layers, layer) || isRecurrent(layer) || !('biasInitializer' in layer)) return false;
    const { activation, normalized } = activationAfter(model, layer);
    const { biasInitializer: bias } = layer;
    if (normalized || activation === 'identity' || bias.type !== 'constant') return false;
    const bounded = activation !== 'relu' && activation !== 'leaky-relu';
    return bounded ? Math.abs(bias.value) >= size : bias.value <= -size;
  });
}

/** Biases so large that the activation is flat, whatever comes in. */
function biasesFarOff({ model, evidence, option }: RuleContext): Finding | undefined {
  if (!learntLittle(evidence.learning)) return undefined;
  const off = layersWithLargeBias(model, option('bias'));
  const [root] = off;
  if (root === undefined || !('biasInitializer' in root) || root.biasInitializer.type !== 'constant') return undefined;
  const { value } = root.biasInitializer;
  return finding(evidence, root, [...root.source, 'bias_initializer'],
    `The biases of \`${root.path}\` start at ${formatNumber(value)}, where its ${activationAfter(model, root).activation} is `
    + `flat whatever comes in, and ${consequenceOf(evidence.learning)}. Start biases at zero.`,
    { bias: value }, off.slice(1), 'has such biases too.', ['zero-bias']);
}

/** Weights so large or small that one layer of them is enough. */
function weightsFarOff(context: RuleContext): Finding | undefined {
  const { model, evidence, option } = context;
  const { learning, windows } = evidence;
  if (!learntLittle(learning) || isSeenOverDepth(context)) return undefined;
  const layers = allLayers(model.layers);
  const limit = option('ratio');
  const off = layers.flatMap((layer, index) => {
    const ratio = isOutput(model.layers, layer) ? undefined : gainRatio(model, layer);
    if (ratio === undefined || isConstantKernel(layer) || (ratio < limit && ratio > 1 / limit)) return [];
    const saturated = median(windows.late.map((record) => record.saturatedShare[index])) >= 0.5;
    return isHarmed(learning) || (ratio >= limit && saturated) ? [{ layer: layer as KernelLayer, ratio }] : [];
  });
  const [root] = off;
  if (root === undefined) return undefined;
  const size = root.ratio > 1 ? 'large' : 'small';
  const how = root.ratio > 1 ? `${formatNumber(root.ratio)} times` : `only ${formatNumber(root.ratio)} of`;
  return finding(evidence, root.layer, kernelInitializerPlace(root.layer),
    `The first weights of \`${root.layer.path}\` are too ${size}: their gain is ${how} the one that keeps norms with its `
    + `activation, and ${consequenceOf(learning)}. Use the initializer that fits.`,
    { gainRatio: root.ratio }, off.slice(1).map(({ layer }) => layer), `has weights that are too ${size} too.`);
}

/** A classifier that starts so sure of wrong answers that its first steps only bring the scores down: a hint, since it may learn all the same. */
function loudScores({ model, history, evidence, option }: RuleContext): Finding | undefined {
  const { learning, windows } = evidence;
  const [first] = windows.finite;
  const layer = allLayers(model.layers).findLast(hasKernel);
  const index = history.layout.layers.findIndex(({ path }) => path === layer?.path);
  const isClassifier = model.loss.type === 'cross-entropy' || model.loss.type === 'binary-cross-entropy';
  if (learning.state !== 'learning' || layer === undefined || first?.step !== 0 || !isClassifier || !learning.referenceIsTrivial) return undefined;
  const times = taskLoss(first) / learning.reference;
  if (!(times >= option('loudLoss')) || !(first.outputStd[index] > LOUD)) return undefined;
  const quiet = windows.finite.find((record) => taskLoss(record) <= 1.1 * learning.reference);
  const until = quiet === undefined ? 'all steps are spent' : `the first ${quiet.step} steps are spent`;
  return {
    rule: 'poor-initialization', severity: 'hint', layer: layer.path, source: kernelInitializerPlace(layer),
    message: `The first scores of \`${layer.path}\` have deviation ${formatNumber(first.outputStd[index])}, so that the loss starts at `
      + `${formatNumber(taskLoss(first))}, ${formatNumber(times)} times that of a constant, and ${until} on bringing them down. `
      + 'Start its weights smaller.',
    measured: { firstLoss: taskLoss(first), scoreDeviation: first.outputStd[index], referenceLoss: learning.reference, lateLoss: learning.lateLoss },
    step: 0, related: [], fixes: ['smaller-output-initializer', 'fitting-initializer'],
  };
}

/** Deviation of scores below which they are no cause of a high first loss. */
const LOUD = 2;

/** Where signal or gradient grow or die over the depth by the weights, the rules about that name the initializer. */
function isSeenOverDepth(context: RuleContext): boolean {
  const decays = [decayOf(context, 'backward', DECAY), decayOf(context, 'forward', DECAY)];
  const grows = growthFinding('exploding-gradient', context, 'backward', GROWTH)
    ?? growthFinding('forward-explosion', context, 'forward', GROWTH);
  return grows !== undefined || decays.some((blamed) => blamed?.cause === 'initialization');
}

/** The limits of those rules. */
const [DECAY, GROWTH] = [1e-3, 100];

/** Scaled by their fans, which is customary whatever comes of it: at a wide layer after a narrow one they are small. */
const BY_FANS = /^(glorot|he|lecun)-|^orthogonal$/;

function isConstantKernel(layer: LayerSpec | undefined): boolean {
  return hasKernel(layer) && isConstant(layer.kernelInitializer);
}

/** Hidden layers whose first weights are at least `limit` times larger than their activation asks for, in forward order. */
export function layersWithLargeWeights(model: ModelSpec, limit: number): readonly { readonly layer: KernelLayer; readonly ratio: number }[] {
  return allLayers(model.layers).flatMap((layer) => {
    const ratio = isOutput(model.layers, layer) ? undefined : gainRatio(model, layer);
    return ratio === undefined || ratio < limit || isConstantKernel(layer) ? [] : [{ layer: layer as KernelLayer, ratio }];
  });
}

/** Gain of the first weights over the critical one; `undefined` where it is not defined, or normalised away. */
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
  return gain === undefined || normalized || unreachable || (customary && gain < critical) ? undefined : gain / critical;
}

function isOutput(layers: readonly LayerSpec[], layer: LayerSpec): boolean {
  return layer === allLayers(layers).findLast(hasKernel);
}

function finding(
  { learning, windows }: RuleContext['evidence'], layer: KernelLayer, source: Finding['source'], message: string,
  measured: Finding['measured'], others: readonly KernelLayer[], alike: string,
  fixes: Finding['fixes'] = ['fitting-initializer', 'lsuv-initializer'],
): Finding {
  return {
    rule: 'poor-initialization', severity: learning.state === 'destroyed' ? 'error' : 'warning', layer: layer.path, source,
    message,
    measured: { ...measured, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: windows.early[0]?.step ?? 0,
    related: alikePlaces(others, (other) => other.source, (path) => `\`${path}\` ${alike}`),
    fixes,
    causal: fixes.includes('fitting-initializer') ? FITTING_WEIGHTS : fixes,
  };
}
