/** How far a run is from a golden case, and how far it may be. */
import { leavesOf, type GoldenCase, type Measured } from './case-file';

export type Precision = 'float32' | 'float64';

/** A measured number beside the recorded one. */
export interface Deviation {
  readonly field: string;
  /** -1 after the last step. */
  readonly step: number;
  /** Parameter, layer or time step. */
  readonly place: string;
  readonly expected: number;
  readonly actual: number;
  /** Relative; 0 where both are the same, infinite where only one is finite. */
  readonly deviation: number;
  readonly allowance: number;
}

const FLOAT64_ALLOWANCE = 1e-9;
const LEAST_FLOAT32_DEVIATION = 1e-6;
/** Tensors have no recorded deviation of their own: they are held to that of the norm that sums them up. */
const NORM_OF_TENSOR: Readonly<Record<string, string>> = {
  'output tensor': 'output_std',
  'gradient tensor': 'gradient_norms',
};

/** The README's tolerance: 10 max(float32_deviation of the field, 1e-6), and 1e-9 in float64. */
export function allowanceOf(golden: GoldenCase, precision: Precision, field: string, step: number): number {
  if (precision === 'float64') return FLOAT64_ALLOWANCE;
  const deviations = step === 0 ? golden.deviation.first_step : golden.deviation.all_steps;
  return 10 * Math.max(deviations[NORM_OF_TENSOR[field] ?? field] ?? 0, LEAST_FLOAT32_DEVIATION);
}

/** Collects deviations; the worst is the one that takes most of its allowance. */
export class Comparison {
  worst: Deviation | undefined;
  /** Numbers that were compared. */
  compared = 0;

  constructor(
    private readonly golden: GoldenCase,
    private readonly precision: Precision,
  ) {}

  /**
   * Compares a whole field with the recorded one, number by number.
   * @param actual the measured number at a place of the field; `undefined` where the run has none
   * @param scale of a place, where the deviation is not relative to the number itself
   * @param skip names that are left out
   */
  field(
    field: string,
    step: number,
    expected: Measured,
    actual: (place: string) => number | undefined,
    skip: readonly string[] = [],
    scale?: (place: string) => number,
  ): void {
    for (const { place, value } of leavesOf(expected)) {
      if (skip.includes(place)) continue;
      this.number(field, step, place, value, actual(place) ?? Number.NaN, scale?.(place) ?? Math.abs(value));
    }
  }

  /**
   * Compares a tensor, relative to its largest element. The recorded one was rounded to float32: half a unit in the
   * last place of each element does not count.
   */
  tensor(field: string, step: number, place: string, expected: ArrayLike<number>, actual: ArrayLike<number>): void {
    if (expected.length !== actual.length)
      throw new Error(`${place} has ${actual.length} numbers, not ${expected.length}.`);
    let largest = 0;
    for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]));
    for (let i = 0; i < expected.length; i++) {
      const rounding = Math.abs(expected[i]) * 2 ** -24 + 2 ** -150;
      const difference = actual[i] - expected[i];
      const excess = Math.sign(difference) * Math.max(0, Math.abs(difference) - rounding);
      this.number(field, step, `${place}[${i}]`, expected[i], expected[i] + excess, largest);
    }
  }

  number(field: string, step: number, place: string, expected: number, actual: number, scale: number): void {
    this.compared++;
    const deviation = relativeDeviation(expected, actual, scale);
    const allowance = allowanceOf(this.golden, this.precision, field, step);
    const found: Deviation = { field, step, place, expected, actual, deviation, allowance };
    if (!this.worst || usedShare(found) > usedShare(this.worst)) this.worst = found;
  }

  get passed(): boolean {
    return this.compared > 0 && (!this.worst || usedShare(this.worst) <= 1);
  }
}

function relativeDeviation(expected: number, actual: number, scale: number): number {
  if (Object.is(expected, actual) || expected === actual) return 0;
  if (!Number.isFinite(expected) || !Number.isFinite(actual) || scale === 0) return Infinity;
  return Math.abs(actual - expected) / scale;
}

/** Deviation over allowance; more than 1 is a failure. */
export function usedShare({ deviation, allowance }: Deviation): number {
  return deviation / allowance;
}
