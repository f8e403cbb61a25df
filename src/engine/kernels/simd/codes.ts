import type { ElementwiseActivation } from '../elementwise-activation';
import type { ElementwiseLoss } from '../loss-kernels';
import type { Combination, ElementMap } from '../strided-kernels';

/** The number by which `assembly/activation-curves.ts` knows each activation. */
export const ACTIVATION_CODES: Readonly<Record<ElementwiseActivation, number>> = {
  identity: 0,
  relu: 1,
  'leaky-relu': 2,
  elu: 3,
  selu: 4,
  gelu: 5,
  'gelu-tanh': 6,
  silu: 7,
  mish: 8,
  sigmoid: 9,
  'hard-sigmoid': 10,
  tanh: 11,
  'hard-tanh': 12,
  softplus: 13,
  softsign: 14,
  relu6: 15,
  exponential: 16,
  'hard-swish': 17,
  'log-sigmoid': 18,
};

/** The number by which `assembly/losses.ts` knows each loss. */
export const LOSS_CODES: Readonly<Record<ElementwiseLoss, number>> = {
  mse: 0,
  mae: 1,
  huber: 2,
  'binary-cross-entropy': 3,
};

/** The number by which `assembly/strided.ts` knows each combination. */
export const COMBINATION_CODES: Readonly<Record<Combination, number>> = {
  add: 0,
  subtract: 1,
  multiply: 2,
  divide: 3,
  maximum: 4,
  minimum: 5,
  greater: 6,
  'greater-or-equal': 7,
  equal: 8,
  'larger-share': 9,
  where: 10,
  unless: 11,
};

/** The number by which `assembly/maps.ts` knows each map. */
export const MAP_CODES: Readonly<Record<ElementMap, number>> = {
  affine: 0,
  clamp: 1,
  absolute: 2,
  'square-root': 3,
  'reciprocal-root': 4,
  reciprocal: 5,
  logarithm: 6,
};
