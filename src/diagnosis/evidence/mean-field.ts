/**
 * Mean field theory of signal propagation: what a chain of layers does to signal and gradient, by its weights alone.
 */
import type { ActivationName } from '../../model/model-spec';
import { ACTIVATION_SLOPES } from './activation-slopes';

/** phi(0); 0 for all others. */
const AT_ZERO: Readonly<Partial<Record<ActivationName, number>>> = {
  sigmoid: 0.5,
  'hard-sigmoid': 0.5,
  softplus: Math.LN2,
  'log-sigmoid': -Math.LN2,
  exponential: 1,
};
const LIMIT = 12;
const PARTS = 2400;
const WIDTH = (2 * LIMIT) / PARTS;

/**
 * One layer of a chain: what it does after its weighted sums, with weights of gain sigma_w and biases of deviation
 * sigma_b.
 */
export interface MeanFieldLayer {
  readonly activation: ActivationName;
  readonly weightGain: number;
  readonly biasScale: number;
}

/**
 * chi of every layer, sigma_w² E[phi'(√q z)²] over standard normal z: the factor by which the variance of a gradient
 * changes on its way back through it, and by which the difference of two signals changes on its way forward (Poole et
 * al. 2016, Schoenholz et al. 2017). q = sigma_w² E[phi²] + sigma_b² is followed from layer to layer.
 *
 * @param inputSquare mean square of what the first layer reads
 */
export function gradientFactors(layers: readonly MeanFieldLayer[], inputSquare: number): readonly number[] {
  let square = inputSquare;
  return layers.map(({ activation, weightGain, biasScale }) => {
    const q = weightGain ** 2 * square + biasScale ** 2;
    const { slopeSquare, valueSquare } = averages(activation, Math.sqrt(q));
    square = valueSquare;
    return weightGain ** 2 * slopeSquare;
  });
}

/** E[phi'(s z)²] and E[phi(s z)²], phi being integrated from its slope. */
function averages(
  activation: ActivationName,
  scale: number,
): { readonly slopeSquare: number; readonly valueSquare: number } {
  const slope = ACTIVATION_SLOPES[activation];
  const start = AT_ZERO[activation] ?? 0;
  let [slopeSquare, valueSquare] = [0, 0];
  for (const side of [1, -1]) {
    let value = start;
    for (let part = 0; part < PARTS / 2; part++) {
      const z = side * (part + 0.5) * WIDTH;
      const steepness = slope(scale * z);
      const weight = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * WIDTH;
      const middle = value + (side * scale * WIDTH * steepness) / 2;
      value += side * scale * WIDTH * steepness;
      slopeSquare += steepness ** 2 * weight;
      valueSquare += middle ** 2 * weight;
    }
  }
  return { slopeSquare, valueSquare };
}
