import type { OptimizerName } from '../model-spec';
import { describeFamily, describeVariant, findVariant } from './family';
import { choice, flag, number, pair, wholeNumber } from './key';

const rate = (fallback: number) =>
  number('Size of a step. Too high a rate diverges, too low a rate learns nothing; try ' + 'factors of 3.', {
    above: 0,
    default: fallback,
  });
const weightDecay = (
  fallback: number,
  description = 'Pull of every parameter towards 0, added to its gradient after clipping.',
) => number(description, { minimum: 0, default: fallback });
const epsilon = (fallback: number) =>
  number('Added to the denominator, so that nothing is divided by 0.', { above: 0, default: fallback });
const DECOUPLED = 'Share by which parameters shrink at each step, times the learning rate; apart from the gradient.';
const BETAS = pair('Decay of the running means of the gradient and of its square; both in [0, 1).', {
  minimum: 0,
  below: 1,
  default: [0.9, 0.999],
});

/** What turns gradients into updates. Hyperparameters and update formulas are PyTorch's. */
export const OPTIMIZERS = describeFamily(
  'optimizer',
  [
    describeVariant(
      'sgd',
      'Stochastic gradient descent: the update is proportional to the gradient, so exploding gradients hit ' +
        'it in full.',
      {
        learning_rate: rate(0.01),
        momentum: number('Share of the last update that is kept; 0.9 is usual.', {
          minimum: 0,
          below: 1,
          default: 0,
          snippet: '${1:0.9}',
        }),
        nesterov: flag('Whether the gradient is taken ahead of the momentum step (needs momentum).', {
          default: false,
        }),
        weight_decay: weightDecay(0),
      },
      ['learning_rate', 'momentum'],
    ),
    describeVariant(
      'adam',
      "Scales every parameter's step by running means of its gradient and its square (Kingma and Ba " + '2015).',
      {
        learning_rate: rate(0.001),
        betas: BETAS,
        epsilon: epsilon(1e-8),
        weight_decay: weightDecay(0),
        amsgrad: flag(
          'Whether to divide by the largest mean square so far instead of the latest, so that a rare large gradient ' +
            'is not forgotten (AMSGrad, Reddi et al. 2018).',
          { default: false },
        ),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'adamw',
      'Adam with decoupled weight decay (Loshchilov and Hutter 2019).',
      {
        learning_rate: rate(0.001),
        betas: BETAS,
        epsilon: epsilon(1e-8),
        weight_decay: weightDecay(0.01, DECOUPLED),
      },
      ['learning_rate', 'weight_decay'],
    ),
    describeVariant(
      'adamax',
      "Adam with a decaying maximum of the gradient's size in place of its root mean square, so no step " +
        'exceeds the rate by much (Kingma and Ba 2015).',
      {
        learning_rate: rate(0.002),
        betas: pair('Decay of the running mean of the gradient and of its largest size; both in [0, 1).', {
          minimum: 0,
          below: 1,
          default: [0.9, 0.999],
        }),
        epsilon: epsilon(1e-8),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'nadam',
      "Adam with Nesterov's momentum, which warms up (Dozat 2016).",
      {
        learning_rate: rate(0.002),
        betas: BETAS,
        epsilon: epsilon(1e-8),
        momentum_decay: number(
          'How slowly the momentum rises: that of step t is beta1 (1 - 0.96^(t momentum_decay) / 2).',
          { minimum: 0, default: 0.004 },
        ),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'radam',
      'Rectified Adam: starts as plain momentum and scales steps only once the running mean square has ' +
        'seen enough gradients, a warm-up of its own (Liu et al. 2020).',
      {
        learning_rate: rate(0.001),
        betas: BETAS,
        epsilon: epsilon(1e-8),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'lion',
      'Evolved sign momentum: every parameter moves by exactly the rate, in the direction of a running mean ' +
        "of its gradient (Chen et al. 2023). Use a rate 3 to 10 times below Adam's.",
      {
        learning_rate: rate(0.0001),
        betas: pair('Share of the running mean in the direction of a step, and its decay; both in [0, 1).', {
          minimum: 0,
          below: 1,
          default: [0.9, 0.99],
        }),
        weight_decay: weightDecay(0, DECOUPLED),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'muon',
      'Orthogonalises the momentum of every hidden weight matrix by Newton-Schulz steps, so that all its ' +
        'directions move alike; biases, gains, embeddings and the output layer get AdamW at a rate of its own (Jordan 2024).',
      {
        learning_rate: number(
          "Size of a step of the hidden matrices; with `adjust_lr_fn: match_rms_adamw` a rate such as adamw's.",
          {
            above: 0,
            default: 0.02,
          },
        ),
        momentum: number('Decay of the running mean of the gradient.', { minimum: 0, below: 1, default: 0.95 }),
        nesterov: flag('Whether the gradient is mixed into its running mean once more before the steps.', {
          default: true,
        }),
        ns_steps: wholeNumber('Newton-Schulz steps.', { minimum: 1, maximum: 20, default: 5 }),
        epsilon: number('Smallest norm by which the momentum is divided.', { above: 0, default: 1e-7 }),
        adjust_lr_fn: choice(
          'What the rate of a matrix is multiplied by.',
          'rate adjustment',
          [
            { name: 'original', description: 'The root of rows / columns where that is above 1 (Jordan 2024).' },
            {
              name: 'match_rms_adamw',
              description:
                '0.2 times the root of the larger side, so that rates and decay tuned for adamw ' +
                'serve (Liu et al. 2025).',
            },
          ],
          { default: 'original' },
        ),
        adamw_learning_rate: number(
          "Size of a step of all other parameters, which are AdamW's; the schedule scales it too.",
          {
            above: 0,
            otherwise: '0.015 of the learning rate (3e-4 at 0.02); the learning rate itself with `match_rms_adamw`',
            snippet: '${1:3e-4}',
          },
        ),
        adamw_betas: pair("Decay of AdamW's running means of the gradient and of its square; both in [0, 1).", {
          minimum: 0,
          below: 1,
          default: [0.9, 0.95],
        }),
        adamw_epsilon: number("Added to AdamW's denominator, so that nothing is divided by 0.", {
          above: 0,
          default: 1e-10,
        }),
        weight_decay: weightDecay(
          0,
          'Share by which parameters shrink at each step, times the rate of each; apart from the gradient.',
        ),
      },
      ['learning_rate', 'adamw_learning_rate'],
    ),
    describeVariant(
      'shampoo',
      'Divides the gradient of a matrix by roots of what its rows, and its columns, summed up together so far: ' +
        'Adagrad for directions in place of elements (Gupta et al. 2018). No grafting.',
      {
        learning_rate: rate(0.1),
        momentum: number('Share of the last update that is kept.', { minimum: 0, below: 1, default: 0 }),
        epsilon: number('Added to the diagonal of each matrix before its root.', { above: 0, default: 1e-4 }),
        precondition_frequency: wholeNumber(
          'Steps from one computation of the roots to the next; the first so many steps have each their ' +
            'own. 1 is truest and slowest.',
          {
            minimum: 1,
            maximum: 1000,
            default: 10,
          },
        ),
        max_preconditioner_dim: wholeNumber(
          'Longest axis of a weight that gets a matrix; a longer one, and a bias, gets the diagonal alone. ' +
            'A root costs about the cube of it.',
          { minimum: 1, maximum: 1024, default: 256 },
        ),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'lbfgs',
      "Newton's direction, from how the gradient of all parameters changed over the last steps; no line search, " +
        'so one step is one update (Liu and Nocedal 1989). For small models on few examples, all of which every step needs.',
      {
        learning_rate: number("Share of Newton's step that is made.", { above: 0, default: 1 }),
        history_size: wholeNumber(
          'Steps that the curvature is taken from; each takes the memory of all parameters twice.',
          {
            minimum: 1,
            maximum: 1000,
            default: 10,
          },
        ),
        tolerance_grad: number('Largest element of the gradient at which no step is made any more.', {
          minimum: 0,
          default: 1e-7,
        }),
        tolerance_change: number('Smallest fall of the loss, by the slope along the step, for which one is made.', {
          minimum: 0,
          default: 1e-9,
        }),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'rmsprop',
      'Divides the gradient by a running mean of its size, the root mean square (Hinton 2012).',
      {
        learning_rate: rate(0.01),
        alpha: number('Decay of the running mean of the squared gradient.', { minimum: 0, below: 1, default: 0.99 }),
        epsilon: epsilon(1e-8),
        momentum: number('Share of the last update that is kept.', { minimum: 0, below: 1, default: 0 }),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'adagrad',
      'Divides the gradient by the root of the sum of all squares so far, so steps only ever shrink ' +
        '(Duchi et al. 2011).',
      {
        learning_rate: rate(0.01),
        epsilon: epsilon(1e-10),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
    describeVariant(
      'adadelta',
      "Scales every parameter's step by the size of its past steps over that of its gradients, so the " +
        'rate is only a factor, usually 1 (Zeiler 2012).',
      {
        learning_rate: number('Factor of the step.', { above: 0, default: 1 }),
        rho: number('Decay of the running means of squared gradients and squared steps.', {
          minimum: 0,
          below: 1,
          default: 0.9,
        }),
        epsilon: number('Added to both means before their roots. It also decides how small the first steps are.', {
          above: 0,
          default: 1e-6,
        }),
        weight_decay: weightDecay(0),
      },
      ['learning_rate'],
    ),
  ],
  { byName: true, unsupported: ['asgd', 'rprop', 'lamb', 'adafactor'] },
);

/**
 * Adam's learning rate where the file names no optimizer at all. `npm run defaults`: in 300 steps 30 of 36 trainings of
 * twelve families get to half of a constant prediction's loss by it, 24 by PyTorch's and Keras's 0.001, which
 * `optimizer: adam` still has.
 */
export const UNNAMED_RATE = 0.01;

/** AdamW's rate beside muon's: 3e-4 at 0.02, as Jordan has them; the same where muon's updates have AdamW's size. */
export const MUON_TO_ADAMW = { original: 0.015, match_rms_adamw: 1 } as const;

/** The learning rate of an optimizer for which the file gives none. */
export function defaultLearningRate(type: OptimizerName): number {
  return findVariant(OPTIMIZERS, type)?.keys['learning_rate']?.default as number;
}
