/** One training run from its start to its end, whatever happens to the worker meanwhile. */
import type { BlamedPlace } from '../model/place';
import type { FromWorker, ToWorker } from '../protocol/worker-messages';
import type { ReadingProgress } from '../training/reading-progress';
import type { RunLayout, RunOutcome, StepRecord } from '../record/step-record';
import type { StartWorker, WorkerEnd, WorkerHandle } from './worker-handle';
import { errorText } from '../text/error-text';

/**
 * Time that a canceled worker has to stop by itself before it is ended. The run is over then, however long the thread
 * takes to go.
 */
export const CANCEL_GRACE_MS = 500;
/** Time that a worker has to lay out the model and its data before the run is given up. */
export const START_TIMEOUT_MS = 60_000;

/** How a run ended. A failure carries one sentence with a way on. */
export type RunEnd =
  | { readonly kind: 'finished'; readonly outcome: RunOutcome }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** True for a defect of ours or of the machine; false for what the author of the model can put right. */
      readonly internal: boolean;
      /** The part to blame, when it is known. */
      readonly source?: BlamedPlace;
      /** Details for a developer beyond the message; for the log. */
      readonly detail?: string;
    };

export interface RunListener {
  /** How far a data file is read, before the start. */
  readonly onReading?: (progress: ReadingProgress) => void;
  readonly onStarted: (layout: RunLayout) => void;
  readonly onRecords: (records: readonly StepRecord[]) => void;
}

/**
 * Starts a worker, gives it the job and takes in what it reports. The promise always settles and never rejects for what
 * a worker does. A worker that has answered to the end is released by then, any other is being ended. Aborting `signal`
 * asks the worker to stop and ends it when it does not: in the middle of a long step or while it reads data.
 */
export function driveWorker(
  startWorker: StartWorker,
  job: Extract<ToWorker, { type: 'start' }>,
  listener: RunListener,
  signal: AbortSignal,
  times: { readonly graceMs: number; readonly startMs: number } = {
    graceMs: CANCEL_GRACE_MS,
    startMs: START_TIMEOUT_MS,
  },
): Promise<RunEnd> {
  if (signal.aborted) return Promise.resolve({ kind: 'cancelled' });
  return new Promise(resolve => {
    let worker: WorkerHandle | undefined;
    let settled = false;
    let graceTimer: ReturnType<typeof setTimeout> | undefined;

    const settle = (end: RunEnd): void => {
      if (settled) return;
      settled = true;
      clearTimeout(graceTimer);
      clearTimeout(startTimer);
      signal.removeEventListener('abort', cancel);
      resolve(end);
    };
    const conclude = (end: RunEnd): void => {
      worker?.release();
      settle(end);
    };
    const giveUp = (end: RunEnd): void => {
      if (settled) return;
      // Not waited for: on a busy machine a thread in the middle of a step takes seconds to go.
      void worker?.terminate();
      settle(end);
    };
    const cancel = (): void => {
      graceTimer = setTimeout(() => giveUp({ kind: 'cancelled' }), times.graceMs);
      worker?.post({ type: 'cancel' });
    };
    const receive = (message: FromWorker): void => {
      if (settled) return;
      switch (message.type) {
        case 'reading':
          // A large file takes its time; a worker that reads on is no worker that hangs.
          clearTimeout(startTimer);
          startTimer = startTimeout();
          return listener.onReading?.(message.progress);
        case 'checked':
        case 'resident':
          return;
        case 'started':
          clearTimeout(startTimer);
          return listener.onStarted(message.layout);
        case 'records':
          listener.onRecords(message.records);
          return worker?.post({ type: 'acknowledge' });
        case 'finished':
          return conclude(
            message.outcome.kind === 'cancelled'
              ? { kind: 'cancelled' }
              : { kind: 'finished', outcome: message.outcome },
          );
        case 'failed':
          return conclude(failureOf(message));
      }
    };

    const startTimeout = (): ReturnType<typeof setTimeout> =>
      setTimeout(() => {
        const seconds = Math.round(times.startMs / 1000);
        giveUp(
          failed(
            `The run did not start within ${seconds} seconds: use a smaller model or fewer examples, or train again.`,
          ),
        );
      }, times.startMs);
    let startTimer = startTimeout();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      worker = startWorker(
        { memoryLimitBytes: job.memoryLimitBytes },
        { onMessage: receive, onEnd: end => giveUp(signal.aborted ? { kind: 'cancelled' } : failed(explainEnd(end))) },
      );
      worker.post(job);
    } catch (error) {
      giveUp(failed(`The training worker could not be started (${errorText(error)}): train again.`));
    }
  });
}

function failureOf({ message, internal, source }: Extract<FromWorker, { type: 'failed' }>): RunEnd {
  if (!internal) return { kind: 'failed', message, internal, ...(source && { source }) };
  // The worker sends a defect of ours with its whole stack.
  const summary = message.split('\n', 1)[0];
  return {
    ...failed(
      `The training run failed because of a defect in this extension (${summary}): please report it with the log.`,
    ),
    detail: message,
  };
}

function failed(message: string): Extract<RunEnd, { kind: 'failed' }> {
  return { kind: 'failed', message, internal: true };
}

/** One sentence on why a worker went away in the middle of a run, with a way on. */
export function explainEnd(end: WorkerEnd): string {
  switch (end.kind) {
    case 'out-of-memory':
      return (
        'The training run needed more memory than it may take: use fewer units, a smaller `batch_size` or fewer examples, ' +
        'or raise `gradientHealth.memoryLimit`.'
      );
    case 'error':
      return `The training worker failed (${end.message}): train again, and report it if it happens again.`;
    case 'exit':
      return `The training worker ended before the run was done (exit code ${end.code}): train again.`;
  }
}
