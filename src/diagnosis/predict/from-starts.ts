/**
 * Faults that the first step of several seeds shows and that theory explains: step 0 of one seed alone proves nothing.
 */
import type { RunHistory } from '../../record/run-history';
import { placeOf } from '../layers';
import type { ModelSpec, OptimizerName } from '../../model/model-spec';
import type { StepRecord } from '../../record/step-record';
import { asMeanField, plainChain } from '../chain';
import { orClip } from '../consequence';
import { fixesForDecay, placeOfDecay, whyItDecays, type Pass } from '../depth-decay';
import { placeOfGrowth, whyItGrows } from '../depth-growth';
import { attribute } from '../evidence/attribution';
import { depthGains } from '../evidence/depth-gains';
import { gradientFactors } from '../evidence/mean-field';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import type { RuleContext } from '../rule';
import { predictDeadLayer } from './dead-layer';
import { predicted, inSeeds } from './predicted';
import { seedsOf, type Starts } from './starts';
import { predictThroughTime } from './through-time';
import { predictTooSteep } from './too-steep';

export function predictFromStarts(
  model: ModelSpec,
  histories: readonly RunHistory[],
  optionOf: RuleContext['optionOf'],
): readonly Finding[] {
  const [history] = histories;
  if (history === undefined) return [];
  const starts: Starts = {
    model,
    layout: history.layout,
    history,
    records: histories.map(({ records }) => records[0]),
    optionOf,
  };
  return [
    overflow(starts),
    grows(starts, 'backward') ?? grows(starts, 'forward'),
    decays(starts, 'backward') ?? decays(starts, 'forward'),
    predictDeadLayer(starts),
    predictThroughTime(starts),
    predictTooSteep(starts),
  ].filter(finding => finding !== undefined);
}

/** Numbers that are not finite before any update was made. */
function overflow({ layout, records }: Starts): Finding | undefined {
  const origins = records.flatMap(({ nonFinite }) =>
    nonFinite === undefined || nonFinite.direction === 'update' ? [] : [nonFinite],
  );
  const [origin] = origins;
  if (origin === undefined) return undefined;
  const layer = layout.layers[origin.layer];
  const where =
    layer === undefined
      ? 'in the loss'
      : `in \`${layer.path}\` on the way ${origin.direction === 'backward' ? 'back' : 'forward'}`;
  return predicted({
    rule: 'non-finite',
    layer: layer?.path,
    at: layer === undefined ? { setting: 'loss' } : placeOf(layer),
    message: `the first step ends in non-finite numbers, first ${where}, ${inSeeds(origins.length, records.length)}.`,
    measured: seedsOf(origins.length, records.length),
    fixes: [],
  });
}

/** A growth over the depth that every seed shows and the size of the first weights explains. */
function grows({ model, layout, records, optionOf }: Starts, pass: Pass): Finding | undefined {
  const limit =
    optionOf(pass === 'backward' ? 'exploding-gradient' : 'forward-explosion', 'totalGain') *
    (boundsSteps(model) ? BOUNDED : 1);
  const totals = records.map(record => depthGains(layout, [record])[pass]);
  if (!totals.every(total => total >= limit)) return undefined;
  const gains = depthGains(layout, records);
  const blamed = attribute(model, layout, gains, 'grows', pass);
  if (blamed === undefined || blamed.cause !== 'initialization') return undefined;
  return predicted({
    rule: pass === 'backward' ? 'exploding-gradient' : 'forward-explosion',
    layer: blamed.layer.path,
    at: placeOfGrowth(blamed),
    message:
      `before training, the ${pass === 'backward' ? 'gradient' : 'signal'} grows ${formatNumber(gains[pass])} times on ` +
      `its way ${pass} through the network, ${inSeeds(records.length, records.length)}. ${whyItGrows(blamed, orClip(model))}`,
    measured: {
      totalGain: gains[pass],
      layerGain: blamed.gain,
      weightGain: blamed.weightGain ?? Number.NaN,
      criticalGain: blamed.criticalGain,
      ...seedsOf(records.length, records.length),
    },
    fixes: ['fitting-initializer', 'clip-by-norm', 'clip-by-value', 'lower-learning-rate'],
  });
}

/**
 * A decay over the depth that every seed shows, and that weights, activations or mean field theory of the chain
 * explain.
 */
function decays(starts: Starts, pass: Pass): Finding | undefined {
  const { model, layout, records, optionOf } = starts;
  const limit = optionOf('vanishing-gradient', 'totalGain');
  const leftOver = (some: readonly StepRecord[]): number => {
    const gains = depthGains(layout, some);
    return pass === 'backward' ? gains.backward : gains.forwardAfterFirst;
  };
  // Exactly nothing is no decay: an output layer that starts at zero, as is customary, or units that are dead.
  if (!records.every(record => leftOver([record]) > 0 && leftOver([record]) < limit)) return undefined;
  const blamed = attribute(model, layout, depthGains(layout, records), 'shrinks', pass);
  if (blamed === undefined || (blamed.cause === 'depth' && !(theoryLeaves(starts) < limit))) return undefined;
  // What is flat stays flat; from small weights an optimizer that divides by the gradient's size gets out, where it has
  // any.
  if (blamed.cause !== 'activation' && !records.every(record => crawls(starts, record))) return undefined;
  const total = leftOver(records);
  return predicted({
    rule: 'vanishing-gradient',
    layer: blamed.layer.path,
    at: placeOfDecay(blamed),
    message:
      `before training, only ${formatNumber(total)} of the ${pass === 'backward' ? 'gradient' : 'signal'} is left after its way ` +
      `${pass} through the network, ${inSeeds(records.length, records.length)}. ${whyItDecays(blamed)}`,
    measured: {
      totalGain: total,
      layerGain: blamed.gain,
      weightGain: blamed.weightGain ?? Number.NaN,
      criticalGain: blamed.criticalGain,
      ...seedsOf(records.length, records.length),
    },
    fixes: fixesForDecay(blamed),
  });
}

/**
 * Growth that it takes, as a multiple, where steps are bounded whatever the gradient: measured, 300 may train and 1300
 * does not.
 */
const BOUNDED = 10;

function boundsSteps({ optimizer, clip }: ModelSpec): boolean {
  return optimizer.type !== 'sgd' || clip.type !== 'none';
}

/**
 * Adam and its kin, whose first update is the rate for every weight, as long as the gradient is well above their
 * epsilon.
 */
const SIZE_FREE: ReadonlySet<OptimizerName> = new Set<OptimizerName>(['adam', 'adamw', 'adamax', 'nadam']);

/**
 * Share of the rate below which such an update hardly moves: measured, a run at 0.36 of it gets out and one at 0.08
 * does not.
 */
const CRAWLING = 0.2;

/**
 * Whether the first layer with weights to train hardly moves in the first update; of other optimizers than sgd and
 * Adam's kin nobody knows.
 */
function crawls({ model, layout }: Starts, { learningRate, updateNorms }: StepRecord): boolean {
  if (model.optimizer.type === 'sgd') return true;
  const first = layout.parameters.findIndex(({ role, trainable }) => role === 'kernel' && trainable);
  if (first < 0 || !SIZE_FREE.has(model.optimizer.type)) return false;
  const { shape, learningRateMultiplier } = layout.parameters[first];
  const weights = shape.reduce((product, size) => product * size, 1);
  return updateNorms[first] / Math.sqrt(weights) < CRAWLING * learningRate * learningRateMultiplier;
}

/**
 * Share that mean field theory leaves of a gradient over the hidden layers; 1 where they are no plain chain, of which
 * it says nothing.
 */
function theoryLeaves({ model, layout, history }: Starts): number {
  const chain = plainChain(model, history);
  if (chain === undefined) return 1;
  const { mean, std } = layout.inputStatistics ?? { mean: 0, std: 1 };
  const factors = gradientFactors(asMeanField(model, chain), mean * mean + std * std);
  return Math.exp(factors.reduce((sum, factor) => sum + Math.log(factor), 0) / 2);
}
