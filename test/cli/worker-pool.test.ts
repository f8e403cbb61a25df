/** Real threads with a script of a few lines. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inWorkers, WorkerPool } from '../../src/cli/worker-pool';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
const SCRIPT = path.join(FOLDER, 'worker.js');
writeFileSync(
  SCRIPT,
  `
const { parentPort, threadId } = require('node:worker_threads');
parentPort.on('message', (request) => {
  if (request === 'fail') parentPort.postMessage({ error: 'It failed.' });
  else if (request === 'exit') process.exit(3);
  else if (request === 'crash') throw new Error('It crashed.');
  else if (request === 'thread') parentPort.postMessage({ answer: threadId });
  else parentPort.postMessage({ answer: request * 2 });
});`,
);
afterAll(() => rmSync(FOLDER, { recursive: true }));

describe('WorkerPool', () => {
  it('answers in the order of the requests and reports each answer', async () => {
    const done: number[] = [];
    expect(await inWorkers(SCRIPT, [1, 2, 3, 4, 5], 2, count => done.push(count))).toEqual([2, 4, 6, 8, 10]);
    expect(done).toEqual([1, 2, 3, 4, 5]);
    await expect(inWorkers(SCRIPT, [1, 'fail', 3], 2, () => undefined)).rejects.toThrow('It failed.');
  });

  it('keeps a thread for later requests', async () => {
    const pool = new WorkerPool<string, number>(SCRIPT, 1);
    expect(await pool.ask('thread')).toBe(await pool.ask('thread'));
    await pool.close();
  });

  it.each(['crash', 'exit'])('rejects what a thread did not answer (%s) and serves the rest in another', async how => {
    const pool = new WorkerPool<number | string, number>(SCRIPT, 1);
    const lost = pool.ask(how);
    const waiting = pool.ask(4);
    await expect(lost).rejects.toThrow(how === 'crash' ? 'It crashed.' : 'ended with code 3');
    expect(await waiting).toBe(8);
    expect(await pool.ask(5)).toBe(10);
    await pool.close();
  });

  it('rejects what was not begun when it is closed', async () => {
    const pool = new WorkerPool<number, number>(SCRIPT, 1);
    const [first, second] = [pool.ask(1), pool.ask(2)];
    const rejected = expect(second).rejects.toThrow('closed');
    await pool.close();
    await rejected;
    expect(await first).toBe(2);
  });
});
