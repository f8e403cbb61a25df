import { activation } from './activations';
import { describeVariant } from './family';
import { integers, wholeNumber } from './key';
import { JOINED, NAME, SHARED } from './layer-keys';
import { MAX_ELEMENTS } from './limits';

const JOIN = { name: NAME, inputs: JOINED } as const;

/**
 * Layers that join branches of a model, and those that bring one to the shape of another. Axes count the batch as 0.
 */
export const GRAPH_LAYERS = [
  describeVariant(
    'add',
    'Adds the layers that `inputs` names, all of one shape: a skip connection written by hand. With two ' +
      'inputs it does what a `residual` does.',
    { ...JOIN, activation: activation('Function applied to the sum.') },
    ['inputs'],
  ),
  describeVariant(
    'multiply',
    'Multiplies the layers that `inputs` names, all of one shape, element by element: a gate.',
    {
      ...JOIN,
      activation: activation('Function applied to the product.'),
    },
    ['inputs'],
  ),
  describeVariant(
    'concatenate',
    'Puts the layers that `inputs` names one after another along an axis, in which alone their ' + 'shapes may differ.',
    {
      ...JOIN,
      axis: wholeNumber(
        'The axis, counted with the batch as 0, as in PyTorch and Keras: 1 is the first of an example; -1 is the last.',
        {
          minimum: -1,
          maximum: 4,
          otherwise: '-1, the features; 1, the channels, where all inputs are maps',
          snippet: '${1:1}',
        },
      ),
      activation: activation('Function applied to the output of the layer.'),
    },
    ['inputs'],
  ),
  describeVariant(
    'reshape',
    'Gives the numbers of an example, in their order, another shape.',
    {
      ...SHARED,
      shape: integers('The shape of an example, without the batch. One size may be -1: it is what the others leave.', {
        minimum: -1,
        maximum: MAX_ELEMENTS,
        required: true,
        snippet: '${1:[4, -1]}',
      }),
    },
    ['shape'],
  ),
  describeVariant(
    'permute',
    'Puts the axes of an example in another order: with `[2, 1]`, [time, features] to [features, time].',
    {
      ...SHARED,
      order: integers('The axes in their new order, counted from 1 (the batch is 0 and stays), as in Keras.', {
        minimum: 1,
        maximum: 4,
        required: true,
        snippet: '${1:[2, 1]}',
      }),
    },
    ['order'],
  ),
] as const;
