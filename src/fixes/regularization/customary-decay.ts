/** Customary strengths of weight decay. */
import type { OptimizerSpec } from '../../model/model-spec';

/** Ten times adamw's default, which Loshchilov and Hutter (2019) found best on small data. */
const DECOUPLED = 0.1;
/** Customary with sgd since Krizhevsky et al. 2012. */
const COUPLED = 5e-4;

/** The customary decay of an optimizer: larger where it acts apart from the gradient, times the rate. */
export function customaryDecay(type: OptimizerSpec['type']): number {
  return type === 'adamw' || type === 'lion' || type === 'muon' ? DECOUPLED : COUPLED;
}
