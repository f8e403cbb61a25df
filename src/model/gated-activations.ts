/** Activations that return half of what they get. */
import type { ActivationName, Shape } from './model-spec';

/** Whether the activation multiplies one half of the features by a function of the other. */
export function isGated(activation: ActivationName): activation is 'glu' | 'swiglu' {
  return activation === 'glu' || activation === 'swiglu';
}

/** The axis of an example's shape that holds its features: the last, or the channels of maps. */
export function featureAxis(shape: Shape, maps: boolean): number {
  return maps ? 0 : shape.length - 1;
}
