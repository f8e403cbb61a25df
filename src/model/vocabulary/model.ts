import { CLIPS } from './clips';
import { DATA } from './data';
import { acceptKeys } from './foreign/accept-names';
import { group, input, layers, number, text, variant, wholeNumber, type Keys } from './key';
import {
  DEFAULT_BATCH_SIZE,
  MAX_ACCUMULATION,
  MAX_BATCH_SIZE,
  MAX_NAME_LENGTH,
  MAX_SEED,
  MAX_STEPS,
  MAX_TIME,
  MAX_VOCABULARY,
} from './limits';
import { LOSSES } from './losses';
import { OPTIMIZERS, UNNAMED_RATE } from './optimizers';
import { SCHEDULES } from './schedules';

/** Keys of a token input. */
export const TOKEN_KEYS = acceptKeys(
  {
    tokens: wholeNumber('Number of different tokens; ids are below it.', {
      minimum: 2,
      maximum: MAX_VOCABULARY,
      required: true,
      snippet: '${1:64}',
    }),
    length: wholeNumber('Tokens in one example.', {
      minimum: 1,
      maximum: MAX_TIME,
      required: true,
      snippet: '${1:30}',
    }),
  } as const satisfies Keys,
  'tokens',
);

/** Keys of the whole file. */
export const MODEL_KEYS = acceptKeys(
  {
    name: text(`What the model is called in the panel; up to ${MAX_NAME_LENGTH} characters.`, {
      otherwise: '`Model`',
      snippet: '${1:My model}',
    }),
    input: input(
      'Shape of one example: `4` or `[4]` for features, `[100, 2]` for 100 time steps of 2 features, `{ tokens: 64, ' +
        'length: 30 }` for token ids. Sizes of layers follow from it.',
      {
        required: true,
        snippet: '[${1:4}]',
      },
    ),
    layers: layers("The layers, one after another. The last one gives the model's output.", { required: true }),
    loss: variant('What training makes small.', LOSSES, { otherwise: 'the loss that fits the data and the output' }),
    data: variant('Where examples come from.', DATA, { otherwise: 'a generated task that fits the shapes' }),
    optimizer: variant(
      `What turns gradients into updates; where it is left out, adam at ${UNNAMED_RATE}, by which most families train in the default steps.`,
      OPTIMIZERS,
      { default: 'adam' },
    ),
    schedule: variant('How the learning rate changes over the run.', SCHEDULES, { default: 'constant' }),
    clip: variant('What is done to gradients before the update: the direct cure for exploding gradients.', CLIPS, {
      default: 'none',
    }),
    regularization: group('Penalties on all weights (parameters of two or more axes), added to the loss.', {
      l1: number('Factor on the sum of absolute weights.', { minimum: 0, default: 0 }),
      l2: number('Factor on the sum of squared weights, without a factor 1/2.', { minimum: 0, default: 0 }),
    }),
    batch_size: wholeNumber('Examples in one batch, and in one step unless gradients are accumulated.', {
      minimum: 1,
      maximum: MAX_BATCH_SIZE,
      otherwise: `${DEFAULT_BATCH_SIZE}; all examples, up to ${MAX_BATCH_SIZE}, with the optimizer \`lbfgs\``,
      snippet: `\${1:${DEFAULT_BATCH_SIZE}}`,
    }),
    gradient_accumulation: wholeNumber(
      'Batches in one step: their gradients are averaged, then clipping and the optimizer act once. 4 ' +
        'batches of 8 give the update of one of 32, in the memory of 8; but each batch has its own batch-norm statistics and dropout.',
      {
        minimum: 1,
        maximum: MAX_ACCUMULATION,
        default: 1,
        snippet: '${1:4}',
      },
    ),
    steps: wholeNumber('Updates in the run. A few hundred show whether gradients explode or vanish.', {
      minimum: 1,
      maximum: MAX_STEPS,
      default: 300,
    }),
    validation: number('Share of the examples held back from training to measure loss and accuracy on.', {
      minimum: 0,
      below: 1,
      default: 0,
      snippet: '${1:0.2}',
    }),
    seed: wholeNumber('Decides everything random: initial values, data, batches. The same seed gives the same run.', {
      minimum: 0,
      maximum: MAX_SEED,
      default: 1,
    }),
  } as const satisfies Keys,
  'model',
);

/** Keys of the whole file that begin with this are ignored: a place for anchors (`x-base: &base ...`). */
export const IGNORED_KEY_PREFIX = 'x-';
/** Ignored too: how a JSON file names its schema. */
export const SCHEMA_KEY = '$schema';
