/** What a run needs of a training worker, whichever host starts it: a thread of Node or a web worker of a browser. */
import type { FromWorker, ToWorker } from '../../protocol/worker-messages';

/** Why a worker is no more. */
export type WorkerEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'error'; readonly message: string };

/** What a worker reports. `onEnd` is called once, whatever ended the worker. */
export interface WorkerListener {
  readonly onMessage: (message: FromWorker) => void;
  readonly onEnd: (end: WorkerEnd) => void;
}

export interface WorkerHandle {
  post(message: ToWorker): void;
  /** Ends the worker at once, in the middle of whatever it does; one that has done its work ends by itself. Safe to call twice. */
  terminate(): Promise<void>;
}

/** Starts a worker. Throws when it cannot be started at all. */
export type StartWorker = (limits: { readonly memoryLimitBytes: number }, listener: WorkerListener) => WorkerHandle;
