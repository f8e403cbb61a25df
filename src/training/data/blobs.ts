import { square } from '../../engine/elementary';
import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import type { Dataset } from './dataset';
import { labelledPoints, type PlacePoint, type PointSettings } from './labelled-points';

/** Draws per centre; the one farthest from the others is kept, so that blobs rarely overlap. */
const CANDIDATES = 32;

/** Gaussian blobs, one a class, in any number of dimensions; the centres have about unit variance in each feature. */
export function blobs(model: ModelSpec, settings: PointSettings, random: Random): Dataset {
  return labelledPoints(model, 'blobs', settings, random, classes => `${classes} gaussian blobs`, placeBlobs);
}

function placeBlobs(features: number, classes: number, random: Random): PlacePoint {
  const centres: Float64Array[] = [];
  for (let id = 0; id < classes; id++) {
    let best = drawCentre(features, random);
    let bestDistance = nearest(best, centres);
    for (let i = 1; i < CANDIDATES && id > 0; i++) {
      const candidate = drawCentre(features, random);
      const distance = nearest(candidate, centres);
      if (distance > bestDistance) [best, bestDistance] = [candidate, distance];
    }
    centres.push(best);
  }
  return (point, id) => point.set(centres[id]);
}

/** Uniform within ±√3, which has variance 1. */
function drawCentre(features: number, random: Random): Float64Array {
  return Float64Array.from({ length: features }, () => (2 * random.uniform() - 1) * Math.sqrt(3));
}

function nearest(point: Float64Array, others: readonly Float64Array[]): number {
  let best = Infinity;
  for (const other of others) {
    let squares = 0;
    for (let i = 0; i < point.length; i++) squares += square(point[i] - other[i]);
    best = Math.min(best, squares);
  }
  return best;
}
