/**
 * A recorded series as a drawable curve: fewer points without losing a peak, and marks for what an axis cannot show.
 */
import { decimate } from '../../src/record/decimate';

export interface CurvePoint {
  readonly x: number;
  /** NaN leaves a gap. */
  readonly y: number;
}

/** `zero`: not above zero, which a log axis cannot show. `dot`: a lone value that no line reaches. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly kind: 'zero' | 'not-finite' | 'dot';
}

export interface Curve {
  readonly points: readonly CurvePoint[];
  readonly marks: readonly Mark[];
  /** Smallest and largest value that the axis can show; Infinity and -Infinity where there is none. */
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Builds a curve from values at ascending positions.
 *
 * @param log whether the axis is logarithmic
 * @param buckets about half the points to draw at most
 */
export function buildCurve(xs: ArrayLike<number>, ys: ArrayLike<number>, log: boolean, buckets: number): Curve {
  const kept =
    ys.length > 2 * buckets ? decimate([ys], buckets) : Array.from({ length: ys.length }, (_, index) => index);
  const points: CurvePoint[] = [];
  const marks: Mark[] = [];
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const index of kept) {
    const x = xs[index];
    const y = ys[index];
    if (!Number.isFinite(y)) {
      marks.push({ x, y, kind: 'not-finite' });
      points.push({ x, y: Number.NaN });
    } else if (log && y <= 0) {
      marks.push({ x, y, kind: 'zero' });
      points.push({ x, y: Number.NaN });
    } else {
      points.push({ x, y });
      if (y < minimum) minimum = y;
      if (y > maximum) maximum = y;
    }
  }
  return { points, marks: [...marks, ...loneValues(points)], minimum, maximum };
}

/** A curve of values that were measured at some positions only: what is missing is passed over, not a gap. */
export function buildSparseCurve(
  xs: ArrayLike<number>,
  ys: ArrayLike<number | undefined>,
  log: boolean,
  buckets: number,
): Curve {
  const steps: number[] = [];
  const values: number[] = [];
  for (let index = 0; index < ys.length; index++) {
    const value = ys[index];
    if (value === undefined) continue;
    steps.push(xs[index]);
    values.push(value);
  }
  return buildCurve(steps, values, log, buckets);
}

/**
 * Exponential moving average with the start's bias taken out, as TensorBoard smooths; values that are not finite stay
 * as they are and do not enter the average.
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  let sum = 0;
  let mass = 0;
  return Float64Array.from(values, value => {
    if (!Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return sum / mass;
  });
}

function loneValues(points: readonly CurvePoint[]): Mark[] {
  const drawn = (index: number): boolean => index >= 0 && index < points.length && !Number.isNaN(points[index].y);
  return points
    .filter((_, index) => drawn(index) && !drawn(index - 1) && !drawn(index + 1))
    .map(({ x, y }) => ({ x, y, kind: 'dot' }));
}
