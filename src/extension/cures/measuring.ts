/** One measuring of cures in the background: its time, and the ways to end it. */

import type { RuleOptions } from '../../diagnosis/diagnose';
import type { TrainingData } from '../../worker/worker-trials';
import type { AnalyzedMeasuring } from '../analysis/analysis';

/** Limits of a measuring. */
export interface MeasuringLimits {
  readonly seeds: number;
  /** Trainings at a time. */
  readonly concurrency: number;
  readonly budgetMs: number;
  /** With which each training is diagnosed, as the run was whose finding is to be cured. */
  readonly ruleOptions?: RuleOptions;
}

export class Measuring {
  private readonly stopper = new AbortController();
  private readonly timer: ReturnType<typeof setTimeout>;
  private readonly clock = new AbortController();
  private paused = false;

  constructor(readonly limits: MeasuringLimits) {
    this.timer = setTimeout(() => this.clock.abort(), limits.budgetMs);
  }

  /** Aborts when the user wants no answer any more. */
  get cancel(): AbortSignal {
    return this.stopper.signal;
  }

  /** Aborts when the time is over: what is known by then is the answer. */
  get outOfTime(): AbortSignal {
    return this.clock.signal;
  }

  /** Returns the form that the analysis gets. */
  of(data: TrainingData): AnalyzedMeasuring {
    return { data, limits: this.limits, cancel: this.cancel, outOfTime: this.outOfTime };
  }

  stop(): void {
    this.stopper.abort();
  }

  /** Ends it as `stop` does, since another one will go on from what is known by then. */
  pause(): void {
    this.paused = true;
    this.stopper.abort();
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** Call when the measuring has ended, however it did. */
  end(): void {
    clearTimeout(this.timer);
  }
}
