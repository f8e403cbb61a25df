/**
 * Norms of a step where layers multiply the learning rate: with D the diagonal of the multipliers, an update rate D g
 * is one of plain descent by D^½ g in the variables D^-½ w. What theory says of a rate holds of the optimizer's own
 * there. The ordinary norms where no layer multiplies it.
 */
import type { RunLayout, StepRecord } from './step-record';

/** Norm of D^½ g, before clipping. */
export function gradientInRateMetric(layout: RunLayout, { parameterGradientNorms, gradientNorm }: StepRecord): number {
  if (trained(layout).every(({ multiplier }) => multiplier === 1)) return gradientNorm;
  return Math.hypot(
    ...trained(layout).map(({ index, multiplier }) => parameterGradientNorms[index] * Math.sqrt(multiplier)),
  );
}

/** The largest multiplier of any parameter that is trained. */
export function largestMultiplier(layout: RunLayout): number {
  return Math.max(...trained(layout).map(({ multiplier }) => multiplier));
}

function trained({ parameters }: RunLayout): readonly { readonly index: number; readonly multiplier: number }[] {
  return parameters.flatMap(({ trainable, learningRateMultiplier }, index) =>
    trainable ? [{ index, multiplier: learningRateMultiplier }] : [],
  );
}
