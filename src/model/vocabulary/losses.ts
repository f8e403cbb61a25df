import { describeFamily, describeVariant } from './family';
import { flag, number, numbers } from './key';

const fromLogits = (activation: string) =>
  flag(
    'Whether the output holds raw scores. With `false` it ends in ' +
      `\`${activation}\` and holds probabilities, as is Keras's habit; that activation and the loss are then computed as one, which trains ` +
      'the same and cannot overflow.',
    { default: true, snippet: '${1:false}' },
  );

/**
 * What training makes small: always a mean over all elements, or over all class ids for cross-entropy, by their weights
 * where they have some.
 */
export const LOSSES = describeFamily(
  'loss',
  [
    describeVariant(
      'cross-entropy',
      'For classes: compares one score a class (raw, without softmax) along the last axis with ' + 'the right class.',
      {
        label_smoothing: number(
          'This share of every answer is spread over all classes evenly, so that no score need grow without end; ' +
            '0.1 is usual.',
          { minimum: 0, below: 1, default: 0 },
        ),
        class_weights: numbers(
          'What an answer of each class counts, one number a class in their order; the loss is the mean by these ' +
            'weights. `balanced`: the rarer a class among the training examples, the more.',
          {
            above: 0,
            default: 'none',
            words: [
              {
                name: 'balanced',
                description: 'The number of answers, divided by the number of classes and by the answers of the class.',
              },
              { name: 'none', description: 'All count the same.' },
            ],
          },
        ),
        from_logits: fromLogits('softmax'),
      },
    ),
    describeVariant('binary-cross-entropy', 'For yes or no: compares raw outputs (without sigmoid) with 0 and 1.', {
      pos_weight: number('What an answer 1 counts where an answer 0 counts 1: above 1 where ones are rare.', {
        above: 0,
        default: 1,
      }),
      from_logits: fromLogits('sigmoid'),
    }),
    describeVariant('mse', 'Mean squared error, without a factor 1/2. Large errors give large gradients.', {}),
    describeVariant('mae', 'Mean absolute error: every error has the same gradient.', {}),
    describeVariant(
      'msle',
      "Mean squared logarithmic error, Keras's `mean_squared_logarithmic_error`: squares log(1 + output) - log(1 + " +
        'target), so that errors count by their ratio. For targets of 0 or more that span sizes; outputs below 0 count as 0 and get no ' +
        'gradient.',
      {},
    ),
    describeVariant(
      'huber',
      'Squared error within `delta`, absolute beyond it: large errors cannot explode the gradient.',
      {
        delta: number('Error at which the loss turns from quadratic to linear.', { above: 0, default: 1 }),
      },
      ['delta'],
    ),
  ],
  { byName: true },
);
