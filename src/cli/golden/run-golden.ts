/** The `golden` command: a folder of cases in, a line a case and an exit code out. */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Output } from '../output';
import { readCase } from './case-file';
import type { Precision } from './comparison';
import { caseLine, summaryLine, unsupportedLines } from './report';
import { runCase, type CaseResult } from './run-case';
import { errorText } from '../../text/error-text';

const HELP = `Usage: npm run golden -- --cases DIR [case ...] [--precision float32|float64]

Runs the golden cases of a folder (all of them, or those named) and compares every recorded number.
float32 runs the WebAssembly kernels, float64 the reference kernels; by default both are run.
Prints one line per case, with the number that used most of its tolerance, and a summary.

Exit codes: 0 all passed, 1 a case failed or cannot be read, 2 wrong usage.
`;

/**
 * Runs the command with the arguments after its name.
 * @returns the exit code: 0 all passed, 1 a case failed or cannot be read, 2 wrong usage
 */
export function runGolden(args: readonly string[], output: Output): number {
  let options;
  try {
    options = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { cases: { type: 'string' }, precision: { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return refuse(output, errorText(error));
  }
  const { values, positionals } = options;
  if (values.help) {
    output.out(HELP);
    return 0;
  }
  if (values.cases === undefined) return refuse(output, '--cases DIR is missing.');
  if (values.precision !== undefined && values.precision !== 'float32' && values.precision !== 'float64') {
    return refuse(output, `--precision is float32 or float64, not ${values.precision}.`);
  }
  const precisions: readonly Precision[] = values.precision ? [values.precision] : ['float32', 'float64'];
  let failed = false;
  for (const precision of precisions) {
    let results: readonly CaseResult[];
    try {
      results = runFolder(values.cases, positionals, precision, output);
    } catch (error) {
      return refuse(output, errorText(error));
    }
    failed ||= results.some(({ status }) => status === 'failed' || status === 'broken');
  }
  return failed ? 1 : 0;
}

function runFolder(
  folder: string,
  wanted: readonly string[],
  precision: Precision,
  output: Output,
): readonly CaseResult[] {
  const names = caseNames(folder);
  const unknown = wanted.filter(name => !names.includes(name));
  if (unknown.length > 0) throw new Error(`${folder} has no case ${unknown.join(', ')}.`);
  if (names.length === 0) throw new Error(`${folder} has no golden cases.`);
  const print = (line: string): void => output.out(`${line}\n`);
  print(`${precision}, ${precision === 'float32' ? 'WebAssembly' : 'reference'} kernels`);
  const results = (wanted.length > 0 ? wanted : names).map(name => {
    const result = runNamed(folder, name, precision);
    print(caseLine(result));
    return result;
  });
  print('');
  const missing = unsupportedLines(results);
  if (missing.length > 0) print(`Operators not supported yet:\n${missing.join('\n')}`);
  print(`${summaryLine(results)}\n`);
  return results;
}

/** A case that cannot be read or breaks the engine is a failure of that case; the others still run. */
function runNamed(folder: string, name: string, precision: Precision): CaseResult {
  try {
    return runCase(readCase(folder, name), precision);
  } catch (error) {
    return { name, status: 'broken', reason: errorText(error) };
  }
}

/** Cases of a folder, by either of their two files. */
function caseNames(folder: string): readonly string[] {
  const names = readdirSync(folder).flatMap(file => /^(.+)\.(?:json|safetensors)$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

function refuse(output: Output, message: string): number {
  output.error(`${message}\nSee --help.\n`);
  return 2;
}
