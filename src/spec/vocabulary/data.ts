import { describeFamily, describeVariant } from './family';
import { flag, number, text, wholeNumber } from './key';
import { MAX_EXAMPLES } from './limits';

const examples = (fallback: number) => wholeNumber(
  'Number of examples that are generated, validation included.',
  { minimum: 2, maximum: MAX_EXAMPLES, default: fallback },
);
const noise = (description: string, fallback: number) => number(description, { minimum: 0, default: fallback });
const SCALE = number('Factor on all inputs. Far from 1 it imitates data that nobody standardised, a common cause of exploding ' +
  'gradients.', {
  above: 0,
  default: 1,
});

/** Where examples come from: a CSV file, or a task that is generated from the seed. */
export const DATA = describeFamily('data', [
  describeVariant('csv', 'A CSV file of the workspace with a header row; every column but the target is an input, categories ' +
    'one-hot.', {
    path: text('Path of the file, relative to the model file.', { required: true, snippet: '${1:data.csv}' }),
    target: text(
      'Name of the column to predict: a category for classes, a number for regression.',
      { required: true, snippet: '${2:target}' },
    ),
    standardize: flag(
      'Whether every numeric input column is shifted to mean 0 and scaled to standard deviation 1.',
      { default: false },
    ),
  }, ['path', 'target']),
  describeVariant('blobs', 'Classes as gaussian clouds, one a class, in as many dimensions as the input has: easy.', {
    examples: examples(1024),
    noise: noise('Standard deviation of each cloud; the centres lie within ±1.7 in every feature.', 0.3),
    scale: SCALE,
  }),
  describeVariant('circles', 'Classes as rings (spheres, in more dimensions) around one centre, one a class: not linearly ' +
    'separable.', {
    examples: examples(1024),
    noise: noise('Standard deviation of the noise on every feature.', 0.1),
    scale: SCALE,
  }),
  describeVariant('spirals', 'Classes as arms of a spiral in the plane, one a class: needs a deep or wide network. Further ' +
    'features are noise.', {
    examples: examples(1024),
    noise: noise('Standard deviation of the noise on every feature.', 0.1),
    scale: SCALE,
  }),
  describeVariant('teacher', 'Normal random inputs, labelled by a fixed random network: fits every input and output shape.', {
    examples: examples(1024),
    noise: noise('Standard deviation of the noise on its answers, which have standard deviation 1.', 0.1),
    scale: SCALE,
  }),
  describeVariant('adding-problem', 'A sequence of random numbers of which two are marked; the answer is their sum. The ' +
    'classic test of memory over time (Hochreiter and Schmidhuber 1997). Input [time, 2], output [1].', {
    examples: examples(1024),
  }),
  describeVariant('copy-memory', 'The first tokens of a sequence are to be repeated at its end, after a long gap. Input: ' +
    'tokens or one-hot [time, features]; output: a class at every step.', {
    examples: examples(1024),
    symbols: wholeNumber('How many tokens are to be remembered.', {
      minimum: 1,
      maximum: 1000,
      otherwise: 'a tenth of the length, at least 1 and at most 10',
      snippet: '${1:10}',
    }),
  }),
], { byName: true });
