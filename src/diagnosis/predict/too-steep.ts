/**
 * A rate of sgd that is beyond what the loss's curvature bears in the very first step, and the input that makes it so
 * steep.
 */
import { gradientInRateMetric } from '../../record/rate-metric';
import { LEARNING_RATE_PLACE } from '../../model/place';
import type { StepRecord } from '../../record/step-record';
import { alikePlaces } from '../alike';
import { inputScale } from '../evidence/input-scale';
import { NOTABLE_MEAN_SQUARE, readsRawInput } from '../evidence/step-length';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { kernelInitializerPlace, placeOf } from '../layers';
import { hasHiddenLayers, outputLayer, rangeOf } from '../output';
import { layersWithLargeWeights } from '../first-weights/weight-size';
import { seedsOf, type Starts } from './starts';
import { inSeeds, predicted } from './predicted';

/**
 * Rate times curvature along the first update beyond which no run comes back: it is stable up to 2, and "catapults"
 * into flatter regions up to 4, of relu networks up to 12 (Lewkowycz et al. 2020).
 */
const NO_WAY_BACK = 12;
/** Growth of the batch's own loss by the update that must go with it. */
const WORSE = 10;

export function predictTooSteep(starts: Starts): Finding | undefined {
  const { model, records } = starts;
  if (model.optimizer.type !== 'sgd' || model.clip.type !== 'none') return undefined;
  const ratios = records.map(overstep);
  if (!ratios.every(ratio => ratio >= NO_WAY_BACK)) return undefined;
  const ratio = ratios.sort((a, b) => a - b)[ratios.length >> 1];
  const measured = { rateTimesCurvature: ratio, ...seedsOf(records.length, records.length) };
  const steep =
    `the first update is ${formatNumber(ratio / 2)} times too long for the curvature of the loss and raises the loss of its own batch ` +
    `more than ${WORSE} times, ${inSeeds(records.length, records.length)}`;
  return (
    byInput(starts, steep, measured) ??
    byWeights(starts, steep, measured) ??
    byTargets(starts, steep, measured) ??
    predicted({
      // The step shows it, not the gradient that it was made of: what explodes at step 0 comes before.
      rule: 'learning-rate-too-high',
      layer: undefined,
      at: LEARNING_RATE_PLACE,
      step: 1,
      message: `${steep}. The learning rate of ${formatNumber(model.optimizer.learningRate)} is too high: lower it, or clip gradients by norm.`,
      measured: { ...measured, learningRate: model.optimizer.learningRate },
      fixes: ['lower-learning-rate', 'clip-by-norm', 'clip-by-value'],
    })
  );
}

function byInput(
  { model, layout, history, records, optionOf }: Starts,
  steep: string,
  measured: Finding['measured'],
): Finding | undefined {
  const input = inputScale(model, history);
  if (input === undefined || !input.curable || !readsRawInput(model)) return undefined;
  // The sharpness by the first weights is proportional to the mean square of what they multiply; norm² / (2 loss) is
  // less than it.
  const tooLong = Math.max(
    ...records.map(record => (record.learningRate * gradientInRateMetric(layout, record) ** 2) / (4 * record.loss)),
  );
  const large = optionOf('unscaled-input', 'large') ** 2;
  if (!(input.meanSquare >= large || (input.meanSquare >= NOTABLE_MEAN_SQUARE && input.meanSquare >= tooLong)))
    return undefined;
  return predicted({
    rule: 'unscaled-input',
    layer: model.layers[0].path,
    at: { setting: 'data' },
    message: `${steep}. Input values have mean ${formatNumber(input.mean)} and deviation ${formatNumber(input.std)}. Standardize the input.`,
    measured: { ...measured, inputMeanSquare: input.meanSquare },
    fixes: ['standardize-input', 'lower-learning-rate'],
  });
}

function byWeights({ model, optionOf }: Starts, steep: string, measured: Finding['measured']): Finding | undefined {
  const [root, ...others] = layersWithLargeWeights(model, optionOf('poor-initialization', 'ratio'));
  if (root === undefined) return undefined;
  const { layer, ratio } = root;
  return predicted({
    rule: 'poor-initialization',
    layer: layer.path,
    at: kernelInitializerPlace(layer),
    message:
      `${steep}. The first weights of \`${layer.path}\` are too large: their gain is ${formatNumber(ratio)} times the one that ` +
      'keeps norms. Use the initializer that fits its activation.',
    measured: { ...measured, gainRatio: ratio },
    related: alikePlaces(
      others.map(other => other.layer),
      placeOf,
      path => `\`${path}\` also starts too large.`,
    ),
    fixes: ['fitting-initializer', 'lsuv-initializer', 'lower-learning-rate'],
  });
}

/** Large errors throw the last layer's weights off, and with them the curvature of every layer before. */
function byTargets(
  { model, layout, optionOf }: Starts,
  steep: string,
  measured: Finding['measured'],
): Finding | undefined {
  const targets = layout.targetStatistics;
  if (targets === undefined || !hasHiddenLayers(model) || rangeOf(outputLayer(model).activation) !== undefined)
    return undefined;
  if (!(Math.hypot(targets.mean, targets.std) >= optionOf('unscaled-target', 'large'))) return undefined;
  return predicted({
    rule: 'unscaled-target',
    layer: outputLayer(model).path,
    at: { setting: 'data' },
    message:
      `${steep}. Targets have mean ${formatNumber(targets.mean)} and deviation ${formatNumber(targets.std)}. ` +
      'Standardize the targets (subtract the mean, divide by the deviation).',
    measured: { ...measured, targetMean: targets.mean, targetStd: targets.std },
    fixes: ['lower-learning-rate'],
  });
}

/**
 * Curvature over the update, as a multiple of the slope that the update goes down; 0 where the loss bears it or it was
 * not measured.
 */
function overstep({ loss, updateEffect }: StepRecord): number {
  if (updateEffect === undefined) return 0;
  // A loss that is no number any more is worse than any.
  if (updateEffect.loss <= WORSE * loss) return 0;
  const { slopeBefore, slopeAfter } = updateEffect;
  const ratio = (slopeAfter - slopeBefore) / -slopeBefore;
  return Number.isNaN(ratio) ? 0 : ratio;
}
