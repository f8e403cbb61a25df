import type { ActivationName, CellActivationName } from '../model-spec';
import { choice, type Choice } from './key';

/** Formulas as in the PyTorch reference cases. */
const DESCRIPTIONS: Readonly<Record<ActivationName, string>> = {
  identity: 'x: no activation. Fits the last layer, since losses work on raw outputs.',
  relu: 'max(0, x). The usual choice with He initialization; units whose input stays below 0 get no gradient and die.',
  'leaky-relu': 'x above 0, 0.01 x below: like relu, but no unit can die.',
  elu: 'x above 0, exp(x) - 1 below, also celu: smooth, saturates at -1.',
  selu: 'Scaled elu: keeps mean 0 and variance 1 through plain dense layers with LeCun initialization.',
  gelu: 'x times the normal distribution function (exact, by erf): smooth relu of transformers.',
  'gelu-tanh': 'The tanh approximation of gelu.',
  silu: 'x sigmoid(x), also called swish: smooth and unbounded above.',
  mish: 'x tanh(softplus(x)): smooth, unbounded above.',
  sigmoid: '1 / (1 + exp(-x)), in (0, 1). Its slope is at most 1/4, so gradients vanish in a deep stack.',
  'hard-sigmoid': 'clip(x / 6 + 1/2, 0, 1): no gradient at all beyond ±3.',
  tanh: 'In (-1, 1), with slope 1 at 0. Fits Glorot initialization; saturates when its inputs are large.',
  'hard-tanh': 'clip(x, -1, 1): no gradient at all beyond ±1.',
  softplus: 'log(1 + exp(x)): a smooth relu that is never exactly 0.',
  softsign: 'x / (1 + |x|), in (-1, 1): saturates more slowly than tanh.',
  relu6: 'min(max(0, x), 6): relu with a flat top, made for low precision (Krizhevsky 2010).',
  exponential:
    'exp(x): positive and growing without bound. As a hidden layer its signal explodes: exp of exp of x; for rates and ' +
    'counts it belongs at the output.',
  'hard-swish': 'x clip(x / 6 + 1/2, 0, 1): silu of straight lines (Howard et al. 2019).',
  'log-sigmoid': 'log(1 / (1 + exp(-x))): the logarithm of a probability, never above 0.',
  prelu: 'x above 0, slope x below, with a slope that is trained, one a layer, from 0.25 on (He et al. 2015).',
  glu:
    'a sigmoid(b), where a and b are the halves of the features (of maps: of the channels), so the layer returns half as ' +
    'many (Dauphin et al. 2017).',
  swiglu:
    'silu(a) b, where a and b are the halves of the features (of maps: of the channels), so the layer returns half as ' +
    'many (Shazeer 2020).',
  softmax: 'exp(x) over its sum along the last axis. Not before cross-entropy, which applies it itself.',
};

/** Every activation a layer may have, with its formula. */
export const ACTIVATION_CHOICES: readonly Choice<ActivationName>[] = (
  Object.keys(DESCRIPTIONS) as ActivationName[]
).map(name => ({ name, description: DESCRIPTIONS[name] }));

/** An `activation` that may be left out; `description` says what it is applied to. */
export function activation(description: string) {
  return choice(description, 'activation', ACTIVATION_CHOICES, { default: 'identity', snippet: '${1:relu}' });
}

/** The `activation` of the activation layer, which has nothing else. */
export const REQUIRED_ACTIVATION = choice('Function applied to every element.', 'activation', ACTIVATION_CHOICES, {
  required: true,
  snippet: '${1:relu}',
});

const CELL_DESCRIPTIONS: Readonly<Record<CellActivationName, string>> = {
  tanh: 'In (-1, 1): bounds the state.',
  relu: 'max(0, x): the state is unbounded. In an rnn it needs an identity or orthogonal recurrent initializer.',
  sigmoid: '1 / (1 + exp(-x)), in (0, 1). Its slope is at most 1/4.',
  'hard-sigmoid': 'clip(x / 6 + 1/2, 0, 1): no gradient at all beyond ±3.',
  identity: 'x: linear, and unbounded.',
};

const CELL_CHOICES: readonly Choice<CellActivationName>[] = (
  Object.keys(CELL_DESCRIPTIONS) as CellActivationName[]
).map(name => ({ name, description: CELL_DESCRIPTIONS[name] }));

/** A function inside a recurrence; `usual` is PyTorch's. */
export function cellActivation(description: string, usual: 'tanh' | 'sigmoid') {
  return choice(description, 'activation', CELL_CHOICES, { default: usual });
}
