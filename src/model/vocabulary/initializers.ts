import { describeFamily, describeVariant } from './family';
import { choice, number, variant, type WrittenValue } from './key';

const GAIN = number('Factor on the finished matrix.', { minimum: 0, default: 1 });
const MEAN = number('Mean of the values.', { default: 0 });

/** Of any parameter. */
const SCHEMES = [
  describeVariant('zeros', 'All 0. For biases; a weight matrix of zeros gives every unit the same gradient.', {}),
  describeVariant('ones', 'All 1.', {}),
  describeVariant(
    'constant',
    'All the same value.',
    { value: number('The value.', { required: true, snippet: '${1:0.1}' }) },
    ['value'],
  ),
  describeVariant(
    'normal',
    'Normal distribution of a fixed spread, whatever the size of the layer.',
    {
      mean: MEAN,
      std: number(
        'Standard deviation. In a recurrent matrix of n units, about 1 / sqrt(n) neither grows nor shrinks the ' +
          'state.',
        { minimum: 0, default: 0.05 },
      ),
    },
    ['std'],
  ),
  describeVariant(
    'truncated-normal',
    'Normal distribution whose values beyond two standard deviations are drawn again.',
    {
      mean: MEAN,
      std: number('Standard deviation before truncation.', { minimum: 0, default: 0.05 }),
    },
    ['std'],
  ),
  describeVariant(
    'uniform',
    'Uniform distribution between two bounds.',
    {
      minimum: number('Smallest value.', { default: -0.05 }),
      maximum: number('Largest value; above `minimum`.', { default: 0.05 }),
    },
    ['minimum', 'maximum'],
  ),
  describeVariant(
    'glorot-uniform',
    'Uniform within ±sqrt(6 / (fan-in + fan-out)): fits tanh and linear layers (Glorot and ' + 'Bengio 2010).',
    {},
  ),
  describeVariant(
    'glorot-normal',
    'Normal with variance 2 / (fan-in + fan-out): fits tanh and linear layers (Glorot and ' + 'Bengio 2010).',
    {},
  ),
  describeVariant('he-uniform', 'Uniform within ±sqrt(6 / fan-in): fits relu and its kin (He et al. 2015).', {}),
  describeVariant('he-normal', 'Normal with variance 2 / fan-in: fits relu and its kin (He et al. 2015).', {}),
  describeVariant('lecun-uniform', 'Uniform within ±sqrt(3 / fan-in): fits selu (LeCun et al. 1998).', {}),
  describeVariant('lecun-normal', 'Normal with variance 1 / fan-in: fits selu (LeCun et al. 1998).', {}),
  describeVariant(
    'variance-scaling',
    'Variance scale / fan: the general form of Glorot, He and LeCun.',
    {
      scale: number('Variance times fan: 1 for LeCun and Glorot, 2 for He.', { above: 0, default: 1 }),
      mode: choice(
        'Which fan divides the variance.',
        'mode',
        [
          { name: 'fan-in', description: 'Number of inputs: keeps the size of activations.' },
          { name: 'fan-out', description: 'Number of outputs: keeps the size of gradients.' },
          { name: 'fan-average', description: 'Mean of both, as Glorot.' },
        ],
        { default: 'fan-in' },
      ),
      distribution: choice(
        'Distribution of the values.',
        'distribution',
        [
          { name: 'uniform', description: 'Uniform within ±sqrt(3 variance).' },
          { name: 'normal', description: 'Normal with that variance.' },
          {
            name: 'truncated-normal',
            description: 'Normal without values beyond two standard deviations, scaled to that ' + 'variance.',
          },
        ],
        { default: 'truncated-normal' },
      ),
    },
    ['scale', 'mode'],
  ),
] as const;

/** Of a parameter with two axes or more. */
const MATRIX_SCHEMES = [
  describeVariant(
    'orthogonal',
    'A random orthogonal matrix, which keeps the length of vectors: the safe choice for ' +
      'recurrent matrices (Saxe et al. 2014).',
    { gain: GAIN },
  ),
  describeVariant('identity', 'The identity matrix: with a relu recurrence, the IRNN of Le et al. 2015.', {
    gain: GAIN,
  }),
] as const;

/** How a matrix gets its first values. Fan-in and fan-out are the inputs and outputs of one unit. */
export const INITIALIZERS = describeFamily('initializer', [...SCHEMES, ...MATRIX_SCHEMES], { byName: true });

/** How a parameter with one number per unit, such as a bias, gets its first values. */
export const VECTOR_INITIALIZERS = describeFamily('initializer', SCHEMES, {
  byName: true,
  misplaced: Object.fromEntries(
    MATRIX_SCHEMES.map(({ name }) => [name, 'fills a matrix, and this is one number per unit; write `zeros`.']),
  ),
});

/** A key that takes an initializer. */
export function initializer(description: string, fallback: WrittenValue) {
  return variant(description, INITIALIZERS, { default: fallback });
}

/** A key that takes an initializer of one number per unit. */
export function vectorInitializer(description: string, fallback: WrittenValue) {
  return variant(description, VECTOR_INITIALIZERS, { default: fallback });
}
