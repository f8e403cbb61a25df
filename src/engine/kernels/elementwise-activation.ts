/**
 * Activations that act on each element alone; `softmax` has kernels of its own. Formulas: `reference/activations.ts`.
 */
export type ElementwiseActivation =
  | 'identity'
  | 'relu'
  | 'leaky-relu'
  | 'elu'
  | 'selu'
  | 'gelu'
  | 'gelu-tanh'
  | 'silu'
  | 'mish'
  | 'sigmoid'
  | 'hard-sigmoid'
  | 'tanh'
  | 'hard-tanh'
  | 'softplus'
  | 'softsign'
  | 'relu6'
  | 'exponential'
  | 'hard-swish'
  | 'log-sigmoid';

/** What each activation's gradient is computed from: its input or its output. */
export const ACTIVATION_READS: Readonly<Record<ElementwiseActivation, 'input' | 'output'>> = {
  identity: 'output',
  relu: 'output',
  'leaky-relu': 'output',
  elu: 'output',
  selu: 'output',
  gelu: 'input',
  'gelu-tanh': 'input',
  silu: 'input',
  mish: 'input',
  sigmoid: 'output',
  'hard-sigmoid': 'output',
  tanh: 'output',
  'hard-tanh': 'output',
  softplus: 'input',
  softsign: 'output',
  relu6: 'output',
  exponential: 'output',
  'hard-swish': 'input',
  'log-sigmoid': 'input',
};
