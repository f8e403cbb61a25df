import type { FixMaker } from '../fix-context';
import { changeHiddenActivation, FLAT, RECTIFYING } from './hidden-activation';

/**
 * Replaces an activation by selu, which with LeCun's initializer brings the signal back to mean 0 and variance 1 in
 * every layer, however many there are (Klambauer et al. 2017).
 */
export const seluActivation: FixMaker = context =>
  changeHiddenActivation(context, 'selu-activation', 'selu', [...FLAT, ...RECTIFYING]);
