import { describeFamily, describeVariant } from './family';
import { number, wholeNumber } from './key';
import { MAX_STEPS } from './limits';

/** What is done to gradients before the update. */
export const CLIPS = describeFamily(
  'clipping',
  [
    describeVariant('none', 'Gradients are used as they are.', {}),
    describeVariant(
      'norm',
      'Scales all gradients together so that their norm is at most `max`: keeps their direction (Pascanu ' +
        'et al. 2013).',
      {
        max: number('Largest norm of the whole gradient. A little above its norm in calm steps.', {
          above: 0,
          required: true,
          snippet: '${1:1.0}',
        }),
      },
      ['max'],
    ),
    describeVariant(
      'per-parameter-norm',
      'The same for the gradient of each parameter alone: one exploding layer does not slow ' + 'the others.',
      {
        max: number('Largest norm of the gradient of one parameter.', {
          above: 0,
          required: true,
          snippet: '${1:1.0}',
        }),
      },
      ['max'],
    ),
    describeVariant(
      'value',
      'Clips every element to [-max, max]: changes the direction of the gradient.',
      {
        max: number('Largest absolute value of an element.', { above: 0, required: true, snippet: '${1:0.5}' }),
      },
      ['max'],
    ),
    describeVariant(
      'adaptive',
      'Adaptive gradient clipping (AGC, Brock et al. 2021): scales the gradient of each unit whose ' +
        'norm exceeds `factor` times the norm of its weights to that limit. A unit is a row of a matrix or the whole of a vector.',
      {
        factor: number(
          "Largest norm of a unit's gradient, relative to the norm of its weights (taken as 0.001 where that is smaller).",
          { above: 0, default: 0.01 },
        ),
      },
      ['factor'],
    ),
    describeVariant(
      'auto-clip',
      'AutoClip (Seetharaman et al. 2020): clips the norm of the whole gradient to a percentile of all ' +
        "norms so far, this step's included. Needs no scale to be known.",
      {
        percentile: number('Percentile of the norms; 10 clips nine steps of ten, 100 none.', {
          minimum: 0,
          maximum: 100,
          default: 10,
        }),
      },
    ),
    describeVariant(
      'z-clip',
      'ZClip (Kumar et al. 2025): leaves ordinary gradients alone and clips a norm only where it lies more ' +
        'than `threshold` deviations above its running mean, to mean + threshold² / z deviations: the further out, the harder.',
      {
        threshold: number('Deviations above the mean from which a norm is an outlier.', { above: 0, default: 2.5 }),
        decay: number('Decay of the running mean and variance of the norm.', { minimum: 0, below: 1, default: 0.97 }),
        warmup: wholeNumber('First steps, which are not clipped: mean and variance start as theirs.', {
          minimum: 2,
          maximum: MAX_STEPS,
          default: 25,
        }),
      },
    ),
  ],
  { byName: true },
);
