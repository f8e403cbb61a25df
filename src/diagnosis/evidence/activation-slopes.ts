/** The slope of every activation, for averages over its input. */
import type { ActivationName } from '../../model/model-spec';

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
/** Logistic approximation of the normal distribution function, within 1e-3: enough for an average. */
const distribution = (z: number): number => sigmoid(1.5976 * z + 0.070566 * z ** 3);
const gelu = (z: number): number => distribution(z) + z * density(z);
const silu = (z: number): number => z * sigmoid(z);
const siluSlope = (z: number): number => sigmoid(z) * (1 + z * (1 - sigmoid(z)));
const mish = (z: number): number => {
  const soft = Math.tanh(Math.log1p(Math.exp(z)));
  return soft + z * sigmoid(z) * (1 - soft * soft);
};

/**
 * phi'(z). Softmax, whose slope depends on the other units, counts as identity, and prelu has its first slope. For a
 * gated unit a f(b), whose halves are as if independent, it is the square root of f(z)² + f'(z)²: what the gradient by
 * each of its two inputs comes to on average where the other half has the mean square 1.
 */
export const ACTIVATION_SLOPES: Readonly<Record<ActivationName, (z: number) => number>> = {
  identity: () => 1,
  relu: z => (z > 0 ? 1 : 0),
  'leaky-relu': z => (z > 0 ? 1 : 0.01),
  elu: z => (z > 0 ? 1 : Math.exp(z)),
  selu: z => SELU_SCALE * (z > 0 ? 1 : SELU_ALPHA * Math.exp(z)),
  gelu,
  'gelu-tanh': gelu,
  silu: siluSlope,
  mish,
  sigmoid: z => sigmoid(z) * (1 - sigmoid(z)),
  'hard-sigmoid': z => (Math.abs(z) < 3 ? 1 / 6 : 0),
  tanh: z => 1 - Math.tanh(z) ** 2,
  'hard-tanh': z => (Math.abs(z) < 1 ? 1 : 0),
  softplus: sigmoid,
  softsign: z => 1 / (1 + Math.abs(z)) ** 2,
  softmax: () => 1,
  relu6: z => (z > 0 && z < 6 ? 1 : 0),
  exponential: Math.exp,
  'hard-swish': z => (z < -3 ? 0 : z > 3 ? 1 : z / 3 + 0.5),
  'log-sigmoid': z => sigmoid(-z),
  prelu: z => (z > 0 ? 1 : 0.25),
  glu: z => Math.hypot(sigmoid(z), sigmoid(z) * (1 - sigmoid(z))),
  swiglu: z => Math.hypot(silu(z), siluSlope(z)),
};
