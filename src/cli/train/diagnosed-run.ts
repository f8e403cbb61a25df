/** A model file trained and diagnosed: what both forms of the report are made of. */
import { diagnose } from '../../diagnosis/diagnose';
import type { Finding } from '../../diagnosis/finding';
import { isSilenced } from '../../diagnosis/silenced';
import type { Fix } from '../../fixes/fix';
import type { Profile } from '../../engine/profile';
import { proposeFixes } from '../../fixes/propose';
import type { RunHistory } from '../../history/run-history';
import type { ModelSpec } from '../../spec/model-spec';
import type { StepRecord } from '../../training/step-record';
import { runToEnd } from '../../training/run-in-process';
import { readDataFiles, type ModelFile } from './model-file';

/** As the extension's default of `gradientHealth.memoryLimit`. */
export const MEMORY_LIMIT_BYTES = 1024 * 2 ** 20;

export interface DiagnosedRun {
  readonly file: ModelFile;
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly findings: readonly { readonly finding: Finding; readonly fixes: readonly Fix[] }[];
}

/**
 * Trains a model with the very job that the extension runs, and diagnoses it. `profile` counts its kernel calls.
 * @throws TrainingError where model and data do not fit
 */
export function trainAndDiagnose(
  file: ModelFile, model: ModelSpec, onRecord: (record: StepRecord) => void, profile?: Profile,
): DiagnosedRun {
  const files = readDataFiles(file.path, model);
  const history = runToEnd(model, { memoryLimitBytes: MEMORY_LIMIT_BYTES, files, ...(profile && { profile }) }, onRecord);
  const silenced = (finding: Finding): boolean => isSilenced(file.document, finding);
  const findings = diagnose(model, history, { isSilenced: silenced }).filter((finding) => !silenced(finding)).map((finding) => ({
    finding,
    fixes: proposeFixes({ document: file.document, model, history, finding }),
  }));
  return { file, model, history, findings };
}

/** Whether a run has a finding that calls for action: an error or a warning. */
export function isUnhealthy({ findings }: DiagnosedRun): boolean {
  return findings.some(({ finding }) => finding.severity === 'error' || finding.severity === 'warning');
}
