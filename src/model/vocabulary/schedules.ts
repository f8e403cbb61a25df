import { describeFamily, describeVariant } from './family';
import { choice, number, wholeNumber } from './key';
import { MAX_STEPS } from './limits';

const WARMUP = {
  warmup: wholeNumber(
    'Steps in which the rate first grows evenly from near 0 to full; the schedule proper takes those that are ' +
      'left. Transformers usually need it.',
    { minimum: 0, maximum: MAX_STEPS, default: 0, snippet: '${1:50}' },
  ),
} as const;

/** How the learning rate changes over the run. `rate` is the optimizer's, s the step from 0, S the number of steps. */
export const SCHEDULES = describeFamily(
  'schedule',
  [
    describeVariant('constant', 'The rate never changes.', {}),
    describeVariant(
      'step',
      'rate factor^floor(s / every): drops at regular steps.',
      {
        every: wholeNumber('Steps between two drops.', {
          minimum: 1,
          maximum: MAX_STEPS,
          required: true,
          snippet: '${1:100}',
        }),
        factor: number('Factor at each drop.', { above: 0, default: 0.1 }),
        ...WARMUP,
      },
      ['every', 'factor'],
    ),
    describeVariant(
      'exponential',
      'rate factor^s: shrinks a little at every step.',
      {
        factor: number(
          'Factor of each step; 0.99 halves the rate every 69 steps. Above 1 the rate grows, to find where training ' +
            'breaks.',
          {
            above: 0,
            required: true,
            snippet: '${1:0.99}',
          },
        ),
        ...WARMUP,
      },
      ['factor'],
    ),
    describeVariant('cosine', 'Half a cosine from rate down to `minimum` over the run (Loshchilov and Hutter 2017).', {
      minimum: number('The rate it ends at.', { minimum: 0, default: 0 }),
      ...WARMUP,
    }),
    describeVariant(
      'linear-warmup',
      'rate min(1, (s + 1) / steps): grows from near 0, which tames the first updates.',
      {
        steps: wholeNumber('Steps until the full rate.', {
          minimum: 1,
          maximum: MAX_STEPS,
          required: true,
          snippet: '${1:50}',
        }),
      },
      ['steps'],
    ),
    describeVariant(
      'one-cycle',
      'Half a cosine up from rate / `div_factor` to the rate, then half a cosine down to a small part of ' +
        "that start (Smith and Topin 2018; PyTorch's OneCycleLR, momentum unchanged).",
      {
        pct_start: number('Share of the run that goes up.', { above: 0, below: 1, default: 0.3 }),
        div_factor: number('The rate over the one it starts at.', { minimum: 1, default: 25 }),
        final_div_factor: number('The rate it starts at over the one it ends at.', { minimum: 1, default: 10_000 }),
      },
    ),
    describeVariant(
      'plateau',
      'Multiplies the rate by `factor` when the loss has not improved at more than `patience` checks in a ' +
        "row (PyTorch's ReduceLROnPlateau).",
      {
        on: choice(
          'Which loss is checked.',
          'loss',
          [
            { name: 'training', description: 'Mean loss of the last `every` steps.' },
            { name: 'validation', description: 'Loss of the held-back examples, each time it is measured.' },
          ],
          { default: 'training' },
        ),
        factor: number('Factor at each drop.', { above: 0, below: 1, default: 0.1 }),
        patience: wholeNumber('Checks without improvement that are borne.', {
          minimum: 0,
          maximum: MAX_STEPS,
          default: 10,
        }),
        threshold: number('Relative improvement that counts.', { minimum: 0, below: 1, default: 1e-4 }),
        every: wholeNumber(
          'Steps from one check of the training loss to the next; the mean of several is less noisy than one.',
          { minimum: 1, maximum: MAX_STEPS, default: 10 },
        ),
        minimum: number('The rate never falls below this.', { minimum: 0, default: 0 }),
        ...WARMUP,
      },
    ),
  ],
  { byName: true },
);
