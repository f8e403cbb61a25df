/** Keys that several layers share. */
import { activation } from './activations';
import { initializer } from './initializers';
import { flag, text } from './key';

export const NAME = text('Name of the layer in charts, findings and parameter names; unique among its siblings, without dots.', {
  otherwise: 'made from the type, e.g. `dense1`',
  snippet: '${1:name}',
});

export const SHARED = { name: NAME, activation: activation('Function applied to the output of the layer.') } as const;

export const BIAS = flag('Whether a bias is added.', { default: true });

export const BIAS_INITIALIZER = initializer('First values of the bias.', 'zeros');

export const KERNEL_INITIALIZER = initializer('First values of the weights. Fit it to the activation: he for relu, glorot for ' +
  'tanh, lecun for selu.', 'glorot-uniform');

export const WEIGHT_NORM = flag('Whether length and direction of the weights of each unit are trained apart, w = g v / norm(v) ' +
  '(weight normalisation, Salimans and Kingma 2016). Starts at the same weights as without.', { default: false });
