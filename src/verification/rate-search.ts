/** Learning rates found by measuring. */
import type { FixId } from '../diagnosis/finding';
import type { FixPart } from '../fixes/fix';
import type { Candidate } from './candidate';
import type { CandidateResult } from './candidate-result';
import { candidateFor } from './compose-candidates';
import type { FaultyRun } from './verify-fixes';

/** Trainings that one search may take. */
const MAX_RATES_TRIED = 5;
/** Rates within this factor are as good as the same. */
const SAME_RATE_FACTOR = 1.5;

interface Point {
  readonly rate: number;
  readonly result: CandidateResult;
}

/**
 * The next rates of a geometric search: those beside the best one measured, in the row 1, 3, 10, 30 …, as far as they
 * were not measured; none once its neighbors are known to be worse, or `MAX_RATES_TRIED` were tried.
 *
 * @param base cures that the rate goes with; none for the original at another rate
 * @param ranked of the candidates that are still in the race, best first
 * @param known all candidates there were
 */
export function otherRates(
  faulty: FaultyRun,
  base: readonly FixPart[],
  ranked: readonly CandidateResult[],
  known: readonly Candidate[],
): readonly Candidate[] {
  const family = known.filter(({ parts }) => isOfBase(parts, base));
  const tried = family.filter(({ parts }) => parts.some(({ value }) => value !== undefined)).length;
  if (tried >= MAX_RATES_TRIED) return [];
  const own = base.length === 0 ? faulty.model : known.find(({ parts }) => sameParts(parts, base))?.model;
  if (!own) return [];
  const present = own.optimizer.learningRate;
  const points = family.flatMap(({ id, model }): Point[] => {
    const result = ranked.find(each => each.id === id);
    return result && result.seeds > 0 ? [{ rate: model.optimizer.learningRate, result }] : [];
  });
  const best = points.toSorted(
    (one, other) => compare(one, other) || ranked.indexOf(one.result) - ranked.indexOf(other.result),
  )[0];
  const start = best?.rate ?? present;
  const measured = [present, ...family.map(({ model }) => model.optimizer.learningRate)];
  return [below(start), above(start)]
    .filter(rate => !measured.some(other => rate < other * SAME_RATE_FACTOR && rate > other / SAME_RATE_FACTOR))
    .slice(0, MAX_RATES_TRIED - tried)
    .flatMap(rate => {
      const id = rate < present ? 'lower-learning-rate' : 'raise-learning-rate';
      return candidateFor(faulty, [...base, { id, value: rate }]) ?? [];
    });
}

/** Whether a cure sets the learning rate alone. */
export function isRate(id: FixId): boolean {
  return id === 'lower-learning-rate' || id === 'raise-learning-rate';
}

/** Where nothing trains and nothing is finite, a smaller rate is nearer to what would be. */
function compare(one: Point, other: Point): number {
  const isHopeless = (point: Point): boolean =>
    point.result.trainsIn === 0 && !Number.isFinite(point.result.relativeLoss);
  return isHopeless(one) && isHopeless(other) ? one.rate - other.rate : 0;
}

function isOfBase(parts: readonly FixPart[], base: readonly FixPart[]): boolean {
  const last = parts.at(-1);
  return (
    (base.length > 0 && sameParts(parts, base)) ||
    (last !== undefined && isRate(last.id) && sameParts(parts.slice(0, -1), base))
  );
}

function sameParts(one: readonly FixPart[], other: readonly FixPart[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ id, value }, index) => id === other[index].id && value === other[index].value)
  );
}

/** The largest number of the row that is at most half as large. */
function below(rate: number): number {
  return row(rate).findLast(value => value <= (rate / 2) * (1 + 1e-9))!;
}

/** The smallest number of the row that is at least twice as large. */
function above(rate: number): number {
  return row(rate).find(value => value >= rate * 2 * (1 - 1e-9))!;
}

function row(rate: number): number[] {
  const exponent = Math.floor(Math.log10(rate));
  return [-2, -1, 0, 1, 2].flatMap(step => [1, 3].map(digit => Number(`${digit}e${exponent + step}`)));
}
