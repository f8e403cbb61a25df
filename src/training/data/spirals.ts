import { cosine, sine } from '../../engine/elementary';
import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import type { Dataset } from './dataset';
import { labelledPoints, type PlacePoint, type PointSettings } from './labelled-points';
import { inputSizeOf } from './target';

/** Radius at which an arm ends; coordinates then have about unit variance. */
const OUTER_RADIUS = 2;

/**
 * Arms of a spiral, one a class, each a whole turn in the first two features; any further feature is noise that says
 * nothing.
 * @throws TrainingError for a model with a single feature.
 */
export function spirals(model: ModelSpec, settings: PointSettings, random: Random): Dataset {
  if (model.input.kind === 'features' && inputSizeOf(model) < 2) {
    throw new TrainingError('"spirals" needs at least 2 input features, but the input is [1].', ['data']);
  }
  return labelledPoints(model, 'spirals', settings, random, classes => `spirals with ${classes} arms`, placeOnArms);
}

function placeOnArms(features: number, classes: number, random: Random): PlacePoint {
  return (point, id) => {
    // The root makes points as dense at the rim as at the centre.
    const along = Math.sqrt(random.uniform());
    const angle = 2 * Math.PI * (along + id / classes);
    point[0] = OUTER_RADIUS * along * cosine(angle);
    point[1] = OUTER_RADIUS * along * sine(angle);
    for (let i = 2; i < features; i++) point[i] = random.normal();
  };
}
