/** Finds, as records arrive, over how many steps around it each record holds a peak of some recorded number. */
import type { RunLayout, StepRecord } from './step-record';

/** A record, and the widest buckets in which it holds a peak: those of `2 ** level` steps. */
export interface LeveledRecord {
  readonly record: StepRecord;
  level: number;
}

/** Largest values of every series over some steps, and the records that hold them. */
interface Bucket {
  readonly values: Float64Array;
  readonly holders: (LeveledRecord | undefined)[];
}

/** Numbers per record whose peaks count: losses in both directions, norms, and the largest gradient by a state. */
export function countSeries({ layers, parameters }: RunLayout): number {
  return 6 + layers.length + 3 * parameters.length;
}

/**
 * Cuts the steps into buckets of 2, 4, 8 … steps at once. A full bucket is merged into the one of twice its width, so
 * that a record costs about two comparisons per series, however long the run is. Of equal values the earliest holds the
 * peak; NaN holds none.
 */
export class PeakLevels {
  /** The buckets that still grow, by level. */
  private readonly open: Bucket[] = [];
  private readonly row: Float64Array;
  private lowest = 1;
  private lastStep: number | undefined;

  constructor(private readonly layout: RunLayout) {
    this.row = new Float64Array(countSeries(layout));
  }

  /** The finest level that is still told apart. */
  get base(): number {
    return this.lowest;
  }

  /** The level at which one bucket holds every step. */
  get top(): number {
    return Math.max(this.lowest, 32 - Math.clz32(this.lastStep ?? 0));
  }

  /** Takes in a record of a later step than those before. */
  add(held: LeveledRecord): void {
    const { step } = held.record;
    if (this.lastStep !== undefined) this.close(this.lastStep, step);
    this.lastStep = step;
    readSeries(held.record, this.layout, this.row);
    const bucket = (this.open[this.lowest] ??= this.emptyBucket());
    for (let series = 0; series < this.row.length; series++) {
      if (this.row[series] > bucket.values[series]) {
        bucket.values[series] = this.row[series];
        bucket.holders[series] = held;
      }
    }
  }

  /** The records that hold the peaks of the latest bucket of this level, which is not full yet. */
  openPeaks(level: number): ReadonlySet<LeveledRecord> {
    return new Set(this.fold(level).holders.filter(held => held !== undefined));
  }

  /** Tells finer levels apart no longer. */
  raiseBase(level: number): void {
    const folded = this.fold(level);
    for (let finer = this.lowest; finer < level; finer++) delete this.open[finer];
    this.open[level] = folded;
    this.lowest = level;
  }

  /** Merges every bucket that ends between two steps into the next wider one. */
  private close(from: number, to: number): void {
    for (let level = this.lowest; from >>> level !== to >>> level; level++) {
      const full = this.open[level];
      for (const held of full.holders) if (held) held.level = level;
      merge(full, (this.open[level + 1] ??= this.emptyBucket()));
      full.values.fill(Number.NEGATIVE_INFINITY);
      full.holders.fill(undefined);
    }
  }

  private fold(level: number): Bucket {
    const folded = this.emptyBucket();
    for (let finer = level; finer >= this.lowest; finer--) if (this.open[finer]) merge(this.open[finer], folded);
    return folded;
  }

  private emptyBucket(): Bucket {
    const { length } = this.row;
    return {
      values: new Float64Array(length).fill(Number.NEGATIVE_INFINITY),
      holders: new Array<LeveledRecord | undefined>(length).fill(undefined),
    };
  }
}

/** @param into of earlier steps */
function merge(from: Bucket, into: Bucket): void {
  for (let series = 0; series < from.values.length; series++) {
    if (from.values[series] > into.values[series]) {
      into.values[series] = from.values[series];
      into.holders[series] = from.holders[series];
    }
  }
}

/** Losses count downwards too, so that the best one stays. */
function readSeries(record: StepRecord, { layers, parameters }: RunLayout, into: Float64Array): void {
  const validation = record.validation?.loss ?? Number.NaN;
  into[0] = record.loss;
  into[1] = -record.loss;
  into[2] = validation;
  into[3] = -validation;
  into[4] = record.gradientNorm;
  into[5] = largestStateGradient(record);
  into.set(record.outputGradientNorms, 6);
  const parametersStart = 6 + layers.length;
  into.set(record.parameterGradientNorms, parametersStart);
  into.set(record.parameterNorms, parametersStart + parameters.length);
  into.set(record.updateNorms, parametersStart + 2 * parameters.length);
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
