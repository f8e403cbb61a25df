/** Real threads with a script that says which thread it is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { driveWorker } from '../../src/extension/runs/drive-worker';
import { nodeWorkers } from '../../src/extension/runs/node-worker';
import type { StartWorker, WorkerEnd, WorkerHandle } from '../../src/extension/runs/worker-handle';
import { LAYOUT, MODEL } from './fake-worker';

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
  const { start, startInBackground, prepare } = nodeWorkers(SCRIPT);
  const handles = new Set<WorkerHandle>();
  const run = async (memoryLimitBytes = MEGABYTES, begin = start): Promise<{ readonly handle: WorkerHandle; readonly thread: string; readonly end: Promise<WorkerEnd> }> => {
    let ended: (end: WorkerEnd) => void;
    const end = new Promise<WorkerEnd>((resolve) => (ended = resolve));
    return new Promise((resolve) => {
      const handle = begin({ memoryLimitBytes }, {
        onMessage: (message) => {
          if (message.type === 'failed') resolve({ handle, thread: message.message, end });
        },
        onEnd: (reason) => ended(reason),
      });
      handles.add(handle);
      handle.post({ type: 'start', model: MODEL, memoryLimitBytes });
    });
  };
  return { run, runInBackground: () => run(MEGABYTES, startInBackground), prepare, endAll: () => Promise.all([...handles].map((handle) => handle.terminate())) };
}

describe('threads of Node', () => {
  it('end with a run that is stopped in the middle of what hears nothing: a long step, or data being read', async () => {
    const busy = path.join(FOLDER, 'busy.js');
    writeFileSync(busy, `require('node:worker_threads').parentPort.on('message', () => {
      require('node:worker_threads').parentPort.postMessage({ type: 'started', layout: ${JSON.stringify(LAYOUT)} });
      for (;;);
    });`);
    const controller = new AbortController();
    const { start } = nodeWorkers(busy);
    let end: (reason: WorkerEnd) => void;
    const gone = new Promise<WorkerEnd>((resolve) => (end = resolve));
    const watched: StartWorker = (limits, listener) => start(limits, { ...listener, onEnd: (reason) => end(reason) });
    const listener = { onStarted: () => controller.abort(), onRecords: () => undefined };
    const job = { type: 'start', model: MODEL, memoryLimitBytes: MEGABYTES } as const;
    expect(await driveWorker(watched, job, listener, controller.signal, { graceMs: 20, startMs: 60_000 })).toEqual({ kind: 'cancelled' });
    expect(await gone).toEqual({ kind: 'exit', code: 1 });
  });

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

  it('wait, started already, once runs are expected', async () => {
    const { run, prepare, endAll } = starter();
    prepare({ memoryLimitBytes: MEGABYTES });
    // Numbers of threads only grow.
    const later = new Worker(SCRIPT);
    const threads = [await run(), await run()].map(({ thread }) => Number(thread));
    for (const thread of threads) expect(thread).toBeLessThan(later.threadId);
    // Both serve: one more is kept for the next run.
    prepare({ memoryLimitBytes: MEGABYTES });
    const last = new Worker(SCRIPT);
    expect(Number((await run()).thread)).toBeLessThan(last.threadId);
    expect(Number((await run()).thread)).toBeGreaterThan(last.threadId);
    await Promise.all([endAll(), later.terminate(), last.terminate()]);
  });

  it('are no more by expecting runs twice', async () => {
    const { run, prepare, endAll } = starter();
    prepare({ memoryLimitBytes: MEGABYTES });
    const between = new Worker(SCRIPT);
    prepare({ memoryLimitBytes: MEGABYTES });
    for (const { thread } of [await run(), await run()]) expect(Number(thread)).toBeLessThan(between.threadId);
    await Promise.all([endAll(), between.terminate()]);
  });

  it('take turns in the background; a run gets the one that ran last', async () => {
    const { run, runInBackground, endAll } = starter();
    const [first, second] = [await run(), await run()];
    for (const { handle } of [first, second]) handle.release();
    const turns: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const { handle, thread } = await runInBackground();
      turns.push(thread);
      handle.release();
    }
    expect(turns).toEqual([first.thread, second.thread, first.thread]);
    expect((await run()).thread).toBe(first.thread);
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
