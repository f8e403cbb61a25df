/** Limits of the gradient's norm that follow from the norms so far. */

/** Told this step's norm, returns what it may be. */
export type NormLimit = (norm: number) => number;

/**
 * AutoClip (Seetharaman, Wichern, Pardo and Le Roux 2020): the `percentile`-th percentile of all norms so far, this one
 * included, between two of them in proportion.
 */
export function autoClipLimit(percentile: number): NormLimit {
  const sorted: number[] = [];
  return norm => {
    sorted.splice(insertionPoint(sorted, norm), 0, norm);
    const place = (percentile / 100) * (sorted.length - 1);
    const below = sorted[Math.floor(place)];
    return below + (sorted[Math.ceil(place)] - below) * (place - Math.floor(place));
  };
}

function insertionPoint(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Added to the deviation, so that a norm that never varied has a z. */
const LEAST_DEVIATION = 1e-6;

/**
 * ZClip (Kumar, Owen, Chowdhury and Güra 2025): the first `warmup` norms pass and give mean m and variance v. From then
 * on, with z = (norm - m) / sqrt(v), a norm of z > threshold is limited to n = m + threshold² / z sqrt(v), any other
 * passes as n; then m = decay m + (1 - decay) n, v = decay v + (1 - decay) (n - m)².
 */
export function zClipLimit({
  threshold,
  decay,
  warmup,
}: {
  readonly threshold: number;
  readonly decay: number;
  readonly warmup: number;
}): NormLimit {
  const first: number[] = [];
  let mean = 0;
  let variance = 0;
  return norm => {
    if (first.length < warmup) {
      first.push(norm);
      mean = first.reduce((sum, value) => sum + value, 0) / first.length;
      variance = first.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / first.length;
      return Infinity;
    }
    const std = Math.sqrt(variance);
    const z = (norm - mean) / (std + LEAST_DEVIATION);
    const limit = z > threshold ? mean + ((threshold * threshold) / z) * std : Infinity;
    const passed = Math.min(norm, limit);
    mean = decay * mean + (1 - decay) * passed;
    variance = decay * variance + (1 - decay) * (passed - mean) * (passed - mean);
    return limit;
  };
}
