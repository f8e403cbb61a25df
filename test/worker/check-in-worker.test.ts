import { describe, expect, it } from 'vitest';
import { checkInWorker } from '../../src/worker/check-in-worker';
import { fakeWorkers, MODEL } from './fake-worker';

const REQUEST = { type: 'check', model: MODEL, files: {}, memoryLimitBytes: 1 } as const;
const REPORT = { fault: undefined, remarks: [] };

function begun(): {
  readonly check: ReturnType<typeof checkInWorker>;
  readonly worker: ReturnType<typeof fakeWorkers>['workers'][number];
  readonly abort: () => void;
} {
  const { start, workers } = fakeWorkers();
  const controller = new AbortController();
  const check = checkInWorker(start, REQUEST, controller.signal, 20);
  return { check, worker: workers[0], abort: () => controller.abort() };
}

describe('a check in a worker', () => {
  it('gives what the worker reports, and gives the worker back', async () => {
    const { check, worker } = begun();
    expect(worker.heard).toEqual([REQUEST]);
    worker.listener.onMessage({ type: 'checked', report: REPORT });
    expect(await check).toEqual(REPORT);
    expect(worker).toMatchObject({ released: true, terminated: false });
  });

  it('ends a worker that reads on after the check was called off, and keeps one that is done by then', async () => {
    const slow = begun();
    slow.abort();
    expect(await slow.check).toBeUndefined();
    expect(slow.worker).toMatchObject({ released: false, terminated: true });
    const quick = begun();
    quick.abort();
    quick.worker.listener.onMessage({ type: 'checked', report: REPORT });
    expect(await quick.check).toBeUndefined();
    expect(quick.worker).toMatchObject({ released: true, terminated: false });
  });

  it('fails where the worker does', async () => {
    const failing = begun();
    failing.worker.listener.onMessage({ type: 'failed', message: 'a defect', internal: true });
    await expect(failing.check).rejects.toThrow('a defect');
    const gone = begun();
    gone.worker.listener.onEnd({ kind: 'exit', code: 1 });
    await expect(gone.check).rejects.toThrow('exit code 1');
  });
});
