/** The `evaluate` command: every model of the suite, several seeds each, and how often the diagnosis was right. */
import os from 'node:os';
import { parseArgs } from 'node:util';
import type { Output } from '../output';
import { grade, type Grades, type Share } from './grade';
import type { Trial, TrialRequest } from './trial';
import { modelPath, readSuite, type Suite } from './truth';
import { inWorkers } from '../worker-pool';

const HELP = `Usage: npm run evaluate -- [--suite FOLDER] [--seeds N] [--only TEXT] [--no-cures] [--json]

Trains every model of the evaluation suite with several seeds and prints how often the diagnosis found the planted fault,
named its root and its layer, how often the preferred cure makes the model learn, and how often it raised an alarm about a healthy model.

  --suite FOLDER  another suite than evaluation/
  --seeds N       seeds a model (3)
  --only TEXT     only models whose name contains TEXT
  --no-cures      do not measure cures, which takes most of the time
  --json          print the grades as JSON
`;

/** @param bundle the file that answers as a worker */
export async function runEvaluate(args: readonly string[], bundle: string, output: Output): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args], options: { suite: text, seeds: text, only: text, json: flag, 'no-cures': flag, help: flag },
  });
  if (values.help) {
    output.out(HELP);
    return 0;
  }
  const suite = only(readSuite(values.suite ?? 'evaluation'), values.only ?? '');
  const seeds = Array.from({ length: Number(values.seeds ?? 3) }, (_, index) => index + 1);
  const grades = grade(suite, seeds, await train(suite, seeds, !values['no-cures'], bundle, output));
  output.out(values.json ? `${JSON.stringify(grades, null, 2)}\n` : inWords(suite, seeds, grades));
  return 0;
}

function isCurable(suite: Suite, name: string): boolean {
  const fault = suite.faults.get(name);
  return fault !== undefined && fault.curable && fault.harm;
}

function only(suite: Suite, text: string): Suite {
  return {
    ...suite,
    faults: new Map([...suite.faults].filter(([name]) => name.includes(text))),
    healthy: suite.healthy.filter((name) => name.includes(text)),
  };
}

async function train(
  suite: Suite, seeds: readonly number[], cures: boolean, bundle: string, output: Output,
): Promise<(kind: 'faulty' | 'healthy', name: string, seed: number) => Trial> {
  const requests: TrialRequest[] = [];
  const add = (kind: 'faulty' | 'healthy', name: string): void => {
    for (const seed of seeds) requests.push({
      file: modelPath(suite.folder, kind, name), seed, cure: cures && kind === 'faulty' && seed === seeds[0] && isCurable(suite, name),
    });
  };
  for (const name of suite.faults.keys()) add('faulty', name);
  for (const name of suite.healthy) add('healthy', name);
  const answers = await inWorkers<TrialRequest, Trial>(bundle, requests, os.availableParallelism(), (done) => {
    if (output.terminal) output.error(`\r\x1b[K${done} of ${requests.length} runs`);
  });
  if (output.terminal) output.error('\r\x1b[K');
  const trials = new Map(requests.map(({ file, seed }, index) => [`${file} ${seed}`, answers[index]]));
  return (kind, name, seed) => {
    const trial = trials.get(`${modelPath(suite.folder, kind, name)} ${seed}`);
    if (!trial) throw new Error(`${kind}/${name} was not trained with seed ${seed}.`);
    return trial;
  };
}

function inWords(suite: Suite, seeds: readonly number[], grades: Grades): string {
  const lines = [
    `${suite.faults.size} faulty and ${suite.healthy.length} healthy models, ${seeds.length} seeds each`,
    `faults found            ${inPercent(grades.found)}`,
    `root named rightly      ${inPercent(grades.root)}`,
    `root and layer rightly  ${inPercent(grades.place)}`,
    `preferred cure trains   ${inPercent(grades.cured)}`,
    `healthy, error          ${inPercent(grades.falseErrors)}`,
    `healthy, warning        ${inPercent(grades.falseWarnings)}`,
    '',
    ...listed('Graded wrong', grades.wrong),
    ...listed('Not cured by the preferred cure', grades.uncured),
    ...listed('Planted faults that did no harm (not counted)', grades.unharmed),
    ...listed('Healthy models that did not learn (not counted)', grades.unlearnt),
  ];
  return `${lines.join('\n')}\n`;
}

function inPercent({ hits, of }: Share): string {
  return of === 0 ? 'none to count' : `${hits} of ${of} (${((100 * hits) / of).toFixed(1)} %)`;
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ''];
}
