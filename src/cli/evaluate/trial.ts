/** One model of the suite trained with one seed and diagnosed: what a worker of the evaluation does. */
import type { Severity } from '../../diagnosis/finding';
import { trainAndDiagnose } from '../train/diagnosed-run';
import { readModelFile } from '../train/model-file';
import { outcomeOf, type Outcome } from './outcome';

export interface TrialRequest {
  readonly file: string;
  readonly seed: number;
}

export interface TrialFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly layer: string | undefined;
  readonly fixes: readonly string[];
}

export interface Trial {
  readonly outcome: Outcome;
  /** Likeliest root first. */
  readonly findings: readonly TrialFinding[];
  readonly milliseconds: number;
}

/** @throws Error for a model file that cannot be trained */
export function runTrial({ file, seed }: TrialRequest): Trial {
  const modelFile = readModelFile(file);
  if (!modelFile.model) throw new Error(`${file}: ${modelFile.problems.map((problem) => problem.message).join(' ')}`);
  const start = performance.now();
  const run = trainAndDiagnose(modelFile, { ...modelFile.model, seed }, () => undefined);
  return {
    outcome: outcomeOf(run.history),
    findings: run.findings.map(({ finding, fixes }) => ({
      rule: finding.rule, severity: finding.severity, layer: finding.layer, fixes: fixes.map((fix) => fix.title),
    })),
    milliseconds: performance.now() - start,
  };
}
