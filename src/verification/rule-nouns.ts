/** Nouns for what a cure removes: "removes the explosion through time". */
import type { RuleId } from '../diagnosis/finding';

/** The fault that each rule finds, with its article. */
export const RULE_NOUNS: Readonly<Record<RuleId, string>> = {
  'exploding-gradient': 'the explosion',
  'vanishing-gradient': 'the vanishing',
  'exploding-through-time': 'the explosion through time',
  'vanishing-through-time': 'the vanishing through time',
  'non-finite': 'the numbers that are not finite',
  'dead-relu': 'the dead units',
  'saturated-activation': 'the saturation',
  'dead-output': 'the dead output',
  'loss-output-mismatch': 'the mismatch of output and loss',
  'unscaled-input': 'the raw input',
  'unscaled-target': 'the raw targets',
  'poor-initialization': 'the unfit first weights',
  'depth-beyond-signal': 'the loss of the signal in the depth',
  'missing-normalization': 'the lack of normalization',
  'forward-collapse': 'the collapse of the signal',
  'forward-explosion': 'the explosion of the signal',
  'silent-death': 'the constant answers',
  'learning-rate-too-high': 'the overshooting',
  'learning-rate-too-low': 'the tiny updates',
  'diverging-loss': 'the divergence of the loss',
  'diverging-parameters': 'the divergence of the weights',
  'oscillating-loss': 'the oscillation',
  'slow-convergence': 'the slowness',
  'clip-never-binds': 'the idle clipping',
  'clip-always-binds': 'the constant clipping',
  'batch-too-noisy': 'the noise of the batches',
  overfitting: 'the overfitting',
};
