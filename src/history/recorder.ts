/** Takes in a run's records as they arrive, in bounded memory. */
import type { RunLayout, RunOutcome, StepRecord } from '../training/step-record';
import { decimate } from './decimate';
import { isFiniteRecord } from './finite';
import type { RunHistory } from './run-history';

/** Numbers that one history may hold: 16 MB of doubles. */
export const MAXIMUM_VALUES = 2 ** 21;

/** Steps at either end of a run that are never thinned: how it started, and what medians over the latest steps need. */
const UNTOUCHED_HEAD = 32;
const UNTOUCHED_TAIL = 64;

/**
 * A `RunHistory` that grows. When the records hold more than `maximumValues` numbers they are thinned to about half: cut into
 * buckets, and of each bucket those records stay in which some recorded norm, the loss or the validation loss peaks (or a loss
 * is lowest). The first, the last and every non-finite record stay, so a spike of one step is never sampled away.
 */
export class HistoryRecorder implements RunHistory {
  readonly layout: RunLayout;
  private kept: StepRecord[] = [];
  private ended: RunOutcome | undefined;
  private readonly capacity: number;

  /** @param maximumValues numbers to hold at most; never fewer than the peaks of every norm once, and both ends of the run */
  constructor(layout: RunLayout, maximumValues: number = MAXIMUM_VALUES) {
    this.layout = layout;
    const series = 5 + layout.layers.length + 3 * layout.parameters.length;
    const smallest = 2 * (UNTOUCHED_HEAD + UNTOUCHED_TAIL + series + 2);
    this.capacity = Math.max(smallest, Math.floor(maximumValues / valuesOfRecord(layout)));
  }

  get records(): readonly StepRecord[] {
    return this.kept;
  }

  get outcome(): RunOutcome | undefined {
    return this.ended;
  }

  /** Records that may be held before older ones are thinned. */
  get maximumRecords(): number {
    return this.capacity;
  }

  /** Adds records of later steps than those held, in order. */
  append(records: readonly StepRecord[]): void {
    for (const record of records) {
      this.kept.push(record);
      if (this.kept.length > this.capacity) this.kept = thin(this.kept, Math.floor(this.capacity / 2));
    }
  }

  /** Notes how the run ended; the records stay. */
  finish(outcome: RunOutcome): void {
    this.ended = outcome;
  }
}

/** Numbers in one record of a run with this layout. */
export function valuesOfRecord(layout: RunLayout): number {
  const throughTime = layout.layers.reduce((sum, layer) => sum + 2 * (layer.timeSteps ?? 0), 0);
  return 10 + 3 * layout.parameters.length + 6 * layout.layers.length + throughTime;
}

/** The finest buckets that leave at most `target` records; one bucket where even that is more. */
function thin(records: readonly StepRecord[], target: number): StepRecord[] {
  const head = records.slice(0, UNTOUCHED_HEAD);
  const tail = records.slice(-UNTOUCHED_TAIL);
  const middle = records.slice(UNTOUCHED_HEAD, -UNTOUCHED_TAIL);
  const nonFinite = middle.filter((record) => !isFiniteRecord(record));
  const finite = middle.filter(isFiniteRecord);
  const series = seriesOf(finite);
  let keep = decimate(series, 1, 'peaks');
  let [coarse, fine] = [1, finite.length];
  while (coarse + 1 < fine) {
    const buckets = (coarse + fine) >> 1;
    const candidate = decimate(series, buckets, 'peaks');
    if (head.length + candidate.length + tail.length <= target) [coarse, keep] = [buckets, candidate];
    else fine = buckets;
  }
  const peaks = keep.map((index) => finite[index]);
  return [...head, ...mergeBySteps(peaks, nonFinite), ...tail];
}

function mergeBySteps(left: readonly StepRecord[], right: readonly StepRecord[]): StepRecord[] {
  return right.length === 0 ? [...left] : [...left, ...right].sort((a, b) => a.step - b.step);
}

/** Everything whose peaks count, one array a series. Losses count downwards too, so that the best one stays. */
function seriesOf(records: readonly StepRecord[]): Float64Array[] {
  // What a record did not measure is no peak: the lowest number never stays for its own sake.
  const scalar = (value: (record: StepRecord) => number): Float64Array =>
    Float64Array.from(records, (record) => (Number.isNaN(value(record)) ? -Number.MAX_VALUE : value(record)));
  const norms = (of: (record: StepRecord) => Float64Array): Float64Array[] => {
    const width = records.length === 0 ? 0 : of(records[0]).length;
    return Array.from({ length: width }, (_, index) => scalar((record) => of(record)[index]));
  };
  return [
    scalar((record) => record.loss),
    scalar((record) => -record.loss),
    scalar((record) => record.validation?.loss ?? Number.NaN),
    scalar((record) => -(record.validation?.loss ?? Number.NaN)),
    scalar((record) => record.gradientNorm),
    ...norms((record) => record.parameterGradientNorms),
    ...norms((record) => record.parameterNorms),
    ...norms((record) => record.updateNorms),
    ...norms((record) => record.outputGradientNorms),
    scalar((record) => largestStateGradient(record)),
  ];
}

function largestStateGradient(record: StepRecord): number {
  let largest = Number.NaN;
  for (const { hidden, cell } of record.stateGradients) {
    for (const norms of [hidden, cell ?? []]) {
      for (const norm of norms) if (!(norm <= largest)) largest = norm;
    }
  }
  return largest;
}
