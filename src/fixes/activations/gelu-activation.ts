import type { FixMaker } from '../fix-context';
import { changeHiddenActivation, FLAT, RECTIFYING } from './hidden-activation';

/**
 * Replaces an activation by gelu, which is smooth and has a slope below 0 too, so that no unit dies (Hendrycks and
 * Gimpel 2016).
 */
export const geluActivation: FixMaker = context =>
  changeHiddenActivation(context, 'gelu-activation', 'gelu', [...FLAT, ...RECTIFYING]);
