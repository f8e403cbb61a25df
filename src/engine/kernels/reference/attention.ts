import { attendWeights, weightIndex, type AttentionKernels } from '../attention-kernels';
import type { Numbers } from './matrix';

/** Σ_i a[aStart + i] b[bStart + i] */
function dot(a: Numbers, aStart: number, b: Numbers, bStart: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += a[aStart + i] * b[bStart + i];
  return sum;
}

/** to[toStart + i] += factor from[fromStart + i] */
function addScaled(from: Numbers, fromStart: number, factor: number, to: Numbers, toStart: number, size: number): void {
  for (let i = 0; i < size; i++) to[toStart + i] += factor * from[fromStart + i];
}

/**
 * Calls `step` for each step of each head: where its features start, those of the head's places, and where its weights
 * stand.
 */
function forEachStep(
  batch: number,
  heads: number,
  time: number,
  places: number,
  size: number,
  causal: boolean,
  step: (
    atQuery: number,
    atPlace: (place: number) => number,
    atWeight: (place: number) => number,
    seen: number,
  ) => void,
): void {
  const features = heads * size;
  const weightsOfHead = attendWeights(time, places, causal);
  for (let n = 0; n < batch; n++) {
    for (let head = 0; head < heads; head++) {
      for (let t = 0; t < time; t++) {
        const atPlace = (place: number): number => (n * places + place) * features + head * size;
        const atWeight = (place: number): number =>
          (n * heads + head) * weightsOfHead + weightIndex(time, causal, t, place);
        step((n * time + t) * features + head * size, atPlace, atWeight, causal ? t + 1 : places);
      }
    }
  }
}

/** The definition of `AttentionKernels`. */
export const attentionKernels: AttentionKernels = {
  attend(
    { data: query },
    { data: key },
    { data: value },
    { data: weights },
    { data: y },
    _scratch,
    batch,
    heads,
    time,
    places,
    size,
    scale,
    causal,
  ) {
    y.fill(0);
    weights.fill(0);
    forEachStep(batch, heads, time, places, size, causal, (atQuery, atPlace, atWeight, seen) => {
      let largest = -Infinity;
      for (let p = 0; p < seen; p++) {
        const score = scale * dot(query, atQuery, key, atPlace(p), size);
        weights[atWeight(p)] = score;
        largest = Math.max(largest, score);
      }
      let sum = 0;
      for (let p = 0; p < seen; p++) sum += weights[atWeight(p)] = Math.exp(weights[atWeight(p)] - largest);
      for (let p = 0; p < seen; p++) {
        weights[atWeight(p)] /= sum;
        addScaled(value, atPlace(p), weights[atWeight(p)], y, atQuery, size);
      }
    });
  },
  attendBackward(
    { data: query },
    { data: key },
    { data: value },
    { data: weights },
    { data: dy },
    { data: dQuery },
    { data: dKey },
    { data: dValue },
    _scratch,
    batch,
    heads,
    time,
    places,
    size,
    scale,
    causal,
  ) {
    for (const gradient of [dQuery, dKey, dValue]) gradient.fill(0);
    forEachStep(batch, heads, time, places, size, causal, (atQuery, atPlace, atWeight, seen) => {
      let mean = 0;
      for (let p = 0; p < seen; p++) mean += weights[atWeight(p)] * dot(dy, atQuery, value, atPlace(p), size);
      for (let p = 0; p < seen; p++) {
        const weight = weights[atWeight(p)];
        const slope = scale * weight * (dot(dy, atQuery, value, atPlace(p), size) - mean);
        addScaled(dy, atQuery, weight, dValue, atPlace(p), size);
        addScaled(key, atPlace(p), slope, dQuery, atQuery, size);
        addScaled(query, atQuery, slope, dKey, atPlace(p), size);
      }
    });
  },
};
