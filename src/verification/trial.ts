/** The request of verification to its host: to train a model. Everything else here is plain data and order. */
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';

/** Tells that something is to stop. Every `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A model trained to its end, or as far as it got. */
export interface Trial {
  readonly history: RunHistory;
  /** Wall-clock time of the training alone, where the host measures it. */
  readonly milliseconds?: number;
}

/**
 * Trains `model`, whose seed, steps and data source count, on the data files that the host knows, and stops as soon as
 * `signal` aborts: then it may reject, or resolve with what there is. Rejects with an error whose message is a sentence
 * for the user where the model cannot be trained.
 */
export type RunTrial = (model: ModelSpec, signal: CancelSignal) => Promise<Trial>;

export interface TrialOptions {
  /** Runs of each candidate; their seeds are that of the model and the next ones. */
  readonly seeds: number;
  /** Trainings at a time. */
  readonly concurrency: number;
  /** Steps of each training at most; those of the model by default. */
  readonly steps?: number;
  /** Ends everything: the user wants no answer any more. */
  readonly cancel?: CancelSignal;
  /** Ends everything likewise, but what is known by then is the answer. A host makes it of a timer. */
  readonly outOfTime?: CancelSignal;
}

/** Aborts when one of the others does. */
export function anyOf(signals: readonly (CancelSignal | undefined)[]): CancelSignal {
  const given = signals.filter(signal => signal !== undefined);
  return {
    get aborted() {
      return given.some(signal => signal.aborted);
    },
    addEventListener: (type, listener) => given.forEach(signal => signal.addEventListener(type, listener)),
    removeEventListener: (type, listener) => given.forEach(signal => signal.removeEventListener(type, listener)),
  };
}
