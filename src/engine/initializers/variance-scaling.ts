import type { Random } from '../random';
import { fillNormal, fillTruncatedNormal, fillUniform, TRUNCATED_DEVIATION, type Target } from './distributions';
import type { Fans } from './fans';
import type { VarianceScaling } from './initializer-options';

/**
 * The named schemes as variance scaling. As in Keras, the normal ones are truncated at two deviations and then
 * corrected, so that the variance is the one named.
 *
 * | name | variance | for | paper |
 * |---|---|---|---|
 * | glorot | 2 / (fan-in + fan-out) | tanh, sigmoid, linear | Glorot & Bengio 2010 |
 * | he | 2 / fan-in | relu and its kin | He et al. 2015 |
 * | lecun | 1 / fan-in | selu | LeCun et al. 1998; Klambauer et al. 2017 |
 */
export const NAMED_SCHEMES = {
  'glorot-uniform': scheme(1, 'fan-average', 'uniform'),
  'glorot-normal': scheme(1, 'fan-average', 'truncated-normal'),
  'he-uniform': scheme(2, 'fan-in', 'uniform'),
  'he-normal': scheme(2, 'fan-in', 'truncated-normal'),
  'lecun-uniform': scheme(1, 'fan-in', 'uniform'),
  'lecun-normal': scheme(1, 'fan-in', 'truncated-normal'),
} as const;

/**
 * Mean 0 and variance scale / fan, fan being fan-in, fan-out or their mean (at least 1): uniform within ±sqrt(3 scale /
 * fan); normal with deviation sqrt(scale / fan); or normal cut at two deviations, drawn wider by 1 / {@link
 * TRUNCATED_DEVIATION} so that the variance after cutting is the same.
 */
export function varianceScaling(
  target: Target,
  random: Random,
  { scale, mode, distribution }: VarianceScaling,
  fans: Fans,
): void {
  const fan = { 'fan-in': fans.fanIn, 'fan-out': fans.fanOut, 'fan-average': (fans.fanIn + fans.fanOut) / 2 }[mode];
  const variance = scale / Math.max(1, fan);
  switch (distribution) {
    case 'uniform': {
      const limit = Math.sqrt(3 * variance);
      return fillUniform(target, random, -limit, limit);
    }
    case 'normal':
      return fillNormal(target, random, 0, Math.sqrt(variance));
    case 'truncated-normal':
      return fillTruncatedNormal(target, random, 0, Math.sqrt(variance) / TRUNCATED_DEVIATION);
  }
}

function scheme(
  scale: number,
  mode: VarianceScaling['mode'],
  distribution: VarianceScaling['distribution'],
): VarianceScaling {
  return { type: 'variance-scaling', scale, mode, distribution };
}
