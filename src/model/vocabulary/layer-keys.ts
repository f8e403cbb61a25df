/** Keys that several layers share. */
import { activation } from './activations';
import { initializer, vectorInitializer } from './initializers';
import { flag, layerName, layerNames, number, text } from './key';

export const NAME = text(
  'Name of the layer in charts, findings and parameter names; unique among its siblings, without dots.',
  {
    otherwise: 'made from the type, e.g. `dense1`',
    snippet: '${1:name}',
  },
);

export const INPUTS = layerNames(
  'What the layer reads, by name, where that is not the layer before it: an earlier layer, or `input` ' +
    'for the input of the model. A dot leads into a residual: `block1.up`. Lets a model branch and join.',
  {
    otherwise: 'the layer before it',
    snippet: '${1:input}',
  },
);

/** Of a layer that joins. */
export const JOINED = layerNames(
  'The layers that it joins, by name: two or more earlier layers, or `input` for the input of the ' +
    'model. A dot leads into a residual: `block1.up`.',
  { required: true, snippet: '${1:[input, dense1]}' },
);

export const TIED_TO = layerName(
  'An earlier layer whose parameters this one uses in place of its own (tied weights): one ' +
    'of the same type and sizes or, for a dense layer, also an embedding with as many rows as this one has units and vectors as ' +
    'long as its input. There is one tensor, and the gradients of both uses add up.',
  {
    otherwise: 'parameters of its own',
    snippet: '${1:embedding1}',
  },
);

export const SHARED = {
  name: NAME,
  inputs: INPUTS,
  activation: activation('Function applied to the output of the layer.'),
} as const;

const TRAINABLE = flag(
  'Whether the parameters of the layer, and of layers inside it, are updated. Where not, it keeps its first ' +
    'values (no update, no weight decay, no penalty), and gradients flow through it to the layers before. A batch-norm that is not ' +
    'trained works by its running statistics and leaves them alone, as in Keras.',
  { default: true, snippet: '${1:false}' },
);

const LEARNING_RATE_MULTIPLIER = number(
  'What the learning rate, schedule applied, is multiplied by for the parameters of the layer ' +
    'and of layers inside it: a parameter group with a rate of its own in PyTorch. To keep a layer as it is, use `trainable: false`.',
  {
    above: 0,
    default: 1,
    snippet: '${1:0.1}',
  },
);

/** Of layers with parameters, and of those that hold layers. */
export const TRAINED = { trainable: TRAINABLE, learning_rate_multiplier: LEARNING_RATE_MULTIPLIER } as const;

export const BIAS = flag('Whether a bias is added.', { default: true });

export const BIAS_INITIALIZER = vectorInitializer('First values of the bias.', 'zeros');

export const KERNEL_INITIALIZER = initializer(
  'First values of the weights. Fit it to the activation: he for relu, glorot for ' + 'tanh, lecun for selu.',
  'glorot-uniform',
);

export const WEIGHT_NORM = flag(
  'Whether length and direction of the weights of each unit are trained apart, w = g v / norm(v) ' +
    '(weight normalisation, Salimans and Kingma 2016). Starts at the same weights as without.',
  { default: false },
);

export const EPSILON = number('Added to the variance before its root, so that nothing is divided by 0.', {
  above: 0,
  default: 1e-5,
});
