import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../src/diagnosis/finding';
import {
  ModelRuns,
  type ModelRunState,
  type RunChange,
  type TrainingRequest,
} from '../../src/extension/runs/model-runs';
import { HistoryRecorder } from '../../src/record/recorder';
import type { RunState } from '../../src/protocol/panel-messages';
import { buildRun, stuck } from '../diagnosis/history-builder';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { fakeWorkers, LAYOUT, MODEL, record } from '../worker/fake-worker';
import { readSource } from '../read-source';

const REQUEST: TrainingRequest = {
  source: readSource('input: [2]\nlayers:\n  - { name: answer, type: dense, units: 1 }\n'),
  model: MODEL,
  files: {},
  memoryLimitBytes: 1,
};
const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

function make(): {
  readonly runs: ModelRuns;
  readonly workers: ReturnType<typeof fakeWorkers>['workers'];
  readonly changes: RunChange[];
} {
  const { start, workers } = fakeWorkers();
  const runs = new ModelRuns(start, inProcessAnalysis());
  const changes: RunChange[] = [];
  runs.onDidChange((_key, change) => changes.push(change));
  return { runs, workers, changes };
}

async function trainToEnd(runs: ModelRuns, workers: ReturnType<typeof fakeWorkers>['workers']): Promise<void> {
  const done = runs.train('a', REQUEST);
  const { listener } = workers.at(-1);
  listener.onMessage({ type: 'started', layout: LAYOUT });
  listener.onMessage({ type: 'records', records: Array.from({ length: 10 }, (_, step) => record(step)) });
  listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
  await done;
}

describe('options of rules', () => {
  it('are those of the file, and hold for the last run as soon as they change', async () => {
    const {
      model,
      history: { layout, records },
    } = buildRun({ layers: [{ name: 'hidden', activation: 'relu', dead: 0.6 }, { name: 'answer' }], loss: stuck });
    const history = new HistoryRecorder(layout);
    history.append(records);
    history.finish({ kind: 'completed' });
    let deadShare = 0.5;
    const runs = new ModelRuns(fakeWorkers().start, inProcessAnalysis(), key =>
      key === 'a' ? { 'dead-relu': { deadShare } } : {},
    );
    const state = (status: RunState): ModelRunState => ({
      status: { state: status, step: records.length, steps: records.length, message: '' },
      previous: undefined,
      failure: undefined,
      current: { id: 1, startedAt: 0, source: REQUEST.source, model, history, findings: [] },
    });
    runs.restore('a', state('done'));
    runs.restore('b', state('done'));
    runs.restore('cancelled', state('cancelled'));
    const rules = (key: string) => runs.get(key).current?.findings.map(({ rule }) => rule);
    await runs.diagnoseAgain();
    expect(['a', 'b', 'cancelled'].map(rules)).toEqual([['dead-relu'], ['dead-relu'], []]);
    deadShare = 0.7;
    await runs.diagnoseAgain();
    expect(['a', 'b'].map(rules)).toEqual([['not-learning'], ['dead-relu']]);
  });
});

/** An analysis that answers when the test says so. */
function slowAnalysis() {
  const looks: { readonly answer: (findings: readonly Finding[]) => void; readonly fail: (error: Error) => void }[] =
    [];
  const analysis = {
    follow: () => undefined,
    append: () => undefined,
    diagnose: () => new Promise<readonly Finding[]>((answer, fail) => void looks.push({ answer, fail })),
  };
  return { analysis, looks };
}

describe('the analysis of a run', () => {
  const FINDING: Finding = {
    rule: 'not-learning',
    severity: 'warning',
    layer: undefined,
    at: { layer: 'answer' },
    message: 'It does not learn.',
    measured: {},
    step: 1,
    related: [],
    fixes: [],
  };
  afterEach(() => void vi.useRealTimers());

  function begun() {
    const { start, workers } = fakeWorkers();
    const { analysis, looks } = slowAnalysis();
    const runs = new ModelRuns(start, analysis);
    const done = runs.train('a', REQUEST);
    const { listener } = workers[0];
    listener.onMessage({ type: 'started', layout: LAYOUT });
    const records = (from: number): void =>
      listener.onMessage({ type: 'records', records: Array.from({ length: 30 }, (_, step) => record(from + step)) });
    const end = (): void => listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
    return { runs, workers, looks, done, records, end };
  }

  it('looks once at a time, and at nothing that the end has overtaken', async () => {
    vi.useFakeTimers();
    const { runs, looks, done, records, end } = begun();
    for (let from = 0; from < 150; from += 30) {
      vi.advanceTimersByTime(1000);
      records(from);
    }
    expect(looks).toHaveLength(1);
    looks[0].answer([]);
    await vi.advanceTimersByTimeAsync(1000);
    records(150);
    expect(looks).toHaveLength(2);
    end();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.get('a').status.state).toBe('running');
    looks[2].answer([FINDING]);
    await done;
    looks[1].answer([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.get('a')).toMatchObject({ status: { state: 'done' }, current: { findings: [FINDING] } });
  });

  it('that could not be made is why a run failed', async () => {
    const { runs, looks, done, end } = begun();
    end();
    await vi.waitFor(() => expect(looks).toHaveLength(1));
    looks[0].fail(new Error('The analysis process ended.'));
    await done;
    expect(runs.get('a')).toMatchObject({
      status: { state: 'failed', message: 'The analysis process ended.' },
      failure: { internal: true },
    });
  });

  it('is waited for before a run is kept: one that was overtaken is not found again', async () => {
    const { runs, looks, done, end, workers } = begun();
    end();
    await vi.waitFor(() => expect(looks).toHaveLength(1));
    const other = readSource('input: [2]\nlayers:\n  - { name: answer, type: dense, units: 2 }\n');
    const second = runs.train('a', { ...REQUEST, source: other });
    looks[0].answer([FINDING]);
    await done;
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    workers[1].listener.onMessage({ type: 'failed', message: 'No.', internal: false });
    await second;
    runs.recall('a', REQUEST.source);
    expect(runs.get('a')).toMatchObject({ status: { state: 'failed' }, current: undefined });
  });
});

describe('the runs of a model file', () => {
  it('say how far their data is read, until they run', async () => {
    const { runs, workers } = make();
    const done = runs.train('a', REQUEST);
    const { listener } = workers[0];
    listener.onMessage({ type: 'reading', progress: { file: 'churn.csv', share: 0.456 } });
    expect(runs.get('a').status).toEqual({ state: 'starting', step: 0, steps: 10, message: 'Reading churn.csv: 45 %' });
    listener.onMessage({ type: 'started', layout: LAYOUT });
    expect(runs.get('a').status).toMatchObject({ state: 'running', message: '' });
    listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
    await done;
  });

  it('go from starting over running to done, each change told', async () => {
    const { runs, workers, changes } = make();
    const done = runs.train('a', REQUEST);
    expect(runs.get('a').status).toEqual({ state: 'starting', step: 0, steps: 10, message: '' });
    const { listener } = workers[0];
    listener.onMessage({ type: 'started', layout: LAYOUT });
    expect(runs.get('a').status.state).toBe('running');
    listener.onMessage({ type: 'records', records: [record(0), record(1)] });
    expect(runs.get('a').status.step).toBe(2);
    listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
    await done;
    expect(runs.get('a').status.state).toBe('done');
    expect(runs.get('a').current?.history.outcome).toEqual({ kind: 'completed' });
    expect(changes).toEqual(['run', 'run', 'records', 'findings']);
  });

  it('keep the run before for comparison, from the moment another one is asked for', async () => {
    const { runs, workers } = make();
    await trainToEnd(runs, workers);
    const first = runs.get('a').current;
    const done = runs.train('a', REQUEST);
    expect(runs.get('a')).toMatchObject({ current: undefined, previous: { id: 1 } });
    workers[1].listener.onMessage({ type: 'started', layout: LAYOUT });
    expect(runs.get('a').current?.id).toBe(2);
    expect(runs.get('a').previous).toBe(first);
    runs.stop('a');
    workers[1].listener.onMessage({ type: 'finished', outcome: { kind: 'cancelled', step: 0 } });
    await done;
    expect(runs.get('a').status.state).toBe('cancelled');
  });

  it('drop what an earlier run still reports when another one of the same file is asked for', async () => {
    const { runs, workers } = make();
    const first = runs.train('a', REQUEST);
    workers[0].listener.onMessage({ type: 'started', layout: LAYOUT });
    const second = runs.train('a', { ...REQUEST });
    workers[0].listener.onMessage({ type: 'records', records: [record(0)] });
    workers[0].listener.onMessage({ type: 'finished', outcome: { kind: 'cancelled', step: 0 } });
    await first;
    await turn();
    expect(runs.get('a').status).toMatchObject({ state: 'starting', step: 0 });
    workers[1].listener.onMessage({ type: 'failed', message: 'No.', internal: false });
    await second;
    expect(runs.get('a').status).toMatchObject({ state: 'failed', message: 'No.' });
  });

  it('start a new worker after one was lost', async () => {
    const { runs, workers } = make();
    const lost = runs.train('a', REQUEST);
    workers[0].listener.onMessage({ type: 'started', layout: LAYOUT });
    workers[0].listener.onEnd({ kind: 'exit', code: 1 });
    await lost;
    expect(runs.get('a').status.state).toBe('failed');
    await trainToEnd(runs, workers);
    expect(workers).toHaveLength(2);
    expect(runs.get('a').status.state).toBe('done');
    expect(runs.get('a').failure).toBeUndefined();
  });

  it('move with a file that is renamed, and are forgotten with one that is deleted', async () => {
    const { runs, workers, changes } = make();
    await trainToEnd(runs, workers);
    runs.move('a', 'b');
    expect(runs.get('a').status.state).toBe('idle');
    expect(runs.get('b').current?.id).toBe(1);
    runs.forget('b');
    expect(runs.keys()).toEqual([]);
    expect(changes.at(-1)).toBe('forgotten');
  });

  it('let a run that waits for room be stopped at once', async () => {
    const { runs } = make();
    const running = ['a', 'b'].map(key => runs.train(key, { ...REQUEST }));
    const waiting = runs.train('c', { ...REQUEST });
    runs.stop('c');
    await waiting;
    expect(runs.get('c').status.state).toBe('cancelled');
    runs.dispose();
    await Promise.all(running);
  });
});
