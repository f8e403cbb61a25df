/** `npm run train -- FILE`: trains one model file in the terminal and says whether its gradients are healthy. */
import { parseArgs } from 'node:util';
import type { ModelSpec } from '../spec/model-spec';
import { nearestRange } from '../spec/source-range';
import { TrainingError } from '../training/training-error';
import { isUnhealthy, trainAndDiagnose } from './train/diagnosed-run';
import { jsonRefusal, jsonReport } from './train/json-report';
import { placeAt, readModelFile, type ModelFile } from './train/model-file';
import { textReport } from './train/text-report';

const HELP = `Usage: npm run train -- FILE [--json] [--seed N] [--steps N]

Trains a model file (*.model.yaml, *.model.yml, *.model.json) for a short while and reports, layer by layer, whether its
gradients explode or vanish, why, and which edit of the file cures it.

  --json     print the report as JSON
  --seed N   train with another seed than the file's
  --steps N  train for another number of steps
  --help     print this text

Exit codes: 0 healthy, 1 something was found at the level of an error or a warning, 2 the file cannot be trained.
`;

interface Arguments {
  readonly file: string;
  readonly json: boolean;
  readonly seed: number | undefined;
  readonly steps: number | undefined;
}

function main(): number {
  try {
    const options = readArguments();
    if (!options) {
      process.stdout.write(HELP);
      return 0;
    }
    return train(options);
  } catch (error) {
    // What the system or the arguments refuse is the user's to know in a sentence; a defect of ours shows its stack.
    if (error instanceof UsageError || (error instanceof Error && 'syscall' in error)) {
      process.stderr.write(`${error.message}\nSee --help.\n`);
      return 2;
    }
    throw error;
  }
}

class UsageError extends Error {}

function readArguments(): Arguments | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options: { json: flag, seed: text, steps: text, help: flag } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return undefined;
  if (positionals.length !== 1) throw new UsageError(`One model file is needed, but ${positionals.length} were named.`);
  return {
    file: positionals[0],
    json: values.json ?? false,
    seed: wholeNumber('--seed', values.seed, 0),
    steps: wholeNumber('--steps', values.steps, 1),
  };
}

function wholeNumber(name: string, text: string | undefined, minimum: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new UsageError(`${name} is a whole number from ${minimum} on, not "${text}".`);
  }
  return value;
}

function train({ file: path, json, seed, steps }: Arguments): number {
  const file = readModelFile(path);
  printProblems(file);
  if (!file.model) return refuse(file, json);
  const model: ModelSpec = { ...file.model, ...(seed !== undefined && { seed }), ...(steps !== undefined && { steps }) };
  const start = performance.now();
  try {
    const run = trainAndDiagnose(file, model, showProgress(model.steps));
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(json ? `${JSON.stringify(jsonReport(run), null, 2)}\n` : textReport(run, seconds));
    return isUnhealthy(run) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    const range = nearestRange(file.document, error.source ?? []);
    const problem = { code: 'training', severity: 'error', message: error.message, range } as const;
    const refused = { ...file, problems: [problem] };
    printProblems(refused);
    return refuse(refused, json);
  }
}

function refuse(file: ModelFile, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(jsonRefusal(file, file.problems), null, 2)}\n`);
  return 2;
}

/** `file:line:column: error: …`, as compilers print it. */
function printProblems({ path, document, problems }: ModelFile): void {
  for (const { severity, message, range } of problems) {
    process.stderr.write(`${placeAt(path, document, range.start)}: ${severity}: ${message}\n`);
  }
}

/** In a terminal, says ten times a second how far the run is. */
function showProgress(steps: number): (record: { readonly step: number; readonly loss: number }) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let shown = 0;
  return ({ step, loss }) => {
    const now = performance.now();
    if (step + 1 === steps) process.stderr.write('\r\x1b[K');
    else if (now - shown > 100) {
      shown = now;
      process.stderr.write(`\r\x1b[Kstep ${step + 1} of ${steps}, loss ${loss.toPrecision(4)}`);
    }
  };
}

process.exitCode = main();
