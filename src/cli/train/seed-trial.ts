/** A model file trained with another seed: what a worker of the `train` command does. */
import type { RuleOptions } from '../../diagnosis/diagnose';
import { measureTrial, type TrialResult } from '../../verification/measure-trial';
import { diagnosisSettings, MEMORY_LIMIT_BYTES } from './diagnosed-run';
import { readDataFiles, readModelFile } from './model-file';
import { runToEnd } from '../../training/run-in-process';

export interface SeedRequest {
  readonly file: string;
  readonly seed: number;
  readonly steps: number;
  readonly ruleOptions: RuleOptions;
}

/** Trains with the seeds of all requests; answers in their order. */
export type TrySeeds = (requests: readonly SeedRequest[], onAnswer: (done: number) => void) => Promise<readonly TrialResult[]>;

/** @throws Error for a file that is no model, TrainingError where model and data do not fit */
export function trySeed({ file, seed, steps, ruleOptions }: SeedRequest): TrialResult {
  const modelFile = readModelFile(file);
  if (!modelFile.model) throw new Error(`${file} is no model any more.`);
  const model = { ...modelFile.model, seed, steps };
  const history = runToEnd(model, { memoryLimitBytes: MEMORY_LIMIT_BYTES, files: readDataFiles(file, model) });
  return measureTrial(model, { history }, diagnosisSettings(modelFile, ruleOptions));
}
