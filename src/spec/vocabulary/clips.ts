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
], { byName: true, unsupported: ['adaptive'] });
