import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tracer, type TracerAnswer } from '../../src/python/tracer';
import { builtPython } from './python-files';

const TIME_MS = 600;

let tracer: Tracer;
let cache: string;

beforeAll(async () => {
  cache = fs.mkdtempSync(path.join(os.tmpdir(), 'gradient-health-tracer-'));
  tracer = new Tracer({ bundles: await builtPython(), cache, version: 'test' });
  await ask('result = 0');
}, 120_000);

afterAll(() => tracer.dispose());

function ask(source: string, key = 'file'): Promise<TracerAnswer> {
  return tracer.trace(key, JSON.stringify({ path: '/workspace/a.py', source }), TIME_MS);
}

const traced = (result: string): TracerAnswer => ({ kind: 'traced', answer: JSON.stringify({ result }) });

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
    expect(await ask('result = 41 + 1')).toEqual(traced('42'));
  });

  it('carries nothing from one file to the next', async () => {
    await ask('import json, builtins\njson.loads = None\nbuiltins.mark = 1\nresult = 1');
    expect(await ask('import builtins\nresult = hasattr(builtins, "mark")')).toEqual(traced('False'));
  });

  it('asks only the last of several requests of a file that wait', async () => {
    const answers = await Promise.all([
      ask('result = 1'),
      ask('result = 2'),
      ask('result = 3'),
      ask('result = 4', 'other'),
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(['traced', 'replaced', 'traced', 'traced']);
  });

  it('has no files and no network', async () => {
    expect(await ask('import os\nresult = os.path.exists("/etc/passwd")')).toEqual(traced('False'));
    expect(await ask('import socket\nsocket.create_connection(("127.0.0.1", 9), 0.2)')).toMatchObject({
      kind: 'failed',
    });
  });
});
