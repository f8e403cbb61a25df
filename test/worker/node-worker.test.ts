/** Real processes with a script that says which process it is. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { driveWorker } from '../../src/worker/drive-worker';
import { nodeWorkers } from '../../src/worker/node-worker';
import type { StartWorker, WorkerEnd, WorkerHandle } from '../../src/worker/worker-handle';
import { LAYOUT, MODEL } from './fake-worker';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
/** A worker that says which process it is, and notes that it was started. */
function scriptNamed(name: string): { readonly script: string; readonly started: () => string[] } {
  const [script, list] = [path.join(FOLDER, `${name}.js`), path.join(FOLDER, `${name}.txt`)];
  writeFileSync(list, '');
  writeFileSync(
    script,
    `
require('node:fs').appendFileSync(${JSON.stringify(list)}, process.pid + '\\n');
process.on('message', ({ type, memoryLimitBytes }) => {
  if (type === 'start') process.send({ type: 'resident', bytes: memoryLimitBytes === ${2 ** 28} ? 2 ** 30 : 1 });
  if (type === 'start') process.send({ type: 'failed', message: String(process.pid), internal: false });
  if (type === 'cancel') process.exit(3);
  if (type === 'acknowledge') for (const held = [];;) held.push(new Array(100).fill(held.length));
  if (type === 'close') process.disconnect();
});`,
  );
  return {
    script,
    started: () =>
      readFileSync(list, 'utf8')
        .split('\n')
        .filter(line => line !== ''),
  };
}
const { script: SCRIPT } = scriptNamed('worker');
afterAll(() => rmSync(FOLDER, { recursive: true }));

const MEGABYTES = 2 ** 26;

function starter(script = SCRIPT) {
  const { start, startInBackground, prepare } = nodeWorkers(script);
  const handles = new Set<WorkerHandle>();
  const run = async (
    memoryLimitBytes = MEGABYTES,
    begin = start,
  ): Promise<{ readonly handle: WorkerHandle; readonly pid: string; readonly end: Promise<WorkerEnd> }> => {
    let ended: (end: WorkerEnd) => void;
    const end = new Promise<WorkerEnd>(resolve => (ended = resolve));
    return new Promise(resolve => {
      const handle = begin(
        { memoryLimitBytes },
        {
          onMessage: message => {
            if (message.type === 'failed') resolve({ handle, pid: message.message, end });
          },
          onEnd: reason => ended(reason),
        },
      );
      handles.add(handle);
      handle.post({ type: 'start', model: MODEL, memoryLimitBytes });
    });
  };
  return {
    run,
    runInBackground: () => run(MEGABYTES, startInBackground),
    prepare,
    endAll: () => Promise.all([...handles].map(handle => handle.terminate())),
  };
}

describe('processes of Node', () => {
  it('end with a run that is stopped in the middle of what hears nothing: a long step, or data being read', async () => {
    const busy = path.join(FOLDER, 'busy.js');
    writeFileSync(
      busy,
      `process.on('message', () => {
      process.send({ type: 'started', layout: ${JSON.stringify(LAYOUT)} }, () => {
        for (;;);
      });
    });`,
    );
    const controller = new AbortController();
    const { start } = nodeWorkers(busy);
    let end: (reason: WorkerEnd) => void;
    const gone = new Promise<WorkerEnd>(resolve => (end = resolve));
    const watched: StartWorker = (limits, listener) => start(limits, { ...listener, onEnd: reason => end(reason) });
    const listener = { onStarted: () => controller.abort(), onRecords: () => undefined };
    const job = { type: 'start', model: MODEL, memoryLimitBytes: MEGABYTES } as const;
    expect(await driveWorker(watched, job, listener, controller.signal, { graceMs: 20, startMs: 60_000 })).toEqual({
      kind: 'cancelled',
    });
    expect(await gone).toEqual({ kind: 'exit', code: 'SIGKILL' });
  });

  it('serve the next run when they are released, and not before', async () => {
    const { run, endAll } = starter();
    const first = await run();
    const second = await run();
    expect(second.pid).not.toBe(first.pid);
    first.handle.release();
    expect((await run()).pid).toBe(first.pid);
    await endAll();
  });

  it('are not given to a run with another memory limit', async () => {
    const { run, endAll } = starter();
    const first = await run();
    first.handle.release();
    expect((await run(2 * MEGABYTES)).pid).not.toBe(first.pid);
    await endAll();
  });

  it('wait, started already, once runs are expected, and are no more by expecting them twice', async () => {
    const { script, started } = scriptNamed('counted');
    const { run, prepare, endAll } = starter(script);
    for (let time = 0; time < 2; time++) prepare({ memoryLimitBytes: MEGABYTES });
    await vi.waitFor(() => expect(started().length).toBe(2), { timeout: 10_000 });
    const two = [await run(), await run()];
    // More come a while after a run was begun: not before these two.
    expect(two.map(({ pid }) => pid).sort()).toEqual(started().slice(0, 2).sort());
    await endAll();
  });

  it('are not kept where they hold much of their last model', async () => {
    const { run, endAll } = starter();
    const first = await run(2 ** 28);
    first.handle.release();
    expect((await run(2 ** 28)).pid).not.toBe(first.pid);
    await endAll();
  });

  it('that run out of memory say so, and their host lives', async () => {
    const { run, endAll } = starter();
    const { handle, end } = await run();
    handle.post({ type: 'acknowledge' });
    expect(await end).toEqual({ kind: 'out-of-memory' });
    await endAll();
  });

  it('take turns in the background; a run gets the one that ran last', async () => {
    const { run, runInBackground, endAll } = starter();
    const [first, second] = [await run(), await run()];
    for (const { handle } of [first, second]) handle.release();
    const turns: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const { handle, pid } = await runInBackground();
      turns.push(pid);
      handle.release();
    }
    expect(turns).toEqual([first.pid, second.pid, first.pid]);
    expect((await run()).pid).toBe(first.pid);
    await endAll();
  });

  it('say why they ended, and serve no more', async () => {
    const { run, endAll } = starter();
    const first = await run();
    first.handle.post({ type: 'cancel' });
    expect(await first.end).toEqual({ kind: 'exit', code: 3 });
    const second = await run();
    expect(second.pid).not.toBe(first.pid);
    await second.handle.terminate();
    expect(await second.end).toEqual({ kind: 'exit', code: 'SIGKILL' });
    await endAll();
  });

  it('of which more than two would wait are closed', async () => {
    const { run, endAll } = starter();
    const three = [await run(), await run(), await run()];
    for (const { handle } of three) handle.release();
    const next = [await run(), await run(), await run()].map(({ pid }) => pid);
    expect(next).toContain(three[1].pid);
    expect(next).toContain(three[2].pid);
    expect(next).not.toContain(three[0].pid);
    await endAll();
  });
});
