/** Every rule. Of two that could explain each other the earlier one is the likelier root: see `explanations.ts`. */
import type { Rule } from '../rule';
import { deadRelu } from './dead-relu';
import { explodingGradient } from './exploding-gradient';
import { explodingThroughTime } from './exploding-through-time';
import { nonFinite } from './non-finite';
import { saturatedActivation } from './saturated-activation';
import { vanishingGradient } from './vanishing-gradient';
import { vanishingThroughTime } from './vanishing-through-time';

export const RULES: readonly Rule[] = [
  explodingThroughTime, explodingGradient, deadRelu, saturatedActivation, vanishingGradient, vanishingThroughTime, nonFinite,
];
