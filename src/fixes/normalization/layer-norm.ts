import type { FixMaker } from '../fix-context';
import { normalizeHidden } from './normalization';

/** Features of which mean and deviation say something. */
const MIN_UNITS_FOR_LAYER_NORM = 8;

/**
 * Normalizes what the weights of every hidden dense layer make over its units, example by example: independent of the
 * batch and the same in training and use (Ba, Kiros and Hinton 2016).
 */
export const layerNorm: FixMaker = context =>
  normalizeHidden(
    context,
    'layer-norm',
    'layer-norm',
    layer => layer.type === 'dense' && layer.units >= MIN_UNITS_FOR_LAYER_NORM,
  );
