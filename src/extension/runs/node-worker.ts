/** Training workers as threads of Node. */
import { Worker } from 'node:worker_threads';
import { isFromWorker } from '../../protocol/parse-message';
import type { ToWorker } from '../../protocol/worker-messages';
import type { StartWorker, WorkerEnd, WorkerListener } from './worker-handle';

const MEGABYTE = 2 ** 20;
/** A thread waits so long for its next run: what it has loaded and compiled makes that one start in a quarter of the time. */
const REST_MS = 600_000;
/** Threads that may wait at once. */
const MAXIMUM_RESTING = 2;

/**
 * A starter of threads that run `script`; a thread whose run has ended is given to the next one. The heap of a thread is bounded by
 * the memory limit of its run; the engine's arena lies outside that heap and is bounded by the engine itself.
 */
export function nodeWorkerStarter(script: string): StartWorker {
  const resting: Thread[] = [];
  const leave = (thread: Thread): void => {
    if (resting.includes(thread)) resting.splice(resting.indexOf(thread), 1);
  };
  const rest = (thread: Thread): void => {
    resting.push(thread);
    if (resting.length > MAXIMUM_RESTING) resting.shift()!.close();
  };
  return ({ memoryLimitBytes }, listener) => {
    const heapMegabytes = Math.ceil(memoryLimitBytes / MEGABYTE);
    const thread = resting.findLast((candidate) => candidate.heapMegabytes === heapMegabytes) ?? new Thread(script, heapMegabytes, leave);
    leave(thread);
    thread.serve(listener);
    return {
      post: (message) => thread.post(message),
      release: () => {
        thread.rest();
        rest(thread);
      },
      terminate: () => thread.terminate(),
    };
  };
}

class Thread {
  private readonly worker: Worker;
  /** Of the run that it serves; none while it rests. */
  private listener: WorkerListener | undefined;
  private bedtime: NodeJS.Timeout | undefined;

  /** @param onGone is told when it can serve no more */
  constructor(script: string, readonly heapMegabytes: number, private readonly onGone: (thread: Thread) => void) {
    this.worker = new Worker(script, {
      name: 'Gradient Health training',
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      // The environment of the editor is no business of a training run.
      env: {},
    });
    this.worker.on('message', (message: unknown) => {
      if (isFromWorker(message)) this.listener?.onMessage(message);
      else this.end({ kind: 'error', message: 'it sent a message that is not understood' });
    });
    this.worker.on('error', (error: NodeJS.ErrnoException) => {
      this.end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { kind: 'out-of-memory' } : { kind: 'error', message: error.message });
    });
    this.worker.on('messageerror', (error) => this.end({ kind: 'error', message: error.message }));
    this.worker.on('exit', (code) => this.end({ kind: 'exit', code }));
  }

  serve(listener: WorkerListener): void {
    clearTimeout(this.bedtime);
    this.listener = listener;
  }

  post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  rest(): void {
    this.listener = undefined;
    this.bedtime = setTimeout(() => this.close(), REST_MS);
    this.bedtime.unref();
  }

  /** Ends it once it is at rest. */
  close(): void {
    this.onGone(this);
    clearTimeout(this.bedtime);
    this.post({ type: 'close' });
  }

  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private end(reason: WorkerEnd): void {
    this.onGone(this);
    clearTimeout(this.bedtime);
    const { listener } = this;
    this.listener = undefined;
    listener?.onEnd(reason);
  }
}
