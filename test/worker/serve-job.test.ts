import { describe, expect, it } from 'vitest';
import type { FromWorker, ToWorker } from '../../src/protocol/worker-messages';
import type { TrainingJob } from '../../src/training/job';
import { serveJobs } from '../../src/worker/serve-job';
import type { RunLayout, RunOutcome, StepRecord } from '../../src/record/step-record';
import { TrainingError } from '../../src/training/training-error';
import { testModel } from '../training/data/models';

const START: ToWorker = {
  type: 'start',
  model: testModel({ input: [1], output: [1], loss: 'mse' }),
  memoryLimitBytes: 2 ** 20,
};

/** A job of so many steps that does nothing; each step takes `stepMs` of the test's clock. */
function emptyJob(steps: number, onStep: () => void, parameters = 0): TrainingJob {
  let next = 0;
  let outcome: RunOutcome | undefined;
  return {
    layout: {
      task: 'nothing',
      steps,
      layers: [],
      parameters: Array.from({ length: parameters }, () => ({})),
    } as unknown as RunLayout,
    get outcome() {
      return outcome;
    },
    step: () => {
      if (outcome) return undefined;
      onStep();
      if (next + 1 === steps) outcome = { kind: 'completed' };
      return { step: next++ } as StepRecord;
    },
    cancel: () => (outcome ??= { kind: 'cancelled', step: next }),
  };
}

/** A host and a worker in one thread, with a clock of the test's own. */
function conversation(options: {
  readonly steps: number;
  readonly stepMs: number;
  readonly acknowledge: boolean;
  readonly error?: Error;
  readonly parameters?: number;
}) {
  const heard: FromWorker[] = [];
  const sentAt: number[] = [];
  let clock = 0;
  let trained = 0;
  const send = serveJobs({
    send: message => {
      heard.push(message);
      sentAt.push(clock);
      if (message.type === 'records' && options.acknowledge) queueMicrotask(() => send({ type: 'acknowledge' }));
    },
    checkData: () => ({ fault: undefined, remarks: [] }),
    createJob: () => {
      if (options.error) throw options.error;
      return emptyJob(
        options.steps,
        () => {
          clock += options.stepMs;
          trained++;
        },
        options.parameters,
      );
    },
    now: () => clock,
    yieldToMessages: () => new Promise(resolve => setImmediate(resolve)),
    close: () => undefined,
  });
  const idle = async (): Promise<void> => {
    for (let i = 0; i < 3000 && !heard.some(({ type }) => type === 'finished' || type === 'failed'); i++) {
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  const steps = (): number[] =>
    heard.flatMap(message => (message.type === 'records' ? message.records.map(({ step }) => step) : []));
  return { send, heard, sentAt, idle, steps, trained: () => trained };
}

const types = (heard: readonly FromWorker[]): string[] => heard.map(({ type }) => type);

describe('serveJobs', () => {
  it('sends the first record at once, then every record in order, then the outcome', async () => {
    const { send, heard, idle, steps } = conversation({ steps: 200, stepMs: 2, acknowledge: true });
    send(START);
    await idle();
    expect(types(heard).slice(0, 2)).toEqual(['started', 'records']);
    expect(heard[1]).toMatchObject({ records: [{ step: 0 }] });
    expect(steps()).toEqual([...Array(200).keys()]);
    expect(heard.at(-1)).toEqual({ type: 'finished', outcome: { kind: 'completed' } });
  });

  it('sends at most 20 batches a second', async () => {
    const { send, heard, sentAt, idle } = conversation({ steps: 500, stepMs: 4, acknowledge: true });
    send(START);
    await idle();
    const times = sentAt.filter((_, index) => heard[index].type === 'records');
    expect(times.length).toBeGreaterThan(20);
    // The last batch comes with the end of the run, whenever that is.
    for (let i = 1; i < times.length - 1; i++) expect(times[i] - times[i - 1]).toBeGreaterThanOrEqual(50);
  });

  it('sends nothing more until the last batch is acknowledged, and trains only so far ahead', async () => {
    const { send, heard, idle, steps, trained } = conversation({ steps: 5000, stepMs: 1, acknowledge: false });
    send(START);
    await idle();
    expect(types(heard)).toEqual(['started', 'records']);
    expect(trained()).toBe(1001);
    send({ type: 'acknowledge' });
    await idle();
    expect(types(heard)).toEqual(['started', 'records', 'records']);
    expect(steps()).toEqual([...Array(129).keys()]);
    expect(trained()).toBe(1129);
  });

  it.each([
    [0, 128],
    [1000, 21],
    [100_000, 1],
  ])('with %d parameters sends at most %d records in a message, and more messages', async (parameters, most) => {
    const { send, heard, idle, steps } = conversation({ steps: 700, stepMs: 0.1, acknowledge: true, parameters });
    send(START);
    await idle();
    const lengths = heard.flatMap(message => (message.type === 'records' ? [message.records.length] : []));
    expect(Math.max(...lengths)).toBe(most);
    expect(steps()).toEqual([...Array(700).keys()]);
    expect(heard.at(-1)).toEqual({ type: 'finished', outcome: { kind: 'completed' } });
  });

  it('hears a cancel between steps and ends with its outcome, even where nobody acknowledges', async () => {
    const { send, heard, idle } = conversation({ steps: 1e6, stepMs: 20, acknowledge: false });
    send(START);
    await new Promise(resolve => setImmediate(resolve));
    send({ type: 'cancel' });
    await idle();
    expect(heard.at(-1)).toMatchObject({ type: 'finished', outcome: { kind: 'cancelled' } });
  });

  it('sends a sentence for what the user can mend, with its place, and a stack for what is ours', async () => {
    const error = new TrainingError('No column.', ['data', 'target']);
    const mend = conversation({ steps: 1, stepMs: 1, acknowledge: true, error });
    mend.send(START);
    await mend.idle();
    expect(mend.heard).toEqual([
      { type: 'failed', message: 'No column.', internal: false, source: ['data', 'target'] },
    ]);
    const ours = conversation({ steps: 1, stepMs: 1, acknowledge: true, error: new Error('index out of range') });
    ours.send(START);
    await ours.idle();
    expect(ours.heard).toMatchObject([{ type: 'failed', internal: true }]);
  });

  it('takes no step of a job that was cancelled while it was made', async () => {
    const { send, heard, idle } = conversation({ steps: 10, stepMs: 1, acknowledge: true });
    send(START);
    send({ type: 'cancel' });
    await idle();
    expect(types(heard)).toEqual(['started', 'finished']);
    expect(heard[1]).toEqual({ type: 'finished', outcome: { kind: 'cancelled', step: 0 } });
  });

  it('answers a check, and refuses one while a run is under way', async () => {
    const { send, heard, idle } = conversation({ steps: 3, stepMs: 1, acknowledge: true });
    const check: ToWorker = { ...START, type: 'check' };
    send(check);
    expect(heard).toEqual([{ type: 'checked', report: { fault: undefined, remarks: [] } }]);
    send(START);
    send(check);
    expect(heard.at(-1)).toMatchObject({ type: 'failed', internal: true });
    await idle();
  });

  it('takes another start after the end, and refuses one before', async () => {
    const { send, heard, idle } = conversation({ steps: 3, stepMs: 1, acknowledge: true });
    send(START);
    send(START);
    expect(types(heard)).toEqual(['started', 'failed']);
    heard.length = 0;
    await idle();
    await new Promise(resolve => setImmediate(resolve));
    heard.length = 0;
    send(START);
    await idle();
    expect(types(heard).at(-1)).toBe('finished');
  });
});
