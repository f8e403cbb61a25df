/**
 * State gradients that grow or die through time from the first step on, where the recurrent weights' own gain explains
 * it.
 */
import { growthThroughTime } from '../evidence/through-time';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { isRecurrent, layerAt, recurrentInitializerPlace } from '../layers';
import { recurrentGain } from '../rules/exploding-through-time';
import { inSeeds, predicted } from './predicted';
import { seedsOf, type Starts } from './starts';

/** Gains of recurrent weights that are neither too large nor too small; orthogonal ones have 1. */
const [SMALL, LARGE] = [0.85, 1.2];

export function predictThroughTime({ model, layout, records, optionOf }: Starts): Finding | undefined {
  for (const [index, { path, timeSteps = 1 }] of layout.layers.entries()) {
    const layer = layerAt(model, path);
    if (!isRecurrent(layer)) continue;
    const totals = records.map(record =>
      growthThroughTime(layout, [record])
        .filter(growth => growth.layer === index)
        .map(({ total }) => total),
    );
    if (totals.some(ofSeed => ofSeed.length === 0)) continue;
    const gain = recurrentGain(layer);
    // Where every step has an output, their gradients add up on the way back although none of them grows.
    const addedUp = layer.type === 'seq2seq' || layer.output === 'sequence' ? timeSteps : 1;
    const explodes =
      gain > LARGE &&
      totals.every(ofSeed => Math.max(...ofSeed) >= optionOf('exploding-through-time', 'totalGrowth') * addedUp);
    const vanishes =
      gain < SMALL && totals.every(ofSeed => Math.max(...ofSeed) < optionOf('vanishing-through-time', 'totalDecay'));
    if (!explodes && !vanishes) continue;
    const total = totals.map(ofSeed => Math.max(...ofSeed)).sort((a, b) => a - b)[totals.length >> 1];
    const what = explodes
      ? `the gradient grows ${formatNumber(total)} times`
      : `only ${formatNumber(total)} of the gradient is left`;
    return predicted({
      rule: explodes ? 'exploding-through-time' : 'vanishing-through-time',
      layer: path,
      at: recurrentInitializerPlace(layer),
      message:
        `before training, ${what} over the ${timeSteps} steps back through time in \`${path}\`, ` +
        `${inSeeds(records.length, records.length)}. Its recurrent weights start too ${explodes ? 'large' : 'small'}: their gain is ` +
        `${formatNumber(gain)}, where 1 keeps the norm. Start them orthogonal.`,
      measured: { totalGrowth: total, timeSteps, recurrentGain: gain, ...seedsOf(records.length, records.length) },
      fixes: ['orthogonal-recurrent-initializer', ...(explodes ? ['clip-by-norm' as const] : [])],
    });
  }
  return undefined;
}
