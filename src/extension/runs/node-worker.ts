/** Training workers as threads of Node. */
import { Worker } from 'node:worker_threads';
import { isFromWorker } from '../../protocol/parse-message';
import type { ToWorker } from '../../protocol/worker-messages';
import type { StartWorker, WorkerEnd, WorkerHandle, WorkerListener } from './worker-handle';

const MEGABYTE = 2 ** 20;
/** A thread waits so long for its next run: what it has loaded and compiled makes that one start in a quarter of the time. */
const REST_MS = 600_000;
/** Threads kept while runs are expected, those that serve one counted: a run may be asked for while something is measured. */
const KEPT = 2;
/** Quiet time after a run took a thread that waited, before another is started: the first records of that run come first. */
const SPARE_DELAY_MS = 250;

type Limits = Parameters<StartWorker>[0];

/** The threads of one script. */
export interface NodeWorkers {
  /** A thread whose run has ended is given to the next one: here the one that ran last, which has everything at hand. */
  readonly start: StartWorker;
  /** The same for what nobody waits for: it takes the thread that ran longest ago, so that all come to have everything at hand. */
  readonly startInBackground: StartWorker;
  /** Has threads wait, started already, since a run may be asked for soon. */
  readonly prepare: (limits: Limits) => void;
}

/**
 * Threads are kept from the first `start` or `prepare` on, until none was asked for in ten minutes. The heap of a thread is bounded by
 * the memory limit of its run; the engine's arena lies outside that heap and is bounded by the engine itself.
 */
export function nodeWorkers(script: string): NodeWorkers {
  const serving = new Set<Thread>();
  /** The one that ran last comes last. */
  const resting: Thread[] = [];
  let spareTimer: NodeJS.Timeout | undefined;
  const leave = (thread: Thread): void => {
    serving.delete(thread);
    if (resting.includes(thread)) resting.splice(resting.indexOf(thread), 1);
  };
  const rest = (thread: Thread): void => {
    leave(thread);
    thread.rest();
    resting.push(thread);
    if (resting.length > KEPT) resting.shift()!.close();
  };
  const prepare = (limits: Limits): void => {
    const heapMegabytes = heapOf(limits);
    const ready = resting.filter((thread) => thread.heapMegabytes === heapMegabytes);
    while (ready.length < 1 || ready.length + serving.size < KEPT) ready.unshift(new Thread(script, heapMegabytes, leave));
    // Their time begins anew.
    for (const thread of ready) rest(thread);
  };
  const prepareSoon = (limits: Limits): void => {
    clearTimeout(spareTimer);
    spareTimer = setTimeout(() => {
      spareTimer = undefined;
      prepare(limits);
    }, SPARE_DELAY_MS).unref();
  };
  const begin = (limits: Limits, listener: WorkerListener, choose: (candidates: readonly Thread[]) => Thread | undefined): WorkerHandle => {
    const heapMegabytes = heapOf(limits);
    const thread = choose(resting.filter((candidate) => candidate.heapMegabytes === heapMegabytes)) ?? new Thread(script, heapMegabytes, leave);
    leave(thread);
    serving.add(thread);
    thread.serve(listener);
    return {
      post: (message) => thread.post(message),
      release: () => rest(thread),
      terminate: () => thread.terminate(),
    };
  };
  return {
    prepare,
    start: (limits, listener) => {
      prepareSoon(limits);
      return begin(limits, listener, (threads) => threads.at(-1));
    },
    startInBackground: (limits, listener) => {
      // Trainings follow each other faster than that: none may put off what the first has begun to wait for.
      if (!spareTimer) prepareSoon(limits);
      return begin(limits, listener, (threads) => threads.at(0));
    },
  };
}

function heapOf({ memoryLimitBytes }: Limits): number {
  return Math.ceil(memoryLimitBytes / MEGABYTE);
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
    this.worker.ref();
    this.listener = listener;
  }

  post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  /** Waits for its next run, from now on. What waits keeps no process alive. */
  rest(): void {
    this.listener = undefined;
    this.worker.unref();
    clearTimeout(this.bedtime);
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
