/** Weight decay so strong that it throws weights across zero instead of pulling them there. */
import type { ModelSpec } from '../../spec/model-spec';

/** Optimizers whose weights are multiplied by 1 - rate * decay at every step, whatever the gradient. */
const MULTIPLIES: ReadonlySet<string> = new Set(['sgd', 'adamw', 'lion', 'muon']);

/**
 * The factor 1 - rate * decay of a step, where it is -1 or below: weights then change sign and grow with every step by
 * themselves. `undefined` where decay is stable.
 */
export function unstableDecay({ optimizer }: ModelSpec): number | undefined {
  if (!MULTIPLIES.has(optimizer.type) || !('weightDecay' in optimizer)) return undefined;
  const factor = 1 - optimizer.learningRate * optimizer.weightDecay;
  return factor <= -1 ? factor : undefined;
}
