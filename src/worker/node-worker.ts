/** Training workers as processes of Node. */
import type { StartWorker, WorkerHandle, WorkerListener } from './worker-handle';
import { WorkerProcess } from './worker-process';

const MEGABYTE = 2 ** 20;
/**
 * Processes kept while runs are expected, those that serve one counted: a run may be asked for while something is
 * measured.
 */
const KEPT = 2;
/**
 * Quiet time after a run took a process that waited, before another is started: the first records of that run come
 * first.
 */
const SPARE_DELAY_MS = 250;

type Limits = Parameters<StartWorker>[0];

/** The processes of one script. */
export interface NodeWorkers {
  /**
   * A process whose run has ended is given to the next one: here the one that ran last, which has everything at hand.
   */
  readonly start: StartWorker;
  /**
   * The same for what nobody waits for: it takes the process that ran longest ago, so that all come to have everything
   * at hand.
   */
  readonly startInBackground: StartWorker;
  /** Has processes wait, started already, since a run may be asked for soon. */
  readonly prepare: (limits: Limits) => void;
}

/**
 * Processes are kept from the first `start` or `prepare` on, until none was asked for in ten minutes; one that still
 * holds much of its last model is ended, and a fresh one waits in its place. The heap of a process is bounded by the
 * memory limit of its run, and all that it holds besides by the watch in the process.
 */
export function nodeWorkers(script: string): NodeWorkers {
  const serving = new Set<WorkerProcess>();
  /** The one that ran last comes last. */
  const resting: WorkerProcess[] = [];
  let spareTimer: NodeJS.Timeout | undefined;
  const leave = (worker: WorkerProcess): void => {
    serving.delete(worker);
    if (resting.includes(worker)) resting.splice(resting.indexOf(worker), 1);
  };
  const rest = (worker: WorkerProcess): void => {
    leave(worker);
    if (!worker.mayRest) {
      worker.close();
      return;
    }
    worker.rest();
    resting.push(worker);
    if (resting.length > KEPT) resting.shift()!.close();
  };
  const prepare = (limits: Limits): void => {
    const memoryMegabytes = megabytesOf(limits);
    const ready = resting.filter(worker => worker.memoryMegabytes === memoryMegabytes);
    while (ready.length < 1 || ready.length + serving.size < KEPT)
      ready.unshift(new WorkerProcess(script, memoryMegabytes, leave));
    // Their time begins anew.
    for (const worker of ready) rest(worker);
  };
  const prepareSoon = (limits: Limits): void => {
    clearTimeout(spareTimer);
    spareTimer = setTimeout(() => {
      spareTimer = undefined;
      prepare(limits);
    }, SPARE_DELAY_MS).unref();
  };
  const begin = (
    limits: Limits,
    listener: WorkerListener,
    choose: (candidates: readonly WorkerProcess[]) => WorkerProcess | undefined,
  ): WorkerHandle => {
    const memoryMegabytes = megabytesOf(limits);
    const worker =
      choose(resting.filter(candidate => candidate.memoryMegabytes === memoryMegabytes)) ??
      new WorkerProcess(script, memoryMegabytes, leave);
    leave(worker);
    serving.add(worker);
    worker.serve(listener);
    return {
      post: message => worker.post(message),
      release: () => {
        rest(worker);
        if (!worker.mayRest) prepareSoon(limits);
      },
      terminate: () => worker.terminate(),
    };
  };
  return {
    prepare,
    start: (limits, listener) => {
      prepareSoon(limits);
      return begin(limits, listener, workers => workers.at(-1));
    },
    startInBackground: (limits, listener) => {
      // Trainings follow each other faster than that: none may put off what the first has begun to wait for.
      if (!spareTimer) prepareSoon(limits);
      return begin(limits, listener, workers => workers.at(0));
    },
  };
}

function megabytesOf({ memoryLimitBytes }: Limits): number {
  return Math.ceil(memoryLimitBytes / MEGABYTE);
}
