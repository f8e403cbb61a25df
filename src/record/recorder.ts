/** Takes in a run's records as they arrive, in bounded memory. */
import type { RunLayout, RunOutcome, StepRecord } from './step-record';
import { isFiniteRecord } from './finite';
import { countSeries, PeakLevels, type LeveledRecord } from './peak-levels';
import type { RunHistory } from './run-history';

/** Numbers that one history may hold: 16 MB of doubles. */
export const MAXIMUM_VALUES = 2 ** 21;

/** Steps at either end of a run that are never thinned: how it started, and what medians over the latest steps need. */
const UNTOUCHED_HEAD = 32;
const UNTOUCHED_TAIL = 64;

/**
 * A `RunHistory` that grows. When the records hold more than `maximumValues` numbers they are thinned to half or less:
 * the steps are cut into buckets, and of each bucket those records stay in which some recorded norm, the loss or the
 * validation loss peaks (or a loss is lowest). The first, the last and every non-finite record stay, so a spike of one
 * step is never sampled away. The time that it takes grows with the number of records alone, and thinning only leaves
 * records out: the peaks are found as records arrive.
 */
export class HistoryRecorder implements RunHistory {
  readonly layout: RunLayout;
  private kept: StepRecord[] = [];
  /** The same records with their levels. */
  private leveled: LeveledRecord[] = [];
  private readonly peaks: PeakLevels;
  private ended: RunOutcome | undefined;
  private readonly capacity: number;
  /** Records at which the next thinning begins. */
  private limit: number;

  /**
   * @param maximumValues numbers to hold at most; never fewer than the peaks of every norm once, and both ends of the
   * run
   */
  constructor(layout: RunLayout, maximumValues: number = MAXIMUM_VALUES) {
    this.layout = layout;
    this.peaks = new PeakLevels(layout);
    const smallest = 2 * (UNTOUCHED_HEAD + UNTOUCHED_TAIL + countSeries(layout) + 1);
    this.capacity = Math.max(smallest, Math.floor(maximumValues / valuesOfRecord(layout)));
    this.limit = this.capacity;
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
      const isFinite = isFiniteRecord(record);
      const leveled = { record, level: isFinite ? 0 : Number.POSITIVE_INFINITY };
      this.kept.push(record);
      this.leveled.push(leveled);
      if (isFinite) this.peaks.add(leveled);
      if (this.kept.length > this.limit) this.thin();
    }
  }

  /** Notes how the run ended; the records stay. */
  finish(outcome: RunOutcome): void {
    this.ended = outcome;
  }

  /**
   * The finest buckets that leave at most `maximum` records, or one bucket where even that leaves more; what is held
   * stays held.
   */
  sample(maximum: number): readonly StepRecord[] {
    return this.kept.length <= maximum ? this.kept : this.select(maximum).records.map(({ record }) => record);
  }

  private thin(): void {
    const { records, level } = this.select(Math.floor(this.capacity / 2));
    this.peaks.raiseBase(level);
    this.leveled = records;
    this.kept = records.map(({ record }) => record);
    // Records that are not finite stay, however many there are: the next thinning waits until as much has come again.
    this.limit = Math.max(this.capacity, this.kept.length + Math.floor(this.capacity / 2));
  }

  private select(maximum: number): { readonly records: LeveledRecord[]; readonly level: number } {
    const tail = this.leveled.length - UNTOUCHED_TAIL;
    for (let level = this.peaks.base; ; level++) {
      const open = this.peaks.openPeaks(level);
      const records = this.leveled.filter(
        (held, index) => held.level >= level || index < UNTOUCHED_HEAD || index >= tail || open.has(held),
      );
      if (records.length <= maximum || level >= this.peaks.top) return { records, level };
    }
  }
}

/** Numbers in one record of a run with this layout. */
export function valuesOfRecord(layout: RunLayout): number {
  const throughTime = layout.layers.reduce((sum, layer) => sum + 2 * (layer.timeSteps ?? 0), 0);
  return 10 + 3 * layout.parameters.length + 6 * layout.layers.length + throughTime;
}
