import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrace } from '../../src/python/read-trace';
import { Tracer, type TracerAnswer } from '../../src/python/tracer';
import { builtPython } from './python-files';

const TIME_MS = 600;

let tracer: Tracer;
let cache: string;

beforeAll(async () => {
  cache = fs.mkdtempSync(path.join(os.tmpdir(), 'gradient-health-tracer-'));
  tracer = new Tracer({ bundles: await builtPython(), cache, version: 'test' });
  await ask('x = 0');
}, 120_000);

afterAll(() => tracer.dispose());

function ask(source: string, key = 'file'): Promise<TracerAnswer> {
  return tracer.trace(
    key,
    JSON.stringify({ path: '/workspace/a.py', sources: { '/workspace/a.py': source } }),
    TIME_MS,
  );
}

/** What a program raised; it is left out, which a note says. */
function raised(answer: TracerAnswer): string | undefined {
  if (answer.kind !== 'traced') throw new Error(JSON.stringify(answer));
  const { notes } = readTrace(answer.answer);
  return notes.find(({ kind }) => kind === 'left-out')?.text.replace(/^Left out: \w+: /, '');
}

describe('the tracer', () => {
  it('keeps its snapshot', async () => {
    await expect.poll(() => fs.readdirSync(cache)).toEqual(['python-test.snapshot']);
  });

  it.each([
    ['an endless loop', 'while True:\n    pass', 'time'],
    [
      'a loop that catches everything',
      'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
      'time',
    ],
    ['one long call', 'sum(range(10**12))', 'time'],
    ['a large number', '10 ** 10 ** 10', 'time'],
    ['a hostile expression', 'import re\nre.match("(a+)+$", "a" * 60 + "b")', 'time'],
    ['too much memory', 'kept = [0] * 10**9', 'memory'],
    ['a growing list', 'kept = []\nwhile True: kept.append("x" * 10**6)', 'memory'],
    ['recursion', 'def f(): f()\nf()', 'recursion'],
    ['recursion without a limit', 'import sys\nsys.setrecursionlimit(10**7)\ndef f(): f()\nf()', 'recursion'],
  ])('says why it stopped %s, and goes on', async (_name, source, reason) => {
    expect(await ask(source)).toMatchObject({ kind: 'failed', reason });
    expect(raised(await ask('raise ValueError(41 + 1)'))).toBe('42');
  });

  it('carries nothing from one file to the next', async () => {
    await ask('import json, builtins\njson.loads = None\nbuiltins.mark = 1');
    expect(raised(await ask('import builtins\nraise ValueError(hasattr(builtins, "mark"))'))).toBe('False');
  });

  it('asks only the last of several requests of a file that wait', async () => {
    const answers = await Promise.all([ask('x = 1'), ask('x = 2'), ask('x = 3'), ask('x = 4', 'other')]);
    expect(answers.map(({ kind }) => kind)).toEqual(['traced', 'replaced', 'traced', 'traced']);
  });

  it('has no files and no network', async () => {
    expect(raised(await ask('import os\nraise ValueError(os.path.exists("/etc/passwd"))'))).toBe('False');
    expect(raised(await ask('import socket\nsocket.create_connection(("127.0.0.1", 9), 0.2)'))).toContain('Host');
  });

  it('answers also where its snapshot cannot be kept, and says why', async () => {
    const file = path.join(cache, 'no-folder');
    fs.writeFileSync(file, '');
    const notes: string[] = [];
    const other = new Tracer({
      bundles: await builtPython(),
      cache: path.join(file, 'below'),
      version: 'test',
      note: message => notes.push(message),
    });
    const answer = await other.trace('file', JSON.stringify({ path: '/a.py', sources: { '/a.py': '' } }), 5000);
    expect(answer.kind).toBe('traced');
    await expect.poll(() => notes).toEqual([expect.stringContaining('ENOTDIR')]);
    other.dispose();
  }, 60_000);
});
