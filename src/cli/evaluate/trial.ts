/** One model of the suite trained with one seed and diagnosed: what a worker of the evaluation does. */
import { isAlarm, type Severity } from '../../diagnosis/finding';
import { verdictOf, type Verdict } from '../../diagnosis/verdict';
import { trainAndDiagnose } from '../train/diagnosed-run';
import { readModelFile } from '../train/model-file';
import { costOf, tryCure, type CureRequest, type CureTrial } from './cure-trial';
import { outcomeOf, type Outcome } from './outcome';

export interface TrialRequest {
  readonly file: string;
  readonly seed: number;
  /** How the preferred cure of the first alarm is found and tried; absent where it is not asked for. */
  readonly cure?: CureRequest;
}

export interface TrialFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly layer: string | undefined;
  readonly fixes: readonly string[];
}

export interface Trial {
  readonly outcome: Outcome;
  /** Verdict of the product on the run. */
  readonly verdict: Verdict | undefined;
  /** Likeliest root first. */
  readonly findings: readonly TrialFinding[];
  readonly milliseconds: number;
  /** Whether a cure was asked for. */
  readonly cureSought: boolean;
  /** Absent where none was asked for, and where no alarm names one. */
  readonly cure?: CureTrial;
}

/** Trains, diagnoses and cures one model. @throws Error for a model file that cannot be trained */
export async function runTrial({ file, seed, cure }: TrialRequest): Promise<Trial> {
  const modelFile = readModelFile(file);
  if (!modelFile.source.model)
    throw new Error(`${file}: ${modelFile.source.problems.map(problem => problem.message).join(' ')}`);
  const start = performance.now();
  const model = { ...modelFile.source.model, seed };
  const run = trainAndDiagnose(modelFile, model, {});
  const milliseconds = performance.now() - start;
  const own = run.findings.map(({ finding }) => finding);
  const cost = own.some(isAlarm) ? undefined : await costOf(run);
  const findings = cost === undefined ? own : [cost, ...own];
  const root = findings.find(isAlarm);
  const cured = cure && root ? await tryCure(run, root, cure) : undefined;
  return {
    outcome: outcomeOf(run.history, model.batchSize),
    verdict: verdictOf({ model, history: run.history, findings })?.verdict,
    findings: findings.map(({ rule, severity, layer, fixes }) => ({ rule, severity, layer, fixes })),
    milliseconds,
    cureSought: cure !== undefined,
    ...(cured && { cure: cured }),
  };
}
