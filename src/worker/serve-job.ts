/**
 * A training job as a conversation: what a worker does with the messages it gets. Knows no thread, no clock of its own.
 */
import type { FromWorker, ToWorker } from '../protocol/worker-messages';
import type { DataReport } from '../training/check-data';
import type { TrainingJob } from '../training/job';
import type { ReadingProgress } from '../training/reading-progress';
import type { StepRecord } from '../record/step-record';
import { valuesOfRecord } from '../record/recorder';
import { TrainingError } from '../training/training-error';

export interface JobServer {
  /** Posts a message to the host. */
  readonly send: (message: FromWorker) => void;
  readonly createJob: (
    start: Extract<ToWorker, { type: 'start' }>,
    onReading: (progress: ReadingProgress) => void,
  ) => TrainingJob;
  readonly checkData: (check: Extract<ToWorker, { type: 'check' }>) => DataReport;
  /** Milliseconds, from any point on. */
  readonly now: () => number;
  /** Resolves once messages that have arrived were heard. */
  readonly yieldToMessages: () => Promise<void>;
  /** Ends the worker, which has nothing to do any more. */
  readonly close: () => void;
}

/** Training goes on for so long before messages are heard. */
const SLICE_MS = 12;
/** Least time between two batches of records: 20 a second are as many as an eye can follow. */
const BATCH_MS = 50;
/** Records in one message at most, and numbers in them: taking in more would hold the host's thread up. */
const RECORDS_PER_MESSAGE = 128;
const NUMBERS_PER_MESSAGE = 2 ** 16;
/** Records that may wait for an acknowledgement; then training waits too. */
const MAXIMUM_WAITING = 1000;

/**
 * Returns the function that takes the host's messages. After `start` it answers `reading` (of a large data file, over
 * and over), `started`, batches of `records`, and `finished`; after `check` it answers `checked`; or `failed` in place
 * of any of them. The first record is sent at once, the next batches every 50 ms or where one is full, and each only
 * after the one before was acknowledged. After the end another `start` is taken.
 */
export function serveJobs(server: JobServer): (message: ToWorker) => void {
  let run: Run | undefined;
  return message => {
    switch (message.type) {
      case 'start':
        if (run) return refuse(server);
        run = new Run(server);
        void run.serve(message).finally(() => (run = undefined));
        return;
      case 'check':
        if (run) return refuse(server);
        server.send(answerOf(() => ({ type: 'checked', report: server.checkData(message) })));
        return;
      case 'acknowledge':
        run?.acknowledge();
        return;
      case 'cancel':
        run?.cancel();
        return;
      case 'close':
        server.close();
        return;
    }
  };
}

function refuse(server: JobServer): void {
  server.send({ type: 'failed', message: 'This worker already has a run.', internal: true });
}

function answerOf(answer: () => FromWorker): FromWorker {
  try {
    return answer();
  } catch (error) {
    return failure(error);
  }
}

class Run {
  private job: TrainingJob | undefined;
  private waiting: StepRecord[] = [];
  /** Records that fit into a message. */
  private batch = RECORDS_PER_MESSAGE;
  private maySend = true;
  private sentAt = -Infinity;
  private cancelled = false;
  private wake: () => void = () => undefined;

  constructor(private readonly server: JobServer) {}

  acknowledge(): void {
    this.maySend = true;
    this.wake();
  }

  cancel(): void {
    this.cancelled = true;
    this.job?.cancel();
    this.wake();
  }

  /** Runs the job to its end; every error becomes a message. */
  async serve(start: Extract<ToWorker, { type: 'start' }>): Promise<void> {
    try {
      const job = this.server.createJob(start, progress => this.server.send({ type: 'reading', progress }));
      this.job = job;
      this.batch = Math.max(
        1,
        Math.min(RECORDS_PER_MESSAGE, Math.floor(NUMBERS_PER_MESSAGE / valuesOfRecord(job.layout))),
      );
      this.server.send({ type: 'started', layout: job.layout });
      // What was not wanted any more while it was laid out takes no step: whatever took its place waits for the core.
      await this.server.yieldToMessages();
      while (this.trainForASlice(job)) {
        this.sendIfDue();
        await this.server.yieldToMessages();
        if (this.waiting.length >= MAXIMUM_WAITING) await this.untilSendable();
      }
      while (this.waiting.length > 0) await this.untilSendable();
      this.server.send({ type: 'finished', outcome: job.outcome ?? { kind: 'completed' } });
    } catch (error) {
      this.server.send(failure(error));
    }
  }

  /** False when the job is done. */
  private trainForASlice(job: TrainingJob): boolean {
    const start = this.server.now();
    do {
      const record = job.step();
      if (!record) return false;
      this.waiting.push(record);
      if (record.step === 0) this.sendIfDue();
    } while (this.server.now() - start < SLICE_MS && this.waiting.length < MAXIMUM_WAITING);
    return true;
  }

  private sendIfDue(): void {
    if (this.maySend && (this.waiting.length >= this.batch || this.server.now() - this.sentAt >= BATCH_MS))
      this.sendRecords();
  }

  private sendRecords(): void {
    if (this.waiting.length === 0) return;
    this.server.send({ type: 'records', records: this.waiting.splice(0, this.batch) });
    this.maySend = false;
    this.sentAt = this.server.now();
  }

  /** Sends a batch as soon as the host has taken in the last one, or does not want any more. */
  private async untilSendable(): Promise<void> {
    while (!this.maySend && !this.cancelled) {
      await new Promise<void>(resolve => (this.wake = resolve));
    }
    this.sendRecords();
  }
}

function failure(error: unknown): FromWorker {
  if (error instanceof TrainingError) {
    return { type: 'failed', message: error.message, internal: false, ...(error.source && { source: error.source }) };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'failed', message, internal: true };
}
