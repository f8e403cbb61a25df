import { square } from '../../engine/elementary';
import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import type { Dataset } from './dataset';
import { labelledPoints, type PlacePoint, type PointSettings } from './labelled-points';

/**
 * Concentric circles (spheres, where there are more than two features), one a class. The outermost has radius
 * √features, so that a feature's size does not depend on how many there are.
 */
export function circles(model: ModelSpec, settings: PointSettings, random: Random): Dataset {
  return labelledPoints(model, 'circles', settings, random, classes => `${classes} concentric circles`, placeOnCircles);
}

function placeOnCircles(features: number, classes: number, random: Random): PlacePoint {
  return (point, id) => {
    // Normal coordinates have no preferred direction; divided by their norm they are uniform on the sphere.
    let squares = 0;
    for (let i = 0; i < features; i++) {
      point[i] = random.normal();
      squares += square(point[i]);
    }
    const radius = (Math.sqrt(features) * (id + 1)) / classes;
    const factor = squares > 0 ? radius / Math.sqrt(squares) : 0;
    for (let i = 0; i < features; i++) point[i] *= factor;
  };
}
