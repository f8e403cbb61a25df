import type { FixMaker } from '../fix-context';
import { changeHiddenActivation, FLAT } from './hidden-activation';

/**
 * Replaces a flat activation, or one that grows too steep, by relu, whose slope is 1 wherever a unit is active (Glorot,
 * Bordes and Bengio 2011), with He's initializer for the weights before it (He et al. 2015).
 */
export const reluActivation: FixMaker = context =>
  changeHiddenActivation(context, 'relu-activation', 'relu', [...FLAT, 'exponential']);
