/** Every rule. Of two that could explain each other the earlier one is the likelier root: see `explanations.ts`. */
import type { Rule } from '../rule';
import { deadOutput } from './dead-output';
import { deadRelu } from './dead-relu';
import { depthBeyondSignal } from './depth-beyond-signal';
import { explodingGradient } from './exploding-gradient';
import { explodingThroughTime } from './exploding-through-time';
import { forwardCollapse } from './forward-collapse';
import { forwardExplosion } from './forward-explosion';
import { lossOutputMismatch } from './loss-output-mismatch';
import { missingNormalization } from './missing-normalization';
import { nonFinite } from './non-finite';
import { poorInitialization } from './poor-initialization';
import { saturatedActivation } from './saturated-activation';
import { silentDeath } from './silent-death';
import { unscaledInput } from './unscaled-input';
import { unscaledTarget } from './unscaled-target';
import { vanishingGradient } from './vanishing-gradient';
import { vanishingThroughTime } from './vanishing-through-time';

export const RULES: readonly Rule[] = [
  lossOutputMismatch, deadOutput, unscaledInput, unscaledTarget, explodingThroughTime, missingNormalization, depthBeyondSignal,
  forwardExplosion, explodingGradient, poorInitialization, deadRelu, saturatedActivation, vanishingGradient, forwardCollapse,
  vanishingThroughTime, nonFinite, silentDeath,
];
