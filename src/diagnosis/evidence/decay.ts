/** Weight decay so strong that it throws weights across zero instead of pulling them there. */
import type { ModelSpec } from '../../model/model-spec';
import { allLayers } from '../layers';

/** Optimizers whose weights are multiplied by 1 - rate * decay at every step, whatever the gradient. */
const MULTIPLIES: ReadonlySet<string> = new Set(['sgd', 'adamw', 'lion', 'muon']);

/**
 * Share of its weights that every step takes away by decay alone; 0 for optimizers whose decay is part of the gradient.
 */
export function decayPerStep({ optimizer }: ModelSpec): number {
  return MULTIPLIES.has(optimizer.type) && 'weightDecay' in optimizer
    ? optimizer.learningRate * optimizer.weightDecay
    : 0;
}

/**
 * The factor 1 - rate * decay of a step, of the layer with the largest rate, where it is -1 or below: weights then
 * change sign and grow with every step by themselves. `undefined` where decay is stable.
 */
export function unstableDecay({ optimizer, layers }: ModelSpec): number | undefined {
  if (!MULTIPLIES.has(optimizer.type) || !('weightDecay' in optimizer)) return undefined;
  const multipliers = allLayers(layers)
    .filter(({ trainable }) => trainable)
    .map(({ learningRateMultiplier }) => learningRateMultiplier);
  const factor = 1 - optimizer.learningRate * Math.max(...multipliers) * optimizer.weightDecay;
  return factor <= -1 ? factor : undefined;
}
