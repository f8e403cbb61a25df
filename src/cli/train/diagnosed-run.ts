/** A model file trained and diagnosed: what both forms of the report are made of. */
import { diagnose, type DiagnosisSettings, type RuleOptions } from '../../diagnosis/diagnose';
import type { Finding } from '../../diagnosis/finding';
import { isSilenced } from '../../diagnosis/silenced';
import type { Fix } from '../../fixes/fix';
import type { Profile } from '../../engine/profile';
import { proposeFixes } from '../../fixes/propose';
import type { RunHistory } from '../../history/run-history';
import type { ModelSpec } from '../../spec/model-spec';
import type { StepRecord } from '../../training/step-record';
import { runToEnd } from '../../training/run-in-process';
import { withChance, type Chance } from '../../verification/chance';
import { readDataFiles, type ModelFile } from './model-file';

/** As the extension's default of `gradientHealth.memoryLimit`. */
export const MEMORY_LIMIT_BYTES = 1024 * 2 ** 20;

export interface DiagnosedRun {
  readonly file: ModelFile;
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly findings: readonly { readonly finding: Finding; readonly fixes: readonly Fix[] }[];
  /** What other seeds showed; absent where none was tried. */
  readonly chance?: Chance;
}

/** Comments of the file and options of rules, for every run of the file. */
export function diagnosisSettings(file: ModelFile, options: RuleOptions): DiagnosisSettings {
  return { options, isSilenced: (finding) => isSilenced(file.document, finding) };
}

/**
 * Trains a model with the very job that the extension runs, and diagnoses it. `profile` counts its kernel calls.
 * @throws TrainingError where model and data do not fit
 */
export function trainAndDiagnose(
  file: ModelFile, model: ModelSpec, onRecord: (record: StepRecord) => void, ruleOptions: RuleOptions = {}, profile?: Profile,
): DiagnosedRun {
  const files = readDataFiles(file.path, model);
  const history = runToEnd(model, { memoryLimitBytes: MEMORY_LIMIT_BYTES, files, ...(profile && { profile }) }, onRecord);
  const findings = diagnose(model, history, diagnosisSettings(file, ruleOptions))
    .filter((finding) => !isSilenced(file.document, finding))
    .map((finding) => ({ finding, fixes: proposeFixes({ document: file.document, model, history, finding }) }));
  return { file, model, history, findings };
}

/** The run with the seeds that show each of its findings, and what other seeds die of where it is sound. */
export function tellChance(run: DiagnosedRun, chance: Chance): DiagnosedRun {
  const told = withChance(run.findings.map(({ finding }) => finding), chance).filter((finding) => !isSilenced(run.file.document, finding));
  return { ...run, chance, findings: told.map((finding, index) => ({ finding, fixes: run.findings[index]?.fixes ?? [] })) };
}

/** Whether a run has a finding that calls for action: an error or a warning. */
export function isUnhealthy({ findings }: DiagnosedRun): boolean {
  return findings.some(({ finding }) => finding.severity === 'error' || finding.severity === 'warning');
}
