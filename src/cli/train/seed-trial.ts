/** A model file trained with another seed: what a worker of the `train` command does. */
import type { RuleOptions } from '../../diagnosis/diagnose';
import { runToEnd } from '../../training/run-in-process';
import { measureTrial, type TrialResult } from '../../verification/measure-trial';
import { diagnosisSettings, MEMORY_LIMIT_BYTES } from './diagnosed-run';
import { readDataFiles, readModelFile } from './model-file';
import { StepClock } from './step-clock';

export interface SeedRequest {
  readonly file: string;
  readonly seed: number;
  readonly steps: number;
  readonly ruleOptions: RuleOptions;
}

/** @throws Error for a file that is no model, TrainingError where model and data do not fit */
export function trySeed({ file, seed, steps, ruleOptions }: SeedRequest): TrialResult {
  const modelFile = readModelFile(file);
  if (!modelFile.source.model) throw new Error(`${file} is no longer a model.`);
  const model = { ...modelFile.source.model, seed, steps };
  const files = readDataFiles(file, model);
  const clock = new StepClock();
  const history = runToEnd(model, { memoryLimitBytes: MEMORY_LIMIT_BYTES, files }, () => clock.tick());
  const { milliseconds } = clock;
  return measureTrial(
    model,
    { history, ...(milliseconds !== undefined && { milliseconds }) },
    diagnosisSettings(modelFile, ruleOptions),
  );
}
