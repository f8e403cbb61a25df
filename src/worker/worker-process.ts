/** A training worker as a process of its own. */
import { isFromWorker } from '../protocol/parse-message';
import type { FromWorker, ToWorker } from '../protocol/worker-messages';
import { NodeProcess } from './node-process';
import type { WorkerEnd, WorkerListener } from './worker-handle';

/**
 * A process waits so long for its next run: what it has loaded and compiled makes that one start in a quarter of the
 * time.
 */
const REST_MS = 600_000;
/**
 * A process that holds more is not kept: it holds what its last model needed, and the next may need nothing like it.
 */
const RESTING_BYTES = 200 * 2 ** 20;

export class WorkerProcess {
  private readonly process: NodeProcess<ToWorker, FromWorker>;
  /** Listener of the run that it serves; `undefined` while idle. */
  private listener: WorkerListener | undefined;
  private restTimer: NodeJS.Timeout | undefined;
  private residentBytes = 0;

  /** @param onGone is called when it can serve no more */
  constructor(
    script: string,
    readonly memoryMegabytes: number,
    private readonly onGone: (worker: WorkerProcess) => void,
  ) {
    this.process = new NodeProcess<ToWorker, FromWorker>({
      script,
      memoryMegabytes,
      accepts: isFromWorker,
      onMessage: message => {
        if (message.type === 'resident') this.residentBytes = message.bytes;
        else this.listener?.onMessage(message);
      },
      onEnd: end => this.end(end),
    });
  }

  /** Whether it holds so little that it may wait for another run. */
  get mayRest(): boolean {
    return !this.process.isGone && this.residentBytes <= RESTING_BYTES;
  }

  serve(listener: WorkerListener): void {
    clearTimeout(this.restTimer);
    this.process.ref();
    this.listener = listener;
  }

  post(message: ToWorker): void {
    this.process.post(message);
  }

  /** Waits for its next run, from now on. What waits keeps no process alive. */
  rest(): void {
    this.listener = undefined;
    this.process.unref();
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.close(), REST_MS);
    this.restTimer.unref();
  }

  /** Ends it once it is at rest. */
  close(): void {
    this.onGone(this);
    this.listener = undefined;
    clearTimeout(this.restTimer);
    this.post({ type: 'close' });
    this.process.unref();
  }

  /** Ends it at once, in the middle of whatever it does. Resolves when it is gone. */
  terminate(): Promise<void> {
    return this.process.terminate();
  }

  private end(reason: WorkerEnd): void {
    this.onGone(this);
    clearTimeout(this.restTimer);
    const { listener } = this;
    this.listener = undefined;
    listener?.onEnd(reason);
  }
}
