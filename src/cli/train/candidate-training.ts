/** An edited model trained in a worker, as far as nobody stops it. */
import { HistoryRecorder } from '../../record/recorder';
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import { createJob } from '../../training/job';
import { TrainingError } from '../../training/training-error';
import type { RunTrial } from '../../verification/trial';
import { MEMORY_LIMIT_BYTES } from './diagnosed-run';
import { readDataFiles } from './model-file';
import { StepClock } from './step-clock';
import type { TrainWorkers } from './train-workers';

/** Plain data that crosses threads. */
export interface CandidateRequest {
  /** The model file, beside which its data files are. */
  readonly file: string;
  readonly model: ModelSpec;
  /** One 32-bit number that both threads see; the training ends before its next step once it is not 0. */
  readonly stop: SharedArrayBuffer;
}

export type CandidateAnswer =
  | { readonly kind: 'ended'; readonly history: RunHistory; readonly milliseconds: number | undefined }
  | { readonly kind: 'stopped' }
  /** One sentence on why the model cannot be trained. */
  | { readonly kind: 'refused'; readonly message: string };

/** Trains the model of a request to its end, unless `stop` is set before. */
export function trainCandidate({ file, model, stop }: CandidateRequest): CandidateAnswer {
  const flag = new Int32Array(stop);
  try {
    const job = createJob(model, { memoryLimitBytes: MEMORY_LIMIT_BYTES, files: readDataFiles(file, model) });
    const recorder = new HistoryRecorder(job.layout);
    const clock = new StepClock();
    for (;;) {
      if (Atomics.load(flag, 0) !== 0) return { kind: 'stopped' };
      const record = job.step();
      if (!record) break;
      recorder.append([record]);
      clock.tick();
    }
    const { layout, records } = recorder;
    return { kind: 'ended', history: { layout, records, outcome: job.outcome }, milliseconds: clock.milliseconds };
  } catch (error) {
    if (error instanceof TrainingError) return { kind: 'refused', message: error.message };
    throw error;
  }
}

/**
 * Trains candidates in workers, each as the measuring asks for it.
 * @param steps that the file says, and those that the command line wants in their place; a cure that sets others keeps
 * its own
 */
export function workerTrials(
  file: string,
  workers: TrainWorkers,
  steps: { readonly written: number; readonly wanted: number },
): RunTrial {
  return async (model, signal) => {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const abort = (): void => void Atomics.store(new Int32Array(stop), 0, 1);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    try {
      const answer = await workers.trainCandidate({
        file,
        model: { ...model, steps: model.steps === steps.written ? steps.wanted : model.steps },
        stop,
      });
      switch (answer.kind) {
        case 'ended':
          return {
            history: answer.history,
            ...(answer.milliseconds !== undefined && { milliseconds: answer.milliseconds }),
          };
        case 'stopped':
          throw new Error('The training was stopped.');
        case 'refused':
          throw new Error(answer.message);
      }
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };
}
