import { describeFamily, describeVariant } from './family';
import { number, wholeNumber } from './key';
import { MAX_STEPS } from './limits';

/** How the learning rate changes over the run. `rate` is the optimizer's, s the step from 0, S the number of steps. */
export const SCHEDULES = describeFamily('schedule', [
  describeVariant('constant', 'The rate never changes.', {}),
  describeVariant('step', 'rate factor^floor(s / every): drops at regular steps.', {
    every: wholeNumber('Steps between two drops.', { minimum: 1, maximum: MAX_STEPS, required: true, snippet: '${1:100}' }),
    factor: number('Factor at each drop.', { above: 0, default: 0.1 }),
  }, ['every', 'factor']),
  describeVariant('exponential', 'rate factor^s: shrinks a little at every step.', {
    factor: number('Factor of each step; 0.99 halves the rate every 69 steps. Above 1 the rate grows, to find where training ' +
      'breaks.', {
      above: 0,
      required: true,
      snippet: '${1:0.99}',
    }),
  }, ['factor']),
  describeVariant('cosine', 'Half a cosine from rate down to `minimum` over the run (Loshchilov and Hutter 2017).', {
    minimum: number('The rate it ends at.', { minimum: 0, default: 0 }),
  }),
  describeVariant('linear-warmup', 'rate min(1, (s + 1) / steps): grows from near 0, which tames the first updates.', {
    steps: wholeNumber('Steps until the full rate.', { minimum: 1, maximum: MAX_STEPS, required: true, snippet: '${1:50}' }),
  }, ['steps']),
], { byName: true });
