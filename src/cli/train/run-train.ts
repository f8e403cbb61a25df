/** The `train` command: a model file in, a report and an exit code out. */
import { parseArgs } from 'node:util';
import { Profile } from '../../engine/profile';
import type { RuleOptions } from '../../diagnosis/diagnose';
import { isSilenced } from '../../diagnosis/silenced';
import type { ModelSpec } from '../../spec/model-spec';
import { nearestRange } from '../../spec/source-range';
import { MAX_SEED, MAX_STEPS } from '../../spec/vocabulary/limits';
import type { StepRecord } from '../../training/step-record';
import { TrainingError } from '../../training/training-error';
import { chanceOf } from '../../verification/chance';
import { measureTrial } from '../../verification/measure-trial';
import type { Output } from '../output';
import { diagnosisSettings, isUnhealthy, tellChance, trainAndDiagnose, type DiagnosedRun } from './diagnosed-run';
import { jsonRefusal, jsonReport } from './json-report';
import { placeAt, readModelFile, type ModelFile } from './model-file';
import { profileReport, profileText } from './profile-report';
import { readRuleOptions, RuleOptionsError } from './rule-options-file';
import type { TrySeeds } from './seed-trial';
import { textReport } from './text-report';

const HELP = `Usage: npm run train -- FILE [--json] [--seed N] [--seeds N] [--steps N] [--rule-options FILE] [--profile]

Trains a model file (*.model.yaml, *.model.yml, *.model.json) for a short while and reports, layer by layer, whether its
gradients explode or vanish, why, and which edit of the file cures it.

  --json     print the report as JSON (docs/json-report.md)
  --seed N   train with another seed than the file's
  --seeds N  train with N seeds from that one on, in parallel, and say in how many what was found occurs
  --steps N  train for another number of steps
  --rule-options FILE  thresholds of rules, as JSON: { "rule": { "option": number } }
  --profile  say where the time went, kernel by kernel (counting costs some itself)
  --help     print this text

Exit codes: 0 healthy, 1 something was found at the level of an error or a warning (with any of the seeds),
2 the file cannot be trained, 3 a defect of this tool.
`;

interface Arguments {
  readonly file: string;
  readonly json: boolean;
  readonly seed: number | undefined;
  readonly seeds: number;
  readonly steps: number | undefined;
  readonly ruleOptions: RuleOptions;
  readonly profile: boolean;
}

/** As many as anybody waits for. */
const MAX_SEEDS = 1000;

/**
 * Runs the command with the arguments after its name.
 * @param trySeeds trains with the other seeds of `--seeds`
 * @returns the exit code: 0 healthy, 1 found something, 2 could not train, 3 a defect of ours
 */
export async function runTrain(args: readonly string[], output: Output, trySeeds: TrySeeds): Promise<number> {
  try {
    const options = readArguments(args);
    if (!options) {
      output.out(HELP);
      return 0;
    }
    return await train(options, output, trySeeds);
  } catch (error) {
    // What the system or the arguments refuse is the user's to know in a sentence; a defect of ours shows its stack.
    if (error instanceof UsageError || error instanceof RuleOptionsError || (error instanceof Error && 'syscall' in error)) {
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
    parsed = parseArgs({
      args: [...args], allowPositionals: true,
      options: { json: flag, profile: flag, seed: text, seeds: text, steps: text, 'rule-options': text, help: flag },
    });
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
    seeds: wholeNumber('--seeds', values.seeds, 1, MAX_SEEDS) ?? 1,
    steps: wholeNumber('--steps', values.steps, 1, MAX_STEPS),
    ruleOptions: values['rule-options'] === undefined ? {} : readRuleOptions(values['rule-options']),
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

async function train(
  { file: path, json, seed, seeds, steps, ruleOptions, profile: profiled }: Arguments, output: Output, trySeeds: TrySeeds,
): Promise<number> {
  const file = readModelFile(path);
  printProblems(file, output);
  if (!file.model) return refuse(file, json, output);
  const model: ModelSpec = { ...file.model, ...(seed !== undefined && { seed }), ...(steps !== undefined && { steps }) };
  const start = performance.now();
  const profile = profiled ? new Profile(() => performance.now()) : undefined;
  try {
    const own = trainAndDiagnose(file, model, showProgress(model.steps, output), ruleOptions, profile);
    const seconds = (performance.now() - start) / 1000;
    const { run, isSound } = seeds > 1 ? await tryOthers(own, seeds, ruleOptions, output, trySeeds) : { run: own, isSound: !isUnhealthy(own) };
    if (json) {
      const report = { ...jsonReport(run), ...(profile && { profile: profileReport(profile) }) };
      output.out(`${JSON.stringify(report, null, 2)}\n`);
    } else {
      output.out(`${textReport(run, seconds)}${profile ? `\n${profileText(profile, run.history.records.length)}` : ''}`);
    }
    return isSound ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    const range = nearestRange(file.document, error.source ?? []);
    const problem = { code: 'training', severity: 'error', message: error.message, range } as const;
    const refused = { ...file, problems: [problem] };
    printProblems(refused, output);
    return refuse(refused, json, output);
  }
}

/** The run with what other seeds showed, and whether it is sound with every one of them. */
async function tryOthers(
  run: DiagnosedRun, seeds: number, ruleOptions: RuleOptions, output: Output, trySeeds: TrySeeds,
): Promise<{ readonly run: DiagnosedRun; readonly isSound: boolean }> {
  const { file, model, history } = run;
  const requests = Array.from({ length: seeds - 1 }, (_, index) =>
    ({ file: file.path, seed: model.seed + 1 + index, steps: model.steps, ruleOptions }));
  const others = await trySeeds(requests, (done) => {
    if (output.terminal) output.error(done < requests.length ? `\r\x1b[K${done + 1} of ${seeds} seeds` : '\r\x1b[K');
  });
  const trials = [measureTrial(model, { history }, diagnosisSettings(file, ruleOptions)), ...others];
  const isAlarmed = others.some(({ findings }) =>
    findings.some((finding) => (finding.severity === 'error' || finding.severity === 'warning') && !isSilenced(file.document, finding)));
  return { run: tellChance(run, chanceOf(trials)), isSound: !isUnhealthy(run) && !isAlarmed };
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
