import { power } from '../elementary';
import type { OptimizerOptions } from './index';

/** What an optimizer's update divides a gradient element by, read off one of its states; the identity has no state. */
export interface Preconditioner {
  /** Role of the state, as `stateOf` names it; undefined where every element is divided by 1. */
  readonly role: string | undefined;
  /** The divisor. @param state value of the state @param updates updates made so far, from 1 */
  readonly divisor: (state: number, updates: number) => number;
}

/**
 * The diagonal preconditioner P of an optimizer whose update is rate P^-1 m, with m the gradient or a mean of
 * gradients. Stability of such an optimizer is decided by the curvature in the metric of P (Cohen et al. 2022,
 * "Adaptive gradient methods at the edge of stability"). Undefined for optimizers that are not of this form.
 */
export function preconditionerOf(options: OptimizerOptions): Preconditioner | undefined {
  switch (options.type) {
    case 'sgd':
      return { role: undefined, divisor: () => 1 };
    case 'adagrad':
      return { role: 'sum of squares', divisor: sum => Math.sqrt(sum) + options.epsilon };
    case 'rmsprop':
      return { role: 'mean square', divisor: square => Math.sqrt(square) + options.epsilon };
    case 'adam':
    case 'adamw':
    case 'nadam':
    case 'radam':
      return {
        role: 'mean square',
        divisor: (square, updates) => Math.sqrt(square / (1 - power(options.beta2, updates))) + options.epsilon,
      };
    case 'amsgrad':
      return {
        role: 'largest mean square',
        divisor: (square, updates) => Math.sqrt(square / (1 - power(options.beta2, updates))) + options.epsilon,
      };
    case 'adamax':
      return { role: 'largest', divisor: largest => largest + options.epsilon };
    default:
      return undefined;
  }
}
