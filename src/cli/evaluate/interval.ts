/** Shares with what chance leaves open of them. */

/** One run that was counted. */
export interface Count {
  readonly model: string;
  readonly hit: boolean;
}

/**
 * `hits` of `of` runs of `models` models, with the bounds of the 95 % confidence interval; those of nothing counted are
 * 0 and 1.
 */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly models: number;
  readonly low: number;
  readonly high: number;
}

/** Quantile of the normal distribution for 95 %. */
const Z = 1.959964;

/**
 * Counts runs. Runs of one model with several seeds are no independent cases, so the interval takes each model for one
 * case, whose hit is the share of its runs: that is what it would be if the seeds of a model always agreed, and never
 * narrower than chance allows.
 */
export function shareOf(counts: readonly Count[]): Share {
  const runs = new Map<string, boolean[]>();
  for (const { model, hit } of counts) runs.set(model, [...(runs.get(model) ?? []), hit]);
  const models = [...runs.values()].map(hits => hits.filter(Boolean).length / hits.length);
  const [low, high] = wilson(
    models.reduce((sum, share) => sum + share, 0),
    models.length,
  );
  return { hits: counts.filter(({ hit }) => hit).length, of: counts.length, models: models.length, low, high };
}

/** Wilson's score interval for `hits` of `of` (Wilson 1927). */
export function wilson(hits: number, of: number): readonly [low: number, high: number] {
  if (of === 0) return [0, 1];
  const share = hits / of;
  const spread = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / spread;
  const half = (Z / spread) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
