import { describeFamily, describeVariant } from './family';
import { flag, number, pair } from './key';

const rate = (fallback: number) => number('Size of a step. Too high a rate diverges, too low a rate learns nothing; try ' +
  'factors of 3.', {
  above: 0,
  default: fallback,
  aliases: ['lr'],
});
const weightDecay = (
  fallback: number,
  description = 'Pull of every parameter towards 0, added to its gradient after clipping.',
) =>
  number(description, { minimum: 0, default: fallback });
const epsilon = (fallback: number) => number(
  'Added to the denominator, so that nothing is divided by 0.',
  { above: 0, default: fallback, aliases: ['eps'] },
);
const BETAS = pair(
  'Decay of the running means of the gradient and of its square; both in [0, 1).',
  { minimum: 0, below: 1, default: [0.9, 0.999] },
);

/** What turns gradients into updates. Hyperparameters and update formulas are PyTorch's. */
export const OPTIMIZERS = describeFamily('optimizer', [
  describeVariant('sgd', 'Stochastic gradient descent: the update is proportional to the gradient, so exploding gradients hit ' +
    'it in full.', {
    learning_rate: rate(0.01),
    momentum: number(
      'Share of the last update that is kept; 0.9 is usual.',
      { minimum: 0, below: 1, default: 0, snippet: '${1:0.9}' },
    ),
    nesterov: flag('Whether the gradient is taken ahead of the momentum step (needs momentum).', { default: false }),
    weight_decay: weightDecay(0),
  }, ['learning_rate', 'momentum']),
  describeVariant('adam', 'Scales every parameter\'s step by running means of its gradient and its square (Kingma and Ba ' +
    '2015).', {
    learning_rate: rate(0.001),
    betas: BETAS,
    epsilon: epsilon(1e-8),
    weight_decay: weightDecay(0),
  }, ['learning_rate']),
  describeVariant('adamw', 'Adam with decoupled weight decay (Loshchilov and Hutter 2019).', {
    learning_rate: rate(0.001),
    betas: BETAS,
    epsilon: epsilon(1e-8),
    weight_decay: weightDecay(0.01, 'Share by which parameters shrink at each step, times the learning rate; apart from the ' +
      'gradient.'),
  }, ['learning_rate', 'weight_decay']),
  describeVariant('rmsprop', 'Divides the gradient by a running mean of its size.', {
    learning_rate: rate(0.01),
    alpha: number('Decay of the running mean of the squared gradient.', { minimum: 0, below: 1, default: 0.99 }),
    epsilon: epsilon(1e-8),
    momentum: number('Share of the last update that is kept.', { minimum: 0, below: 1, default: 0 }),
    weight_decay: weightDecay(0),
  }, ['learning_rate']),
  describeVariant('adagrad', 'Divides the gradient by the root of the sum of all squares so far, so steps only ever shrink ' +
    '(Duchi et al. 2011).', {
    learning_rate: rate(0.01),
    epsilon: epsilon(1e-10),
    weight_decay: weightDecay(0),
  }, ['learning_rate']),
], { byName: true, unsupported: ['adadelta', 'adamax', 'nadam', 'radam', 'lion'] });
