import { describeFamily, describeVariant } from './family';
import { choice, columnName, columnNames, flag, number, text, wholeNumber } from './key';
import { MAX_EXAMPLES, MAX_ROWS } from './limits';

const examples = (fallback: number) =>
  wholeNumber('Number of examples that are generated, validation included.', {
    minimum: 2,
    maximum: MAX_EXAMPLES,
    default: fallback,
  });
const noise = (description: string, fallback: number) => number(description, { minimum: 0, default: fallback });
const SCALE = number(
  'Factor on all inputs. Far from 1 it imitates data that nobody standardised, a common cause of exploding ' +
    'gradients.',
  {
    above: 0,
    default: 1,
  },
);

const path = (snippet: string) =>
  text('Path of the file, relative to the model file.', { required: true, snippet: `\${1:${snippet}}` });
/** What `target` may say in place of a column, an array or a file. */
export const INPUT_AS_TARGET = 'input';
const OR_INPUT = '`input`: the input itself, for an autoencoder.';
const INPUT_WORD = {
  name: INPUT_AS_TARGET,
  description: 'The input itself, as the model gets it: for an autoencoder.',
} as const;
const GENERATED_TARGET = {
  target: choice(
    'What is to be predicted.',
    'target',
    [{ name: 'classes', description: 'The class of each point.' }, INPUT_WORD],
    { default: 'classes' },
  ),
};
const MISSING = choice(
  'What is done about missing values. Text takes the most frequent one where numbers take their mean or median; a row without a target ' +
    'is left out in any case.',
  'treatment',
  [
    { name: 'drop', description: 'Rows with a missing value are left out.' },
    { name: 'mean', description: 'The mean of the column over the training examples takes its place.' },
    {
      name: 'median',
      description: 'The median of the column over the training examples takes its place: for columns with outliers.',
    },
  ],
  { otherwise: 'a file with missing values is refused', snippet: '${1:mean}' },
);
const rows = (noun: string) =>
  wholeNumber(`Only so many ${noun} are read, from the first one on: to try a large file quickly.`, {
    minimum: 2,
    maximum: MAX_ROWS,
    otherwise: `all ${noun}`,
    snippet: '${1:50000}',
  });
const STANDARDIZING = {
  standardize: flag(
    'Whether numeric inputs are shifted to mean 0 and scaled to standard deviation 1: each column by itself, images as a whole.',
    { default: false },
  ),
  rescale: flag(
    'Whether numeric inputs are brought to the range from 0 to 1: each column by itself, images as a whole. For `target: input` with ' +
      'binary cross-entropy.',
    { default: false },
  ),
  standardize_target: flag(
    'Whether a target of numbers is shifted to mean 0 and scaled to standard deviation 1; the loss is then in those units.',
    { default: false },
  ),
};
const TOKENS = choice(
  'What one token is. The commonest get ids; the rest share one.',
  'kind of token',
  [
    { name: 'characters', description: 'Every character, blanks and line ends included.' },
    { name: 'words', description: 'Words, and each sign of punctuation by itself.' },
  ],
  { default: 'characters' },
);

/** Where examples come from: a file, or a task that is generated from the seed. */
export const DATA = describeFamily(
  'data',
  [
    describeVariant(
      'csv',
      'A CSV file of the workspace with a header row; every column but the target is an input, categories ' +
        'one-hot. The delimiter and decimal commas are found out.',
      {
        path: path('data.csv'),
        target: columnName(
          `Name of the column to predict: a category for classes, a number for regression. ${OR_INPUT}`,
          [INPUT_WORD],
          { required: true, snippet: '${2:target}' },
        ),
        columns: columnNames('Columns that are inputs.', {
          otherwise: 'every column but the target',
          snippet: '[${1:column}]',
        }),
        drop: columnNames('Columns that are left out, such as an identifier.', {
          otherwise: 'none',
          snippet: '[${1:column}]',
        }),
        missing: MISSING,
        rows: rows('rows'),
        ...STANDARDIZING,
      },
      ['path', 'target'],
    ),
    describeVariant(
      'npz',
      'Two arrays of a NumPy archive (`np.savez`), the first axis of each the examples.',
      {
        path: path('data.npz'),
        inputs: text('Name of the array of inputs.', { default: 'x' }),
        target: text(
          `Name of the array to predict: class ids from 0 for classes, numbers for regression. ${OR_INPUT}`,
          {
            default: 'y',
            words: [INPUT_WORD],
          },
        ),
        ...STANDARDIZING,
      },
      ['path'],
    ),
    describeVariant(
      'npy',
      'Two NumPy files (`np.save`), inputs and targets, the first axis of each the examples.',
      {
        path: path('x.npy'),
        targets: text(`Path of the file to predict, relative to the model file. ${OR_INPUT}`, {
          required: true,
          snippet: '${2:y.npy}',
          words: [INPUT_WORD],
        }),
        ...STANDARDIZING,
      },
      ['path', 'targets'],
    ),
    describeVariant(
      'idx',
      'Images and labels in the format of MNIST, plain or as `.gz`.',
      {
        path: path('images-idx3-ubyte.gz'),
        labels: text(`Path of the file of labels, relative to the model file. ${OR_INPUT}`, {
          required: true,
          snippet: '${2:labels-idx1-ubyte.gz}',
          words: [INPUT_WORD],
        }),
        ...STANDARDIZING,
      },
      ['path', 'labels'],
    ),
    describeVariant(
      'json-lines',
      'A file with a JSON object a line, such as `{"x": [0.5, 2], "y": "red"}`.',
      {
        path: path('data.jsonl'),
        inputs: text("Field of the inputs: a number, or a list of numbers of the input's shape.", { default: 'x' }),
        columns: columnNames(
          'Fields that are inputs in place of `inputs`, each a number or a text, as the columns of a CSV file.',
          {
            otherwise: 'the field that `inputs` names',
            snippet: '[${1:field}]',
          },
        ),
        target: columnName(
          `Field to predict: a text for classes, or a number, or a list of numbers. ${OR_INPUT}`,
          [INPUT_WORD],
          { default: 'y' },
        ),
        missing: MISSING,
        rows: rows('lines'),
        ...STANDARDIZING,
      },
      ['path'],
    ),
    describeVariant(
      'text',
      "A text of which the next token is to be predicted, in pieces of the input's `length`: for language " + 'models.',
      { path: path('book.txt'), tokens: TOKENS },
      ['path'],
    ),
    describeVariant(
      'sentence-pairs',
      'A line for each sentence and its translation, a tab between them: for `seq2seq`. Token 0 ' +
        'fills up, which loss and accuracy do not count, 1 begins, 2 ends, 3 is any rare one; longer sentences are cut.',
      {
        path: path('pairs.tsv'),
        tokens: TOKENS,
      },
      ['path'],
    ),
    describeVariant('blobs', 'Classes as gaussian clouds, one a class, in as many dimensions as the input has: easy.', {
      examples: examples(1024),
      noise: noise('Standard deviation of each cloud; the centres lie within ±1.7 in every feature.', 0.3),
      scale: SCALE,
      ...GENERATED_TARGET,
    }),
    describeVariant(
      'circles',
      'Classes as rings (spheres, in more dimensions) around one centre, one a class: not linearly ' + 'separable.',
      {
        examples: examples(1024),
        noise: noise('Standard deviation of the noise on every feature.', 0.1),
        scale: SCALE,
        ...GENERATED_TARGET,
      },
    ),
    describeVariant(
      'spirals',
      'Classes as arms of a spiral in the plane, one a class: needs a deep or wide network. Further ' +
        'features are noise.',
      {
        examples: examples(1024),
        noise: noise('Standard deviation of the noise on every feature.', 0.1),
        scale: SCALE,
        ...GENERATED_TARGET,
      },
    ),
    describeVariant(
      'teacher',
      'Normal random inputs, labelled by a fixed random network: fits every input and output shape.',
      {
        examples: examples(1024),
        noise: noise('Standard deviation of the noise on its answers, which have standard deviation 1.', 0.1),
        scale: SCALE,
      },
    ),
    describeVariant(
      'adding-problem',
      'A sequence of random numbers of which two are marked; the answer is their sum. The ' +
        'classic test of memory over time (Hochreiter and Schmidhuber 1997). Input [time, 2], output [1].',
      {
        examples: examples(1024),
      },
    ),
    describeVariant(
      'copy-memory',
      'The first tokens of a sequence are to be repeated at its end, after a long gap. Input: ' +
        'tokens or one-hot [time, features]; output: a class at every step.',
      {
        examples: examples(1024),
        symbols: wholeNumber('How many tokens are to be remembered.', {
          minimum: 1,
          maximum: 1000,
          otherwise: 'a tenth of the length, at least 1 and at most 10',
          snippet: '${1:10}',
        }),
      },
    ),
  ],
  { byName: true },
);
