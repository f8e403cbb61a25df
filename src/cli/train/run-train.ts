/** The `train` command: a model file in, a report and an exit code out. */
import { parseArgs } from 'node:util';
import { Profile } from '../../engine/profile';
import type { ModelSpec } from '../../spec/model-spec';
import { nearestRange } from '../../spec/source-range';
import { MAX_SEED, MAX_STEPS } from '../../spec/vocabulary/limits';
import type { StepRecord } from '../../training/step-record';
import { TrainingError } from '../../training/training-error';
import type { Output } from '../output';
import { isUnhealthy, trainAndDiagnose } from './diagnosed-run';
import { jsonRefusal, jsonReport } from './json-report';
import { placeAt, readModelFile, type ModelFile } from './model-file';
import { profileReport, profileText } from './profile-report';
import { textReport } from './text-report';

const HELP = `Usage: npm run train -- FILE [--json] [--seed N] [--steps N] [--profile]

Trains a model file (*.model.yaml, *.model.yml, *.model.json) for a short while and reports, layer by layer, whether its
gradients explode or vanish, why, and which edit of the file cures it.

  --json     print the report as JSON
  --seed N   train with another seed than the file's
  --steps N  train for another number of steps
  --profile  say where the time went, kernel by kernel (counting costs some itself)
  --help     print this text

Exit codes: 0 healthy, 1 something was found at the level of an error or a warning, 2 the file cannot be trained,
3 a defect of this tool.
`;

interface Arguments {
  readonly file: string;
  readonly json: boolean;
  readonly seed: number | undefined;
  readonly steps: number | undefined;
  readonly profile: boolean;
}

/**
 * Runs the command with the arguments after its name.
 * @returns the exit code: 0 healthy, 1 found something, 2 could not train, 3 a defect of ours
 */
export function runTrain(args: readonly string[], output: Output): number {
  try {
    const options = readArguments(args);
    if (!options) {
      output.out(HELP);
      return 0;
    }
    return train(options, output);
  } catch (error) {
    // What the system or the arguments refuse is the user's to know in a sentence; a defect of ours shows its stack.
    if (error instanceof UsageError || (error instanceof Error && 'syscall' in error)) {
      output.error(`${inWords(error)}\nSee --help.\n`);
      return 2;
    }
    const trace = error instanceof Error ? error.stack : String(error);
    output.error(`This is a defect of Gradient Health, please report it. ${trace}\n`);
    return 3;
  }
}

class UsageError extends Error {}

function inWords(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? `There is no file "${error.path}".` : error.message;
}

function readArguments(args: readonly string[]): Arguments | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { json: flag, profile: flag, seed: text, steps: text, help: flag } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return undefined;
  if (positionals.length !== 1) throw new UsageError(`One model file is needed, but ${positionals.length} were named.`);
  return {
    file: positionals[0],
    json: values.json ?? false,
    profile: values.profile ?? false,
    seed: wholeNumber('--seed', values.seed, 0, MAX_SEED),
    steps: wholeNumber('--steps', values.steps, 1, MAX_STEPS),
  };
}

function wholeNumber(name: string, text: string | undefined, minimum: number, maximum: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < minimum || value > maximum) {
    throw new UsageError(`${name} is a whole number from ${minimum} to ${maximum}, not "${text}".`);
  }
  return value;
}

function train({ file: path, json, seed, steps, profile: profiled }: Arguments, output: Output): number {
  const file = readModelFile(path);
  printProblems(file, output);
  if (!file.model) return refuse(file, json, output);
  const model: ModelSpec = { ...file.model, ...(seed !== undefined && { seed }), ...(steps !== undefined && { steps }) };
  const start = performance.now();
  const profile = profiled ? new Profile(() => performance.now()) : undefined;
  try {
    const run = trainAndDiagnose(file, model, showProgress(model.steps, output), profile);
    const seconds = (performance.now() - start) / 1000;
    if (json) {
      const report = { ...jsonReport(run), ...(profile && { profile: profileReport(profile) }) };
      output.out(`${JSON.stringify(report, null, 2)}\n`);
    } else {
      output.out(`${textReport(run, seconds)}${profile ? `\n${profileText(profile, run.history.records.length)}` : ''}`);
    }
    return isUnhealthy(run) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    const range = nearestRange(file.document, error.source ?? []);
    const problem = { code: 'training', severity: 'error', message: error.message, range } as const;
    const refused = { ...file, problems: [problem] };
    printProblems(refused, output);
    return refuse(refused, json, output);
  }
}

function refuse(file: ModelFile, json: boolean, output: Output): number {
  if (json) output.out(`${JSON.stringify(jsonRefusal(file, file.problems), null, 2)}\n`);
  return 2;
}

/** `file:line:column: error: …`, as compilers print it. */
function printProblems({ path, document, problems }: ModelFile, output: Output): void {
  for (const { severity, message, range } of problems) {
    output.error(`${placeAt(path, document, range.start)}: ${severity}: ${message}\n`);
  }
}

/** In a terminal, says ten times a second how far the run is. */
function showProgress(steps: number, output: Output): (record: StepRecord) => void {
  if (!output.terminal) return () => undefined;
  let shown = 0;
  return ({ step, loss, nonFinite }) => {
    const now = performance.now();
    if (step + 1 === steps || nonFinite) output.error('\r\x1b[K');
    else if (now - shown > 100) {
      shown = now;
      output.error(`\r\x1b[Kstep ${step + 1} of ${steps}, loss ${loss.toPrecision(4)}`);
    }
  };
}
