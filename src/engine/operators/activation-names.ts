import type { ActivationName } from './activation';

/** Every activation of a dense layer or an activation operator. */
export const ACTIVATION_NAMES: readonly ActivationName[] = [
  'identity',
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'gelu',
  'gelu-tanh',
  'silu',
  'mish',
  'sigmoid',
  'hard-sigmoid',
  'tanh',
  'hard-tanh',
  'softplus',
  'softsign',
  'relu6',
  'exponential',
  'hard-swish',
  'log-sigmoid',
  'softmax',
];
