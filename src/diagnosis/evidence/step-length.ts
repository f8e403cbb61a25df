/**
 * How far a learning rate is beyond what the loss's curvature bears, and whether the input's scale is to blame for it.
 */
import type { ModelSpec } from '../../model/model-spec';
import { hasKernel, isNormalization } from '../layers';
import type { Evidence } from './evidence';
import type { InputScale } from './input-scale';

/** Mean square of input values below which their scale is no matter: twice the deviation of standardized ones. */
export const NOTABLE_MEAN_SQUARE = 4;

/**
 * How many times the rate is beyond the largest stable one, 2 / sharpness. From the growth: a factor r from step to
 * step means
 * |rate * sharpness - 1| = r. For sgd also from the first step, where sharpness >= norm^2 / (2 loss): the growth of a network of
 * several layers soon feeds on itself and says too much.
 */
export function timesTooLong(model: ModelSpec, { growth, windows, steepness }: Evidence): number {
  const byGrowth = (1 + growth.perStep) / 2;
  const first = windows.finite[0];
  if (model.optimizer.type !== 'sgd' || first === undefined || !(first.loss > 0)) return byGrowth;
  return Math.min(byGrowth, (first.learningRate * steepness ** 2) / (4 * first.loss));
}

/**
 * The input's scale, where standardizing it (which the model file can ask for) would alone make the steps short enough:
 * the sharpness by the first weights is proportional to the mean square of what they multiply.
 */
export function inputToBlame(model: ModelSpec, evidence: Evidence): InputScale | undefined {
  const { input } = evidence;
  if (input === undefined || !input.curable) return undefined;
  return input.meanSquare >= Math.max(NOTABLE_MEAN_SQUARE, timesTooLong(model, evidence)) ? input : undefined;
}

/**
 * Whether weights or activations meet the input values as they are, with no normalization before the first activation.
 */
export function readsRawInput(model: ModelSpec): boolean {
  for (const layer of model.layers) {
    if (isNormalization(layer)) return false;
    const isLinear = hasKernel(layer) || layer.type === 'dropout' || layer.type === 'flatten';
    if (layer.activation !== 'identity' || !isLinear) return true;
  }
  return true;
}
