import { describe, expect, it } from 'vitest';
import { driveWorker, type RunListener } from '../../src/worker/drive-worker';
import type { StartWorker } from '../../src/worker/worker-handle';
import type { StepRecord } from '../../src/record/step-record';
import { fakeWorkers, LAYOUT, MODEL, record } from './fake-worker';

const JOB = { type: 'start', model: MODEL, memoryLimitBytes: 1 } as const;
const TIMES = { graceMs: 20, startMs: 40 };

function started(): {
  readonly run: ReturnType<typeof driveWorker>;
  readonly worker: ReturnType<typeof fakeWorkers>['workers'][number];
  readonly abort: () => void;
  readonly records: StepRecord[];
} {
  const { start, workers } = fakeWorkers();
  const controller = new AbortController();
  const records: StepRecord[] = [];
  const listener: RunListener = { onStarted: () => undefined, onRecords: more => records.push(...more) };
  const run = driveWorker(start, JOB, listener, controller.signal, TIMES);
  return { run, worker: workers[0], abort: () => controller.abort(), records };
}

describe('a run in a worker', () => {
  it('gives the job, acknowledges every batch, and releases a worker that is done', async () => {
    const { run, worker, records } = started();
    expect(worker.heard).toEqual([JOB]);
    worker.listener.onMessage({ type: 'started', layout: LAYOUT });
    worker.listener.onMessage({ type: 'records', records: [record(0), record(1)] });
    worker.listener.onMessage({ type: 'records', records: [record(2)] });
    expect(worker.heard.slice(1)).toEqual([{ type: 'acknowledge' }, { type: 'acknowledge' }]);
    expect(records.map(({ step }) => step)).toEqual([0, 1, 2]);
    worker.listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
    expect(await run).toEqual({ kind: 'finished', outcome: { kind: 'completed' } });
    expect(worker).toMatchObject({ released: true, terminated: false });
  });

  it('asks a cancelled worker to stop and takes its answer', async () => {
    const { run, worker, abort } = started();
    abort();
    expect(worker.heard.at(-1)).toEqual({ type: 'cancel' });
    worker.listener.onMessage({ type: 'finished', outcome: { kind: 'cancelled', step: 3 } });
    expect(await run).toEqual({ kind: 'cancelled' });
  });

  it('ends a cancelled worker that does not answer, because it is in the middle of a step', async () => {
    const { run, worker, abort } = started();
    worker.listener.onMessage({ type: 'started', layout: LAYOUT });
    abort();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(worker).toMatchObject({ released: false, terminated: true });
  });

  it('is over when a cancelled worker is ended, however long its thread takes to go', async () => {
    const { start } = fakeWorkers();
    const stubborn: StartWorker = (limits, listener) => ({
      ...start(limits, listener),
      terminate: () => new Promise(() => undefined),
    });
    const controller = new AbortController();
    const run = driveWorker(
      stubborn,
      JOB,
      { onStarted: () => undefined, onRecords: () => undefined },
      controller.signal,
      TIMES,
    );
    controller.abort();
    expect(await run).toEqual({ kind: 'cancelled' });
  });

  it.each([
    [{ kind: 'out-of-memory' }, /more memory.*gradientHealth\.memoryLimit/],
    [{ kind: 'error', message: 'x is not a function' }, /failed \(x is not a function\).*train again/],
    [{ kind: 'exit', code: 7 }, /exit code 7.*train again/],
  ] as const)('makes one sentence with a way on of the end %j', async (end, sentence) => {
    const { run, worker } = started();
    worker.listener.onMessage({ type: 'started', layout: LAYOUT });
    worker.listener.onEnd(end);
    const ended = await run;
    expect(ended).toMatchObject({ kind: 'failed', internal: true });
    expect(ended.kind === 'failed' && ended.message).toMatch(sentence);
  });

  it('passes on why a job was refused, with its place in the file', async () => {
    const { run, worker } = started();
    worker.listener.onMessage({
      type: 'failed',
      message: 'No column `kind`.',
      internal: false,
      source: ['data', 'target'],
    });
    expect(await run).toEqual({
      kind: 'failed',
      message: 'No column `kind`.',
      internal: false,
      source: ['data', 'target'],
    });
  });

  it('gives up a worker that never starts', async () => {
    const { run, worker } = started();
    expect(await run).toMatchObject({ kind: 'failed', internal: true });
    expect(worker).toMatchObject({ released: false, terminated: true });
  });

  it('reports how far the data is read, and waits for a worker that reads on', async () => {
    const { start, workers } = fakeWorkers();
    const shares: number[] = [];
    const run = driveWorker(
      start,
      JOB,
      { onReading: ({ share }) => shares.push(share), onStarted: () => undefined, onRecords: () => undefined },
      new AbortController().signal,
      TIMES,
    );
    const { listener } = workers[0];
    for (const share of [0.1, 0.4, 0.9]) {
      await new Promise(resolve => setTimeout(resolve, TIMES.startMs / 2));
      listener.onMessage({ type: 'reading', progress: { file: 'a.csv', share } });
    }
    listener.onMessage({ type: 'started', layout: LAYOUT });
    listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
    expect(await run).toMatchObject({ kind: 'finished' });
    expect(shares).toEqual([0.1, 0.4, 0.9]);
  });

  it('ends a cancelled worker in the middle of reading', async () => {
    const { run, worker, abort } = started();
    worker.listener.onMessage({ type: 'reading', progress: { file: 'a.csv', share: 0.5 } });
    abort();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(worker).toMatchObject({ released: false, terminated: true });
  });

  it('says so when no worker can be started', async () => {
    const refuse = (): never => {
      throw new Error('no thread');
    };
    const end = await driveWorker(
      refuse,
      JOB,
      { onStarted: () => undefined, onRecords: () => undefined },
      new AbortController().signal,
    );
    expect(end).toMatchObject({ kind: 'failed', message: expect.stringContaining('no thread') as string });
  });

  it('starts nothing when it was cancelled before', async () => {
    const { start, workers } = fakeWorkers();
    const end = await driveWorker(
      start,
      JOB,
      { onStarted: () => undefined, onRecords: () => undefined },
      AbortSignal.abort(),
    );
    expect(end).toEqual({ kind: 'cancelled' });
    expect(workers).toEqual([]);
  });
});
