import { weightScale } from '../../diagnosis/evidence/initial-gain';
import type { ActivationName, InitializerName, InitializerSpec } from '../../model/model-spec';

export type FittingInitializer = 'he-normal' | 'glorot-uniform' | 'lecun-normal';

/** Names that serve an activation as well as the one proposed for it. */
const ALIKE: Readonly<Record<FittingInitializer, readonly InitializerName[]>> = {
  'he-normal': ['he-normal', 'he-uniform'],
  'glorot-uniform': ['glorot-uniform', 'glorot-normal', 'lecun-uniform', 'lecun-normal'],
  'lecun-normal': ['lecun-normal', 'lecun-uniform'],
};

/** Ratio of standard deviations within which another initializer is as good as the fitting one. */
const TOLERANCE = 1.2;

/**
 * The initializer that keeps signal and gradient at their size through a layer: He for activations that let about half
 * of their input through (variance 2 / fan-in, He et al. 2015), LeCun for selu (1 / fan-in, Klambauer et al. 2017),
 * Glorot for those of slope 1 at 0 and for linear layers (2 / (fan-in + fan-out), Glorot and Bengio 2010).
 */
export function initializerFor(activation: ActivationName): FittingInitializer {
  switch (activation) {
    case 'relu':
    case 'leaky-relu':
    case 'elu':
    case 'gelu':
    case 'gelu-tanh':
    case 'silu':
    case 'mish':
    case 'softplus':
    case 'relu6':
    case 'hard-swish':
    case 'log-sigmoid':
    case 'prelu':
    case 'glu':
    case 'swiglu':
      return 'he-normal';
    case 'selu':
      return 'lecun-normal';
    case 'identity':
    case 'exponential':
    case 'sigmoid':
    case 'hard-sigmoid':
    case 'tanh':
    case 'hard-tanh':
    case 'softsign':
    case 'softmax':
      return 'glorot-uniform';
  }
}

/**
 * Whether `initializer` serves as well as `fitting`: by its name, or since its weights are random and of about the same
 * size.
 */
export function fits(
  initializer: InitializerSpec,
  fitting: FittingInitializer,
  fanIn: number,
  fanOut: number,
): boolean {
  if (ALIKE[fitting].includes(initializer.type)) {
    return true;
  }
  const sameForAll = initializer.type === 'constant' || initializer.type === 'ones' || initializer.type === 'zeros';
  const isShifted =
    (initializer.type === 'normal' || initializer.type === 'truncated-normal') && initializer.mean !== 0;
  if (sameForAll || isShifted || initializer.type === 'identity') {
    return false;
  }
  const ratio = weightScale(initializer, fanIn, fanOut) / weightScale({ type: fitting }, fanIn, fanOut);
  return ratio > 1 / TOLERANCE && ratio < TOLERANCE;
}

/** Whether two layers start in the same way. */
export function sameInitializer(one: InitializerSpec, other: InitializerSpec): boolean {
  const text = (initializer: InitializerSpec): string => JSON.stringify(Object.entries(initializer).sort());
  return text(one) === text(other);
}
