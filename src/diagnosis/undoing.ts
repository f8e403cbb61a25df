/** Groups of cures that undo the same cause, the smallest edit first. */
import type { FixId } from './finding';

/** First weights that keep norms: chosen by the fans, or scaled to the measured signal. */
export const FITTING_WEIGHTS: readonly FixId[] = ['fitting-initializer', 'lsuv-initializer'];

/** Hidden activations whose slope is near 1 where their inputs lie. */
export const STEEP_ACTIVATIONS: readonly FixId[] = [
  'relu-activation',
  'tanh-activation',
  'gelu-activation',
  'selu-activation',
];

/** Cures that keep a signal at its size whatever the weights are. */
export const NORMALIZATIONS: readonly FixId[] = ['layer-norm', 'batch-norm'];

/** Cures that keep a network from memorizing its examples. */
export const REGULARIZATION: readonly FixId[] = ['weight-decay', 'l2', 'l1'];
