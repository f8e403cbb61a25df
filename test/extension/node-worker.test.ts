/** Real threads with a script that says which thread it is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeWorkerStarter } from '../../src/extension/runs/node-worker';
import type { WorkerEnd, WorkerHandle } from '../../src/extension/runs/worker-handle';
import { MODEL } from './fake-worker';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
const SCRIPT = path.join(FOLDER, 'worker.js');
writeFileSync(SCRIPT, `
const { parentPort, threadId } = require('node:worker_threads');
parentPort.on('message', ({ type }) => {
  if (type === 'start') parentPort.postMessage({ type: 'failed', message: String(threadId), internal: false });
  if (type === 'cancel') process.exit(3);
  if (type === 'close') parentPort.close();
});`);
afterAll(() => rmSync(FOLDER, { recursive: true }));

const MEGABYTES = 2 ** 26;

function starter() {
  const start = nodeWorkerStarter(SCRIPT);
  const handles = new Set<WorkerHandle>();
  const run = async (memoryLimitBytes = MEGABYTES): Promise<{ readonly handle: WorkerHandle; readonly thread: string; readonly end: Promise<WorkerEnd> }> => {
    let ended: (end: WorkerEnd) => void;
    const end = new Promise<WorkerEnd>((resolve) => (ended = resolve));
    return new Promise((resolve) => {
      const handle = start({ memoryLimitBytes }, {
        onMessage: (message) => {
          if (message.type === 'failed') resolve({ handle, thread: message.message, end });
        },
        onEnd: (reason) => ended(reason),
      });
      handles.add(handle);
      handle.post({ type: 'start', model: MODEL, memoryLimitBytes });
    });
  };
  return { run, endAll: () => Promise.all([...handles].map((handle) => handle.terminate())) };
}

describe('threads of Node', () => {
  it('serve the next run when they are released, and not before', async () => {
    const { run, endAll } = starter();
    const first = await run();
    const second = await run();
    expect(second.thread).not.toBe(first.thread);
    first.handle.release();
    expect((await run()).thread).toBe(first.thread);
    await endAll();
  });

  it('are not given to a run with another memory limit', async () => {
    const { run, endAll } = starter();
    const first = await run();
    first.handle.release();
    expect((await run(2 * MEGABYTES)).thread).not.toBe(first.thread);
    await endAll();
  });

  it('say why they ended, and serve no more', async () => {
    const { run, endAll } = starter();
    const first = await run();
    first.handle.post({ type: 'cancel' });
    expect(await first.end).toEqual({ kind: 'exit', code: 3 });
    const second = await run();
    expect(second.thread).not.toBe(first.thread);
    await second.handle.terminate();
    expect(await second.end).toEqual({ kind: 'exit', code: 1 });
    await endAll();
  });

  it('of which more than two would wait are closed', async () => {
    const { run, endAll } = starter();
    const three = [await run(), await run(), await run()];
    for (const { handle } of three) handle.release();
    const next = [await run(), await run(), await run()].map(({ thread }) => thread);
    expect(next).toContain(three[1].thread);
    expect(next).toContain(three[2].thread);
    expect(next).not.toContain(three[0].thread);
    await endAll();
  });
});
