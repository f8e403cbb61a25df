/** A worker that trains for real, in this thread: for tests of what is made of its messages. */
import type { StartWorker } from '../../src/worker/worker-handle';
import { checkData } from '../../src/training/check-data';
import { createJob } from '../../src/training/job';
import type { StepRecord } from '../../src/record/step-record';
import { TrainingError } from '../../src/training/training-error';

/**
 * @param onStart is told of every training, with its seed
 * @param onCheck is told of every check of data
 */
export function inProcessWorkers(
  onStart: (seed: number) => void = () => undefined,
  onCheck: () => void = () => undefined,
): StartWorker {
  return (_limits, { onMessage }) => {
    let terminated = false;
    return {
      post: message => {
        if (message.type === 'cancel') onMessage({ type: 'finished', outcome: { kind: 'cancelled', step: 0 } });
        if (message.type === 'check') {
          const { model, files, memoryLimitBytes } = message;
          onCheck();
          setTimeout(() =>
            onMessage({ type: 'checked', report: checkData(model, { files, limitBytes: memoryLimitBytes }) }),
          );
        }
        if (message.type !== 'start') return;
        onStart(message.model.seed);
        setTimeout(() => {
          if (terminated) return;
          try {
            const job = createJob(message.model, {
              memoryLimitBytes: message.memoryLimitBytes,
              ...(message.files && { files: message.files }),
            });
            onMessage({ type: 'started', layout: job.layout });
            const records: StepRecord[] = [];
            for (let record = job.step(); record; record = job.step()) records.push(record);
            onMessage({ type: 'records', records });
            onMessage({ type: 'finished', outcome: job.outcome! });
          } catch (error) {
            if (!(error instanceof TrainingError)) throw error;
            onMessage({ type: 'failed', message: error.message, internal: false });
          }
        });
      },
      release: () => undefined,
      terminate: () => {
        terminated = true;
        return Promise.resolve();
      },
    };
  };
}
