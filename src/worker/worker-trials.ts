import { HistoryRecorder } from '../record/recorder';
import type { RunTrial } from '../verification/trial';
import { driveWorker } from './drive-worker';
import type { StartWorker } from './worker-handle';

/** Data that candidates are trained on. */
export interface TrainingData {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly memoryLimitBytes: number;
}

/**
 * Trains candidates in workers of their own, on the data that the original was trained on; the training alone is timed.
 */
export function workerTrials(startWorker: StartWorker, request: TrainingData): RunTrial {
  return async (model, signal) => {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    let recorder: HistoryRecorder | undefined;
    let startedAt = 0;
    try {
      const { files, memoryLimitBytes } = request;
      const end = await driveWorker(
        startWorker,
        { type: 'start', model, memoryLimitBytes, files },
        {
          onStarted: layout => {
            recorder = new HistoryRecorder(layout);
            startedAt = performance.now();
          },
          onRecords: records => recorder?.append(records),
        },
        controller.signal,
      );
      const milliseconds = performance.now() - startedAt;
      if (end.kind === 'failed') throw new Error(end.message);
      if (end.kind === 'cancelled' || !recorder) throw new Error('The training was stopped.');
      recorder.finish(end.outcome);
      return { history: recorder, milliseconds };
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };
}
