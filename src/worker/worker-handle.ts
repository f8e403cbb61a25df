/** The training worker as a run uses it, whichever host starts it: a thread of Node or a web worker of a browser. */
import type { FromWorker, ToWorker } from '../protocol/worker-messages';

/** Why a worker is no more. */
export type WorkerEnd =
  | {
      readonly kind: 'exit';
      /** Exit code of the program, or the name of the signal that ended it. */ readonly code: number | string;
    }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'error'; readonly message: string };

/** Reports of a worker. `onEnd` is called once, whatever ended the worker. */
export interface WorkerListener {
  readonly onMessage: (message: FromWorker) => void;
  readonly onEnd: (end: WorkerEnd) => void;
}

export interface WorkerHandle {
  post(message: ToWorker): void;
  /**
   * The worker has answered to the end of its job: it may be given to the next run, and nothing more is posted through
   * this handle.
   */
  release(): void;
  /** Ends the worker at once, in the middle of whatever it does. Safe to call twice. */
  terminate(): Promise<void>;
}

/** Starts a worker. Throws when it cannot be started at all. */
export type StartWorker = (limits: { readonly memoryLimitBytes: number }, listener: WorkerListener) => WorkerHandle;
