/** `npm run golden -- --cases DIR [case …]`: holds the engine against PyTorch's reference cases. */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCase } from './golden/case-file';
import type { Precision } from './golden/comparison';
import { caseLine, summaryLine, unsupportedLines } from './golden/report';
import { runCase, type CaseResult } from './golden/run-case';

const HELP = `Usage: npm run golden -- --cases DIR [case ...] [--precision float32|float64]

Runs the golden cases of a folder (all of them, or those named) and compares every recorded number.
float32 runs the WebAssembly kernels, float64 the reference kernels; by default both are run.
Prints one line a case, with the number that took most of its allowance, and a summary.

Exit codes: 0 all passed, 1 a case failed, 2 wrong usage or unreadable cases.
`;

function main(): number {
  let options;
  try {
    options = parseArgs({
      allowPositionals: true,
      options: { cases: { type: 'string' }, precision: { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = options;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.cases === undefined) return refuse('--cases DIR is missing.');
  if (values.precision !== undefined && values.precision !== 'float32' && values.precision !== 'float64') {
    return refuse(`--precision is float32 or float64, not ${values.precision}.`);
  }
  const precisions: readonly Precision[] = values.precision ? [values.precision] : ['float32', 'float64'];
  let failed = false;
  for (const precision of precisions) {
    let results: readonly CaseResult[];
    try {
      results = runFolder(values.cases, positionals, precision);
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error));
    }
    failed ||= results.some(({ status }) => status === 'failed' || status === 'broken');
  }
  return failed ? 1 : 0;
}

function runFolder(folder: string, wanted: readonly string[], precision: Precision): readonly CaseResult[] {
  const names = caseNames(folder);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`${folder} has no case ${unknown.join(', ')}.`);
  if (names.length === 0) throw new Error(`${folder} has no golden cases.`);
  print(`${precision}, ${precision === 'float32' ? 'WebAssembly' : 'reference'} kernels`);
  const results = (wanted.length > 0 ? wanted : names).map((name) => {
    const result = runCase(readCase(folder, name), precision);
    print(caseLine(result));
    return result;
  });
  print('');
  const missing = unsupportedLines(results);
  if (missing.length > 0) print(`Operators not supported yet:\n${missing.join('\n')}`);
  print(`${summaryLine(results)}\n`);
  return results;
}

/** Cases of a folder: those with both files. */
function caseNames(folder: string): readonly string[] {
  const files = new Set(readdirSync(folder));
  return [...files].filter((file) => file.endsWith('.safetensors')).map((file) => file.slice(0, -'.safetensors'.length))
    .filter((name) => files.has(`${name}.json`)).sort();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(message: string): number {
  process.stderr.write(`${message}\nSee --help.\n`);
  return 2;
}

process.exitCode = main();
