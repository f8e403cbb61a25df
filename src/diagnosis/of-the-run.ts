/** Rules about a run as a whole, which many faults bring about. */
import type { RuleId } from './finding';

/** What a run shows that went wild. */
export const WILD: readonly RuleId[] = [
  'diverging-loss',
  'diverging-parameters',
  'oscillating-loss',
  'clip-never-binds',
];

/** What any run may show that learns little. */
export const AFTERMATH: readonly RuleId[] = ['batch-too-noisy', 'slow-convergence', 'overfitting'];
