/** One model of the suite trained with one seed and diagnosed: what a worker of the evaluation does. */
import type { Finding, Severity } from '../../diagnosis/finding';
import type { RunHistory } from '../../history/run-history';
import { compileModel } from '../../spec/compile';
import { applyEdits } from '../../spec/edit';
import type { ModelSpec } from '../../spec/model-spec';
import { parseModelFile } from '../../spec/parse';
import { runToEnd } from '../../training/run-in-process';
import { verifyFixes, type VerifiedFixes } from '../../verification/verify-fixes';
import { MEMORY_LIMIT_BYTES, trainAndDiagnose, type DiagnosedRun } from '../train/diagnosed-run';
import { readDataFiles, readModelFile } from '../train/model-file';
import { outcomeOf, type Outcome } from './outcome';

export interface TrialRequest {
  readonly file: string;
  readonly seed: number;
  /** Whether the preferred cure of the first alarm is to be found, and trained with a seed that it was not chosen by. */
  readonly cure: boolean;
}

/** What the preferred cure did, with another seed than those it was chosen by. */
export interface CureTrial {
  readonly verdict: VerifiedFixes['verdict'];
  /** Title of the preferred cure, with its measured effect; empty where there is none. */
  readonly title: string;
  /** Of the cured model; `undefined` where there was no cure to train. */
  readonly outcome: Outcome | undefined;
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
  readonly cure?: CureTrial;
}

/** @throws Error for a model file that cannot be trained */
export async function runTrial({ file, seed, cure }: TrialRequest): Promise<Trial> {
  const modelFile = readModelFile(file);
  if (!modelFile.model) throw new Error(`${file}: ${modelFile.problems.map((problem) => problem.message).join(' ')}`);
  const start = performance.now();
  const model = { ...modelFile.model, seed };
  const run = trainAndDiagnose(modelFile, model, {});
  const milliseconds = performance.now() - start;
  const root = run.findings.find(({ finding }) => finding.severity === 'error' || finding.severity === 'warning');
  const cured = cure && root ? await tryCure(run, root.finding) : undefined;
  return {
    outcome: outcomeOf(run.history),
    findings: run.findings.map(({ finding, fixes }) => ({
      rule: finding.rule, severity: finding.severity, layer: finding.layer, fixes: fixes.map((fix) => fix.title),
    })),
    milliseconds,
    ...(cured && { cure: cured }),
  };
}

/** Seeds that a cure is chosen by: the default of the setting `gradientHealth.verification.seeds`. */
const SEEDS = 3;
/** Far from all seeds that anything was chosen by. */
const HELD_BACK = 1000;

async function tryCure({ file, model, history }: DiagnosedRun, finding: Finding): Promise<CureTrial> {
  const files = readDataFiles(file.path, model);
  const train = (candidate: ModelSpec): RunHistory => runToEnd(candidate, { memoryLimitBytes: MEMORY_LIMIT_BYTES, files });
  const verified = await verifyFixes(
    { document: file.document, model, history, finding }, (candidate) => Promise.resolve({ history: train(candidate) }),
    { seeds: SEEDS, concurrency: 1 },
  );
  const preferred = verified.fixes.find((fix) => fix.preferred);
  if (!preferred) return { verdict: verified.verdict, title: '', outcome: undefined };
  const cured = compileModel(parseModelFile(applyEdits(file.document.text, preferred.edits), file.document.language)).model;
  if (!cured) throw new Error(`${file.path}: "${preferred.title}" makes a file that is no model.`);
  const seed = model.seed + HELD_BACK;
  return { verdict: verified.verdict, title: preferred.title, outcome: outcomeOf(train({ ...cured, seed })) };
}
