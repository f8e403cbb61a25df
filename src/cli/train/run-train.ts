/** The `train` command: a model file in, a report and an exit code out. */
import { isAlarm, type Finding } from '../../diagnosis/finding';
import type { ModelSpec } from '../../model/model-spec';
import type { TextProblem } from '../../frontends/text-problem';
import { rangeOfPath } from '../../frontends/model-file/as-model-file';
import { Profile } from '../../engine/profile';
import { TrainingError } from '../../training/training-error';
import type { TrialResult } from '../../verification/measure-trial';
import type { Output } from '../output';
import { HELP, readArguments, UsageError, type TrainArguments } from './arguments';
import { workerTrials } from './candidate-training';
import { chooseFinding, nameOf, nothingToCure } from './choose-finding';
import { curesReport, writtenReport } from './cures-json';
import { curesText, writtenText } from './cures-text';
import { ownTrial, trainAndDiagnose, withSeeds, type DiagnosedRun, type RunWatch } from './diagnosed-run';
import { CANNOT_TRAIN, CANNOT_WRITE, DEFECT, EXIT_CODES } from './exit-codes';
import { jsonRefusal, jsonReport } from './json-report';
import { measureCost, measureCures, type MeasuredCures } from './measured-cures';
import { placeAt, readModelFile, type ModelFile } from './model-file';
import { printProblems } from './problems';
import { profileReport, profileText } from './profile-report';
import { ProgressLine } from './progress';
import { NoRegularFile } from './regular-file';
import { RuleOptionsError } from './rule-options-file';
import { textReport } from './text-report';
import type { TrainWorkers } from './train-workers';
import { writeCure, type Written } from './write-cure';

/**
 * Runs the command with the arguments after its name.
 * @param workers train with other seeds, and cures; closed at the end
 * @returns the exit code, see `exit-codes.ts`
 */
export async function runTrain(args: readonly string[], output: Output, workers: TrainWorkers): Promise<number> {
  try {
    const options = readArguments(args);
    if (!options) {
      output.out(HELP);
      return 0;
    }
    return await train(options, output, workers);
  } catch (error) {
    // What the system or the arguments refuse is the user's to know in a sentence; a defect of ours shows its stack.
    if (
      error instanceof UsageError ||
      error instanceof RuleOptionsError ||
      error instanceof NoRegularFile ||
      (error instanceof Error && 'syscall' in error)
    ) {
      output.error(`${inWords(error)}\nSee --help.\n`);
      return CANNOT_TRAIN;
    }
    const trace = error instanceof Error ? error.stack : String(error);
    output.error(`This is a defect of Gradient Health, please report it. ${trace}\n`);
    return DEFECT;
  } finally {
    await workers.close();
  }
}

function inWords(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? `There is no file "${error.path}".` : error.message;
}

/** The run with everything that was asked for. */
interface Outcome {
  readonly run: DiagnosedRun;
  readonly seconds: number;
  readonly profile?: Profile;
  readonly cures?: { readonly measured: MeasuredCures; readonly seconds: number };
  readonly written?: Written;
}

async function train(args: TrainArguments, output: Output, workers: TrainWorkers): Promise<number> {
  const file = readModelFile(args.file);
  const { model: written, problems } = file.source;
  if (!written) return refuse(file, problems, args, output);
  const model: ModelSpec = {
    ...written,
    ...(args.seed !== undefined && { seed: args.seed }),
    ...(args.steps !== undefined && { steps: args.steps }),
  };
  try {
    const outcome = await trainAll(file, model, args, output, workers);
    report(outcome, args, output);
    return exitCode(outcome);
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    const range = rangeOfPath(file.source, error.source ?? []);
    const problem = { code: 'training', severity: 'error', message: error.message, range } as const;
    return refuse(file, [...problems, problem], args, output);
  }
}

/** The run, its other seeds, its cures, and what is written, one after another. */
async function trainAll(
  file: ModelFile,
  model: ModelSpec,
  args: TrainArguments,
  output: Output,
  workers: TrainWorkers,
): Promise<Outcome> {
  const { seeds, ruleOptions } = args;
  const start = performance.now();
  const profile = args.profile ? new Profile(() => performance.now()) : undefined;
  const progress = new ProgressLine(output);
  if (args.measuring || seeds > 1) progress.stage(`Training with ${seedsText(model.seed, 1)}, ${model.steps} steps.`);
  const own = trainAndDiagnose(file, model, watchRun(file, model, progress, output), ruleOptions, profile);
  const seconds = (performance.now() - start) / 1000;
  const trials = [ownTrial(own, ruleOptions), ...(await otherSeeds(own, args, progress, workers))];
  const cost = seeds > 1 ? await costOf(own, trials, args, progress, workers) : undefined;
  const run = seeds > 1 ? withSeeds(own, trials, cost) : own;
  const outcome = { run, seconds, ...(profile && { profile }) };
  const finding = args.measuring && chooseFinding(run, args.finding);
  if (!args.measuring || !finding) return outcome;
  const curesStart = performance.now();
  const measured = await measure(run, args, { finding, measuring: args.measuring, known: trials }, progress, workers);
  const cures = { measured, seconds: (performance.now() - curesStart) / 1000 };
  return { ...outcome, cures, ...(args.fix && { written: writeCure(run, measured) }) };
}

/** Prints what is noticed about the data, and how far reading and training are. */
function watchRun(file: ModelFile, { steps }: ModelSpec, progress: ProgressLine, output: Output): RunWatch {
  return {
    onRemarks: remarks => {
      progress.end();
      for (const { code, message, source } of remarks)
        output.error(`${placeAt(file, rangeOfPath(file.source, source).start)}: information ${code}: ${message}\n`);
    },
    onReading: ({ file: name, share }) => progress.update(`reading ${name}, ${Math.floor(100 * share)} %`),
    onRecord: progress.steps(steps),
  };
}

async function otherSeeds(
  { file, model }: DiagnosedRun,
  { seeds, ruleOptions }: TrainArguments,
  progress: ProgressLine,
  workers: TrainWorkers,
): Promise<readonly TrialResult[]> {
  if (seeds < 2) return [];
  progress.stage(`Training with ${seedsText(model.seed + 1, seeds - 1)}.`);
  let done = 1;
  const trials = await Promise.all(
    Array.from({ length: seeds - 1 }, async (_, index) => {
      const trial = await workers.trySeed({
        file: file.path,
        seed: model.seed + 1 + index,
        steps: model.steps,
        ruleOptions,
      });
      progress.update(`${++done} of ${seeds} seeds`);
      return trial;
    }),
  );
  progress.end();
  return trials;
}

/** Measures the cost of a fault in a run without an alarm that trains with every seed. */
async function costOf(
  run: DiagnosedRun,
  known: readonly TrialResult[],
  args: TrainArguments,
  progress: ProgressLine,
  workers: TrainWorkers,
): Promise<Finding | undefined> {
  if (run.findings.some(({ finding }) => isAlarm(finding)) || !known.every(({ trains }) => trains)) return undefined;
  return withinBudget(args, progress, options =>
    measureCost({
      run,
      ruleOptions: args.ruleOptions,
      known,
      train: candidateTrials(run, workers),
      options: { concurrency: workers.concurrency, ...options },
    }),
  );
}

async function measure(
  run: DiagnosedRun,
  args: TrainArguments,
  what: Pick<Parameters<typeof measureCures>[0], 'finding' | 'measuring' | 'known'>,
  progress: ProgressLine,
  workers: TrainWorkers,
): Promise<MeasuredCures> {
  progress.stage(
    `Measuring the cures of ${nameOf(what.finding)} with ${seedsText(run.model.seed, what.known.length)}, ` +
      `for at most ${args.budgetMs / 1000} s.`,
  );
  return withinBudget(args, progress, options =>
    measureCures({
      ...what,
      run,
      ruleOptions: args.ruleOptions,
      train: candidateTrials(run, workers),
      options: { concurrency: workers.concurrency, ...options },
    }),
  );
}

function candidateTrials({ file, model }: DiagnosedRun, workers: TrainWorkers): ReturnType<typeof workerTrials> {
  return workerTrials(file.path, workers, { written: file.source.model?.steps ?? model.steps, wanted: model.steps });
}

/** Measures something until the time of the command is over, and says how far it is. */
async function withinBudget<Result>(
  { budgetMs }: TrainArguments,
  progress: ProgressLine,
  work: (options: Pick<Parameters<typeof measureCures>[0]['options'], 'outOfTime' | 'onProgress'>) => Promise<Result>,
): Promise<Result> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), budgetMs);
  try {
    return await work({
      outOfTime: clock.signal,
      onProgress: ({ finished, planned, latest }) =>
        progress.update(`${finished} of ${planned} trainings, last: ${latest.title.slice(0, 60)}`),
    });
  } finally {
    clearTimeout(timer);
    progress.end();
  }
}

function report({ run, seconds, profile, cures, written }: Outcome, args: TrainArguments, output: Output): void {
  printProblems(run.file, run.file.source.problems, output);
  if (args.json) {
    const whole = {
      ...jsonReport(run, cures?.measured),
      ...(cures && { measuredCures: curesReport(run, cures.measured) }),
      ...(args.fix && { fix: written ? writtenReport(written) : { written: false, message: nothingToCure(run) } }),
      ...(profile && { profile: profileReport(profile) }),
    };
    output.out(`${JSON.stringify(whole, null, 2)}\n`);
    return;
  }
  const parts = [
    textReport(run, seconds, cures?.measured.finding),
    ...(cures ? [curesText(run, cures.measured, cures.seconds)] : []),
    ...(cures && written ? [writtenText(run, cures.measured, written)] : []),
    ...(args.measuring && !cures ? [`${nothingToCure(run)}\n`] : []),
    ...(profile ? [profileText(profile, run.history.records.length)] : []),
  ];
  output.out(parts.join('\n'));
}

/** Where a cure was written, what it made of the file counts. A cure that could not be written is a failure. */
function exitCode({ run, written }: Outcome): number {
  if (written?.kind === 'written') return EXIT_CODES[written.verdict];
  const code = EXIT_CODES[run.verdict.verdict];
  return code === 0 && written?.isFailure ? CANNOT_WRITE : code;
}

function seedsText(first: number, count: number): string {
  return count === 1 ? `seed ${first}` : `seeds ${first} to ${first + count - 1}`;
}

function refuse(file: ModelFile, problems: readonly TextProblem[], { json }: TrainArguments, output: Output): number {
  printProblems(file, problems, output);
  if (json) output.out(`${JSON.stringify(jsonRefusal(file, problems), null, 2)}\n`);
  return CANNOT_TRAIN;
}
