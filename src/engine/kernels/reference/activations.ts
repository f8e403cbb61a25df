/** The activations and their derivatives. Parameters and edge cases are PyTorch's. */
import type { ElementwiseActivation } from '../elementwise-activation';
import { erfc } from './error-function';

/** Klambauer et al. 2017. */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;
const GELU_TANH_SCALE = Math.sqrt(2 / Math.PI);
const GELU_TANH_CUBIC = 0.044715;

/**
 * PyTorch's slope of hard-sigmoid is a float32 sixth in float64 too, off by 3e-8, which its float64 reference cases
 * show.
 */
const PYTORCH_SIXTH = Math.fround(1 / 6);

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** log(1 + exp(x)), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Cumulative distribution of the standard normal. */
function normalCdf(x: number): number {
  return erfc(-x / Math.SQRT2) / 2;
}

/** Clips as comparisons do, so that NaN passes. */
function clip(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** y = f(x) */
export const ACTIVATIONS: Readonly<Record<ElementwiseActivation, (x: number) => number>> = {
  identity: x => x,
  relu: x => (x < 0 ? 0 : x),
  'leaky-relu': x => (x > 0 ? x : 0.01 * x),
  elu: x => (x > 0 ? x : Math.expm1(x)),
  selu: x => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
  gelu: x => x * normalCdf(x),
  'gelu-tanh': x => 0.5 * x * (1 + Math.tanh(GELU_TANH_SCALE * (x + GELU_TANH_CUBIC * x ** 3))),
  silu: x => x * sigmoid(x),
  mish: x => x * Math.tanh(softplus(x)),
  sigmoid: sigmoid,
  'hard-sigmoid': x => clip(x / 6 + 0.5, 0, 1),
  tanh: Math.tanh,
  'hard-tanh': x => clip(x, -1, 1),
  softplus: softplus,
  softsign: x => x / (1 + Math.abs(x)),
  relu6: x => clip(x, 0, 6),
  exponential: Math.exp,
  'hard-swish': x => x * clip(x / 6 + 0.5, 0, 1),
  'log-sigmoid': x => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
};

/** f'(x), given f's output y or its input x as `ACTIVATION_READS` says. */
export const ACTIVATION_DERIVATIVES: Readonly<Record<ElementwiseActivation, (saved: number) => number>> = {
  identity: () => 1,
  relu: y => (y > 0 ? 1 : 0),
  'leaky-relu': y => (y > 0 ? 1 : 0.01),
  elu: y => (y > 0 ? 1 : y + 1),
  selu: y => (y > 0 ? SELU_SCALE : y + SELU_SCALE * SELU_ALPHA),
  gelu: x => normalCdf(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
  'gelu-tanh': x => {
    const t = Math.tanh(GELU_TANH_SCALE * (x + GELU_TANH_CUBIC * x ** 3));
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * GELU_TANH_SCALE * (1 + 3 * GELU_TANH_CUBIC * x * x);
  },
  silu: x => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  mish: x => {
    const t = Math.tanh(softplus(x));
    return t + x * sigmoid(x) * (1 - t * t);
  },
  sigmoid: y => y * (1 - y),
  'hard-sigmoid': y => (y > 0 && y < 1 ? PYTORCH_SIXTH : 0),
  tanh: y => 1 - y * y,
  'hard-tanh': y => (y > -1 && y < 1 ? 1 : 0),
  softplus: sigmoid,
  softsign: y => (1 - Math.abs(y)) ** 2,
  relu6: y => (y > 0 && y < 6 ? 1 : 0),
  exponential: y => y,
  'hard-swish': x => (x < -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5),
  'log-sigmoid': x => sigmoid(-x),
};
