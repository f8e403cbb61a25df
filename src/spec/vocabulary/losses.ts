import { describeFamily, describeVariant } from './family';
import { number } from './key';

/** What training makes small: always a mean over all elements, or over all class ids for cross-entropy. */
export const LOSSES = describeFamily('loss', [
  describeVariant('cross-entropy', 'For classes: compares one score a class (raw, without softmax) along the last axis with ' +
    'the right class.', {}),
  describeVariant('binary-cross-entropy', 'For yes or no: compares raw outputs (without sigmoid) with 0 and 1.', {}),
  describeVariant('mse', 'Mean squared error, without a factor 1/2. Large errors give large gradients.', {}),
  describeVariant('mae', 'Mean absolute error: every error has the same gradient.', {}),
  describeVariant('huber', 'Squared error within `delta`, absolute beyond it: large errors cannot explode the gradient.', {
    delta: number('Error at which the loss turns from quadratic to linear.', { above: 0, default: 1 }),
  }, ['delta']),
], { byName: true });
