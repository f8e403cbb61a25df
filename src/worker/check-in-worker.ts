/** Data checked by a worker, so that the extension host never reads a table itself. */
import type { ToWorker } from '../protocol/worker-messages';
import type { DataReport } from '../training/check-data';
import { CANCEL_GRACE_MS, explainEnd } from './drive-worker';
import type { StartWorker } from './worker-handle';

/**
 * Has a worker read the data of a model. Resolves with what it reports; with `undefined` where `signal` was aborted
 * before it was done.
 * @throws Error where the worker fails or goes away
 */
export function checkInWorker(
  startWorker: StartWorker,
  request: Extract<ToWorker, { type: 'check' }>,
  signal: AbortSignal,
  graceMs = CANCEL_GRACE_MS,
): Promise<DataReport | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let settled = false;
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      finish();
    };
    // A worker that reads hears nothing: one that is nearly done is waited for, so that it can be used again.
    const abort = (): void => {
      timer = setTimeout(() => settle(() => void worker.terminate().finally(() => resolve(undefined))), graceMs);
    };
    signal.addEventListener('abort', abort, { once: true });
    const worker = startWorker(
      { memoryLimitBytes: request.memoryLimitBytes },
      {
        onMessage: message => {
          if (message.type !== 'checked' && message.type !== 'failed') return;
          worker.release();
          settle(() =>
            message.type === 'failed'
              ? reject(new Error(message.message))
              : resolve(signal.aborted ? undefined : message.report),
          );
        },
        onEnd: end => settle(() => reject(new Error(explainEnd(end)))),
      },
    );
    worker.post(request);
  });
}
