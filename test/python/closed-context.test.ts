import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ClosedContext, type PythonFiles } from '../../src/python/closed-context';
import { ESCAPES } from './escapes';
import { pythonFiles } from './python-files';

const SECRET = 'this line is read from a file of the host';
/** What nothing inside may ever show: of the host's files, programs and objects. */
const OF_THE_HOST = [SECRET, /uid=\d+/, process.version, `${process.pid}`, 'HAS exit', /object Object\b.*process/];

let files: PythonFiles;
/** Serves one attempt after another; a new one takes its place where an attempt broke it. */
let shared: ClosedContext | undefined;
let folder: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradient-health-escape-'));
  fs.writeFileSync(path.join(folder, 'canary'), SECRET);
  const plain = await pythonFiles();
  const context = await ClosedContext.open(plain, true);
  files = { ...plain, snapshot: context.snapshot() };
}, 60_000);

/** Runs an attempt; what it printed, and how it ended. */
async function attempt(source: string): Promise<string> {
  const context = shared ?? (await ClosedContext.open(files));
  if (!shared) context.save();
  shared = context;
  const own = source.replaceAll('CANARY_FILE', path.join(folder, 'canary')).replaceAll('CANARY_FOLDER', folder);
  const body = own.split('\n').map(line => `    ${line}`);
  const program = [
    'import io, sys',
    'out = sys.stdout = io.StringIO()',
    'try:',
    ...body,
    'except BaseException as problem:',
    '    print("EXC", type(problem).__name__, problem)',
    'finally:',
    '    sys.stdout = sys.__stdout__',
    'out.getvalue()',
  ].join('\n');
  const answered = context.run(program);
  await new Promise(resolve => setTimeout(resolve, 20));
  context.restore();
  if (context.run('6 * 7').ok === false) shared = undefined;
  return `${answered.ok ? answered.text : answered.error}\n${context.takeLog()}`;
}

describe('a closed context', () => {
  it('runs Python', async () => {
    expect(await attempt('print(sum(range(10)))')).toContain('45');
  });

  it.each(Object.entries(ESCAPES))('keeps in: %s', async (_name, source) => {
    const before = Object.keys(globalThis).length;
    const shown = await attempt(source);
    for (const part of OF_THE_HOST) {
      if (typeof part === 'string') expect(shown).not.toContain(part);
      else expect(shown).not.toMatch(part);
    }
    expect(Object.keys(globalThis)).toHaveLength(before);
  });

  it('has the attempts of the host succeed outside, so that they are attempts', () => {
    expect(fs.readFileSync(path.join(folder, 'canary'), 'utf8')).toBe(SECRET);
  });

  it('takes everything back', async () => {
    const context = await ClosedContext.open(files);
    context.run('import json, random');
    context.save();
    context.run('json.dumps = None; random.mark = 1; kept = ["x" * 1000 for _ in range(20000)]');
    context.restore();
    expect(context.run('json.dumps([hasattr(random, "mark"), "kept" in globals()])')).toEqual({
      ok: true,
      text: '[false, false]',
    });
  });

  it('refuses more memory than it may have, and goes on', async () => {
    const context = await ClosedContext.open(files);
    context.save();
    expect(context.run('[0] * 10**9')).toMatchObject({
      ok: false,
      error: expect.stringContaining('MemoryError') as string,
    });
    context.restore();
    expect(context.run('1 + 1')).toEqual({ ok: true, text: '2' });
  });

  it('answers with a text whatever was thrown', async () => {
    const context = await ClosedContext.open(files);
    const answered = context.run('from js import Object\nraise ValueError("wrong")');
    expect(answered).toMatchObject({ ok: false, error: expect.stringContaining('ValueError: wrong') as string });
  });
});
