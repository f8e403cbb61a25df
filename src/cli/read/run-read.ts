import fs from 'node:fs';
import path from 'node:path';
import { readTrace } from '../../python/read-trace';
import { Tracer } from '../../python/tracer';
import { errorText } from '../../text/error-text';
import type { Output } from '../output';
import { traceReport, type TraceReport } from './trace-report';
import { traceText } from './trace-text';

const USAGE = `Usage: npm run read -- FILE.py… [--json]

Reads PyTorch files by running them on tensors without numbers, in a closed sandbox. Prints the model, its training, what
was assumed, and what stopped the reading. Other Python files of the same folder are read where they are imported.
`;
/** More is no source of a model. */
const MAX_SOURCE_BYTES = 2 * 2 ** 20;
const MAX_SOURCES = 500;
/** Python stops itself at the first; the host ends it at the second. */
const SECONDS = 8;
const TIMEOUT_MS = 12_000;

/**
 * Reads each file. Exit code 0 where every file was read, 1 where one was not, 2 for wrong arguments.
 *
 * @param bundles folder of the bundles, with `python/` in it
 * @param cache folder that the memory of a started Python is kept in
 */
export async function runRead(
  args: readonly string[],
  output: Output,
  bundles: string,
  cache: string,
): Promise<number> {
  const files = args.filter(arg => !arg.startsWith('--'));
  const unknown = args.find(arg => arg.startsWith('--') && arg !== '--json');
  if (files.length === 0 || unknown !== undefined) {
    output.error(unknown === undefined ? USAGE : `There is no option ${unknown}.\n\n${USAGE}`);
    return 2;
  }
  const tracer = new Tracer({
    bundles,
    cache,
    version: 'cli',
    note: message => output.error(`Python starts slower next time: ${message}\n`),
  });
  let code = 0;
  try {
    for (const file of files) {
      const report = await read(tracer, file);
      if (report.problem !== undefined) code = 1;
      output.out(args.includes('--json') ? `${JSON.stringify(report)}\n` : traceText(report));
    }
  } finally {
    tracer.dispose();
  }
  return code;
}

async function read(tracer: Tracer, file: string): Promise<TraceReport> {
  const full = path.resolve(file);
  let sources: Readonly<Record<string, string>>;
  try {
    sources = sourcesBeside(full);
  } catch (error) {
    return { file, problem: errorText(error) };
  }
  const request = JSON.stringify({ path: full, sources, seconds: SECONDS });
  const answer = await tracer.trace(full, request, TIMEOUT_MS);
  switch (answer.kind) {
    case 'traced':
      return traceReport(file, sources, readTrace(answer.answer));
    case 'failed':
      return { file, problem: `Python stopped (${answer.reason}): ${lastLine(answer.message)}` };
    case 'replaced':
      return { file, problem: 'It was not read.' };
  }
}

/** The file and the Python files of its folder and of folders in it, since they may import each other. */
function sourcesBeside(file: string): Readonly<Record<string, string>> {
  const folder = path.dirname(file);
  const beside = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.py'))
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(name => name !== file && fs.statSync(name).size <= MAX_SOURCE_BYTES)
    .slice(0, MAX_SOURCES);
  return Object.fromEntries([file, ...beside].map(name => [name, fs.readFileSync(name, 'utf8')]));
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
