import { HistoryRecorder } from '../record/recorder';
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import { createJob, type JobOptions } from './job';
import type { StepRecord } from '../record/step-record';

/**
 * Trains to the end in this thread: for tests and the command line.
 * @param onRecord is told of every step
 * @throws TrainingError as `createJob`
 */
export function runToEnd(model: ModelSpec, options: JobOptions, onRecord?: (record: StepRecord) => void): RunHistory {
  const job = createJob(model, options);
  const recorder = new HistoryRecorder(job.layout);
  for (let record = job.step(); record; record = job.step()) {
    recorder.append([record]);
    onRecord?.(record);
  }
  if (job.outcome) recorder.finish(job.outcome);
  return recorder;
}
