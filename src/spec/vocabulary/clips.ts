import { describeFamily, describeVariant } from './family';
import { number } from './key';

/** What is done to gradients before the update. */
export const CLIPS = describeFamily('clipping', [
  describeVariant('none', 'Gradients are used as they are.', {}),
  describeVariant('norm', 'Scales all gradients together so that their norm is at most `max`: keeps their direction (Pascanu ' +
    'et al. 2013).', {
    max: number(
      'Largest norm of the whole gradient. A little above its norm in calm steps.',
      { above: 0, required: true, snippet: '${1:1.0}' },
    ),
  }, ['max']),
  describeVariant('per-parameter-norm', 'The same for the gradient of each parameter alone: one exploding layer does not slow ' +
    'the others.', {
    max: number('Largest norm of the gradient of one parameter.', { above: 0, required: true, snippet: '${1:1.0}' }),
  }, ['max']),
  describeVariant('value', 'Clips every element to [-max, max]: changes the direction of the gradient.', {
    max: number('Largest absolute value of an element.', { above: 0, required: true, snippet: '${1:0.5}' }),
  }, ['max']),
  describeVariant('adaptive', 'Adaptive gradient clipping (AGC, Brock et al. 2021): scales the gradient of each unit whose ' +
    'norm exceeds `factor` times the norm of its weights to that limit. A unit is a row of a matrix or the whole of a vector.', {
    factor: number(
      'Largest norm of a unit\'s gradient, relative to the norm of its weights (taken as 0.001 where that is smaller).',
      { above: 0, default: 0.01 },
    ),
  }, ['factor']),
], { byName: true });
