import { BATCH_NORM, GROUP_NORM, LAYER_NORM, RMS_NORM } from '../layers/normalizations';
import { activation, ACTIVATION_CHOICES, cellActivation, REQUIRED_ACTIVATION } from './activations';
import { describeFamily, describeVariant, type Family } from './family';
import { initializer } from './initializers';
import { choice, flag, layers, number, wholeNumber } from './key';
import {
  BIAS,
  BIAS_INITIALIZER,
  EPSILON,
  INPUTS,
  KERNEL_INITIALIZER,
  NAME,
  SHARED,
  TIED_TO,
  TRAINED,
  WEIGHT_NORM,
} from './layer-keys';
import { GRAPH_LAYERS } from './graph-layers';
import { MAX_TIME, MAX_UNITS, MAX_VOCABULARY } from './limits';
import { MAP_LAYERS } from './map-layers';

const units = (description: string) =>
  wholeNumber(description, { minimum: 1, maximum: MAX_UNITS, required: true, snippet: '${1:64}' });

const EMBEDDING_INITIALIZER = initializer('First values of the vectors.', {
  type: 'uniform',
  minimum: -0.05,
  maximum: 0.05,
});

const RECURRENT = {
  tied_to: TIED_TO,
  bidirectional: flag(
    'Whether a second copy reads the sequence backwards; both outputs are joined, so the output has twice ' +
      'the units.',
    { default: false },
  ),
  output: choice(
    'What the layer returns.',
    'output',
    [
      { name: 'last', description: 'The state after the last time step: [time, features] to [units].' },
      { name: 'sequence', description: 'The state after every time step: [time, features] to [time, units].' },
    ],
    { default: 'last' },
  ),
  kernel_initializer: initializer('First values of the weights from the input.', 'glorot-uniform'),
  recurrent_initializer: initializer(
    'First values of the weights from state to state. Their largest eigenvalue decides ' +
      'whether gradients explode or vanish through time; orthogonal keeps them level.',
    'orthogonal',
  ),
  bias_initializer: BIAS_INITIALIZER,
} as const;

const FORGET_BIAS = number(
  "Added to the bias of an lstm's forget gate at the start. 1 lets memory last from the first step " +
    'on (Jozefowicz et al. 2015).',
  { default: 1 },
);

const VOCABULARY = wholeNumber('Number of different tokens; ids are below it.', {
  minimum: 2,
  maximum: MAX_VOCABULARY,
  otherwise: 'the `tokens` of the input',
  snippet: '${1:64}',
});

const RECURRENT_SHARED = {
  name: NAME,
  inputs: INPUTS,
} as const;

const GATED_ACTIVATIONS = {
  activation: cellActivation(
    "Function of what is new in the state, and of an lstm's cell state where the output reads it. Relu " +
      'leaves the state unbounded, which explodes over long sequences.',
    'tanh',
  ),
  recurrent_activation: cellActivation('Function of the gates.', 'sigmoid'),
} as const;

/** Every layer that can be trained. */
export const LAYERS = describeFamily(
  'layer',
  [
    describeVariant(
      'dense',
      'Fully connected layer, `activation(W x + b)`, on the last axis: [features] to [units], [time, ' +
        'features] to [time, units].',
      {
        ...SHARED,
        units: units('Number of outputs.'),
        bias: BIAS,
        weight_norm: WEIGHT_NORM,
        tied_to: TIED_TO,
        kernel_initializer: KERNEL_INITIALIZER,
        bias_initializer: BIAS_INITIALIZER,
        ...TRAINED,
      },
      ['units', 'activation'],
    ),
    describeVariant(
      'rnn',
      'Plain (Elman) recurrent layer: h = nonlinearity(W x + U h + b). Its gradient is multiplied by U at ' +
        'every time step, so it explodes or vanishes easily.',
      {
        ...RECURRENT_SHARED,
        units: units('Size of the hidden state.'),
        nonlinearity: cellActivation('Function inside the recurrence.', 'tanh'),
        ...RECURRENT,
        ...TRAINED,
      },
      ['units'],
    ),
    describeVariant(
      'lstm',
      'Long short-term memory: gates keep the gradient of the cell state alive over many time steps ' +
        '(Hochreiter and Schmidhuber 1997).',
      {
        ...RECURRENT_SHARED,
        units: units('Size of the hidden state and of the cell state.'),
        ...GATED_ACTIVATIONS,
        ...RECURRENT,
        forget_bias: FORGET_BIAS,
        ...TRAINED,
      },
      ['units'],
    ),
    describeVariant(
      'gru',
      "Gated recurrent unit: an lstm with two gates and no cell state (Cho et al. 2014; PyTorch's form of " +
        'the reset gate).',
      {
        ...RECURRENT_SHARED,
        units: units('Size of the hidden state.'),
        ...GATED_ACTIVATIONS,
        ...RECURRENT,
        ...TRAINED,
      },
      ['units'],
    ),
    describeVariant(
      'embedding',
      'A vector of `units` numbers for every token id: [length] token ids to [length, units]. Comes ' +
        'first when the input is tokens.',
      {
        ...SHARED,
        vocabulary: VOCABULARY,
        units: units('Size of the vector of a token.'),
        kernel_initializer: EMBEDDING_INITIALIZER,
        ...TRAINED,
      },
      ['units'],
    ),
    describeVariant(
      'position-embedding',
      'Adds a learned vector to each time step, so that attention can tell places apart: ' +
        '[time, features] to the same.',
      {
        ...SHARED,
        length: wholeNumber('Places that have a vector; no fewer than the time steps of the input.', {
          minimum: 1,
          maximum: MAX_TIME,
          otherwise: 'the time steps of its input',
          snippet: '${1:30}',
        }),
        units: wholeNumber('Size of the vector of a place: the features of its input.', {
          minimum: 1,
          maximum: MAX_UNITS,
          otherwise: 'the features of its input',
          snippet: '${1:64}',
        }),
        kernel_initializer: EMBEDDING_INITIALIZER,
        ...TRAINED,
      },
    ),
    describeVariant(
      'attention',
      'Multi-head self-attention: every time step gathers from all those that fit it (Vaswani et al. ' +
        '2017), [time, features] to the same. Has no shortcut of its own: put it into a residual.',
      {
        ...SHARED,
        heads: wholeNumber('Parts of the features that attend each by itself; divides the features.', {
          minimum: 1,
          maximum: MAX_UNITS,
          required: true,
          snippet: '${1:4}',
        }),
        causal: flag('Whether a time step sees only itself and those before it, as in a language model.', {
          default: false,
        }),
        kernel_initializer: initializer(
          'First values of the weights of query, key, value and output.',
          'glorot-uniform',
        ),
        bias_initializer: BIAS_INITIALIZER,
        ...TRAINED,
      },
      ['heads', 'causal'],
    ),
    describeVariant(
      'transformer-block',
      'A layer of a transformer: self-attention and a feed-forward part of two dense layers, each ' +
        'with a shortcut around it and a layer-norm, [time, features] to the same (Vaswani et al. 2017). Its layers are charted and ' +
        'diagnosed one by one: `attend.attention`, `feed.up`, `feed.down` ...',
      {
        name: NAME,
        inputs: INPUTS,
        heads: wholeNumber('Parts of the features that attend each by itself; divides the features.', {
          minimum: 1,
          maximum: MAX_UNITS,
          required: true,
          snippet: '${1:4}',
        }),
        feed_forward: wholeNumber(
          'Units of the feed-forward part; with a gated activation (`swiglu`) those after the gate.',
          {
            minimum: 1,
            maximum: MAX_UNITS,
            otherwise: '4 times the features',
            snippet: '${1:256}',
          },
        ),
        activation: choice(
          'Function between the two dense layers of the feed-forward part.',
          'activation',
          ACTIVATION_CHOICES,
          {
            default: 'gelu',
          },
        ),
        norm: choice(
          'Where the layer-norms stand.',
          'norm',
          [
            {
              name: 'pre',
              description:
                'Before attention and feed-forward part, inside the shortcuts: trains deep stacks without ' +
                "warm-up (Xiong et al. 2020). The last block's output is not normalised: put a layer-norm after it.",
            },
            { name: 'post', description: 'After each sum, as first published: needs warm-up.' },
          ],
          { default: 'pre' },
        ),
        causal: flag('Whether a time step sees only itself and those before it, as in a language model.', {
          default: false,
        }),
        dropout: number('Share of values set to 0, in training, after attention and after the feed-forward part.', {
          minimum: 0,
          below: 1,
          default: 0,
        }),
        epsilon: EPSILON,
        kernel_initializer: initializer('First values of every weight of the block.', 'glorot-uniform'),
        bias_initializer: BIAS_INITIALIZER,
        ...TRAINED,
      },
      ['heads', 'causal'],
    ),
    ...MAP_LAYERS,
    describeVariant(
      'seq2seq',
      'A translation model in one layer: the encoder reads the first tokens of the input, the decoder ' +
        'starts from its final state, reads the last `target_length` tokens and scores the vocabulary at each (Sutskever et al. 2014).',
      {
        ...SHARED,
        cell: choice(
          'Recurrent layer of encoder and decoder.',
          'cell',
          [
            { name: 'lstm', description: 'Long short-term memory.' },
            { name: 'gru', description: 'Gated recurrent unit.' },
          ],
          { default: 'lstm' },
        ),
        vocabulary: VOCABULARY,
        embedding: units('Size of the vector of a token, which encoder and decoder share.'),
        units: units('Size of the states of encoder and decoder.'),
        target_length: wholeNumber("How many of the last tokens of the input are the decoder's.", {
          minimum: 1,
          maximum: MAX_TIME,
          required: true,
          snippet: '${1:10}',
        }),
        attention: flag(
          'Whether each state of the decoder gathers from those of the encoder that fit it (Luong et al. 2015), so ' +
            'that a long sentence need not fit into one state.',
          { default: false },
        ),
        embedding_initializer: EMBEDDING_INITIALIZER,
        kernel_initializer: RECURRENT.kernel_initializer,
        recurrent_initializer: RECURRENT.recurrent_initializer,
        bias_initializer: BIAS_INITIALIZER,
        forget_bias: FORGET_BIAS,
        ...TRAINED,
      },
      ['cell', 'embedding', 'units', 'target_length'],
    ),
    describeVariant(
      'dropout',
      'Sets a random share of the values to 0 in training and scales up the others; does nothing in ' + 'validation.',
      {
        ...SHARED,
        rate: number('Share of values set to 0.', { minimum: 0, below: 1, required: true, snippet: '${1:0.2}' }),
      },
      ['rate'],
    ),
    BATCH_NORM.vocabulary,
    LAYER_NORM.vocabulary,
    RMS_NORM.vocabulary,
    GROUP_NORM.vocabulary,
    describeVariant(
      'activation',
      'An activation as a layer of its own, e.g. after a normalisation.',
      { name: NAME, inputs: INPUTS, activation: REQUIRED_ACTIVATION },
      ['activation'],
    ),
    describeVariant(
      'prelu',
      'The activation `prelu` as a layer of its own, which may train a slope for each channel.',
      {
        name: NAME,
        inputs: INPUTS,
        slopes: choice(
          'How many slopes are trained.',
          'slopes',
          [
            { name: 'shared', description: 'One for all.' },
            { name: 'channels', description: 'One for each channel of maps, or for each feature.' },
          ],
          { default: 'shared' },
        ),
        slope: number('First value of each slope.', { default: 0.25 }),
        ...TRAINED,
      },
    ),
    describeVariant('flatten', 'Joins all axes of an example into one: [time, features] to [time x features].', SHARED),
    describeVariant('last-step', 'Keeps the last time step: [time, features] to [features].', SHARED),
    describeVariant('mean-over-time', 'Averages over the time steps: [time, features] to [features].', SHARED),
    ...GRAPH_LAYERS,
    describeVariant(
      'residual',
      "Adds what its layers compute to its input (or to its shortcut's output), so that gradients " +
        'have a way around them (He et al. 2015).',
      {
        name: NAME,
        inputs: INPUTS,
        activation: activation('Function applied to the sum.'),
        layers: layers('Layers of the block. They must return the shape that the shortcut returns.', {
          required: true,
        }),
        shortcut: layers('Layers on the other way, e.g. one dense layer where the shape changes.', {
          otherwise: 'the input itself',
        }),
        ...TRAINED,
      },
      ['layers'],
    ),
  ],
  {
    byName: false,
    unsupported: ['conv3d', 'depthwise-conv2d', 'instance-norm'],
  },
);

/** The layer family without its exact types, for places that only list it. */
export const LAYER_FAMILY: Family = LAYERS;
