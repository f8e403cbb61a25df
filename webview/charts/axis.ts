/** Ranges and ticks of axes: calm while a run goes on, and few enough to read. */

export interface AxisRange {
  readonly min: number;
  readonly max: number;
}

/** At most this many labeled ticks on a value axis. */
const MAXIMUM_TICKS = 7;

/**
 * Range of a log axis around positive values, snapped to 1, 2 or 5 times a power of ten (to whole powers over a wide
 * range), so that it does not move with every step. `room` widens it below, for marks on the floor.
 */
export function logRange(minimum: number, maximum: number, room = false): AxisRange {
  if (!(minimum > 0 && maximum >= minimum && maximum < Number.POSITIVE_INFINITY)) return { min: 0.1, max: 10 };
  const wide = Math.log10(maximum / minimum) > 3;
  const min = snapDown(minimum, wide);
  const max = snapUp(maximum, wide);
  const low = min === max ? min / 2 : min;
  const high = Math.min(min === max ? max * 2 : max, Number.MAX_VALUE);
  if (!room) return { min: low, max: high };
  return { min: Math.max(low / (high / low) ** 0.08, Number.MIN_VALUE), max: high };
}

/** Ticks of a log axis: powers of ten, thinned evenly over a wide range; 1, 2 and 5 times them over a narrow one. */
export function logTicks({ min, max }: AxisRange): number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const inside = (value: number): boolean => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
  const powers: number[] = [];
  for (let exponent = first; exponent <= last; exponent++) powers.push(exponent);
  const between = (factors: readonly number[]): number[] =>
    powers.flatMap(exponent => factors.map(factor => factor * 10 ** exponent)).filter(inside);
  if (between([1]).length > 3) {
    const stride = Math.ceil((last - first + 1) / MAXIMUM_TICKS);
    return powers
      .filter(exponent => exponent % stride === 0)
      .map(exponent => 10 ** exponent)
      .filter(inside);
  }
  const fine = between([1, 2, 5]);
  return fine.length <= MAXIMUM_TICKS ? fine : between([1, 3]);
}

/** Range of a linear axis that starts at zero where values are not negative. */
export function linearRange(minimum: number, maximum: number): AxisRange {
  if (!(maximum >= minimum) || !Number.isFinite(maximum - minimum)) return { min: 0, max: 1 };
  const low = Math.min(0, minimum);
  const step = niceStep(Math.max(maximum - low, Number.EPSILON * Math.abs(maximum), 1e-300) / (MAXIMUM_TICKS - 2));
  return { min: Math.floor(low / step) * step, max: Math.max(1, Math.ceil((maximum / step) * (1 - 1e-12))) * step };
}

/** Ticks of a linear axis, at 1, 2 or 5 times a power of ten. */
export function linearTicks({ min, max }: AxisRange, maximumTicks: number = MAXIMUM_TICKS): number[] {
  const step = niceStep((max - min) / (maximumTicks - 1));
  const ticks: number[] = [];
  for (let index = Math.ceil(min / step - 1e-9); index <= Math.floor(max / step + 1e-9); index++) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** Ticks of an axis of whole numbers (steps, time steps), the largest being near the end. */
export function countTicks(range: AxisRange, maximumTicks: number): number[] {
  return linearTicks(range, maximumTicks).filter(tick => Number.isInteger(tick));
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= rough * (1 - 1e-9)) ?? 10 * power;
}

function snapDown(value: number, wide: boolean): number {
  const power = 10 ** Math.floor(Math.log10(value));
  if (power === 0) return Number.MIN_VALUE;
  return (
    [5, 2, 1]
      .filter(factor => !wide || factor === 1)
      .map(factor => factor * power)
      .find(x => x <= value) ?? power
  );
}

function snapUp(value: number, wide: boolean): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (
    [1, 2, 5, 10]
      .filter(factor => !wide || (factor !== 2 && factor !== 5))
      .map(factor => factor * power)
      .find(x => x >= value) ?? 10 * power
  );
}
