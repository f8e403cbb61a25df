/** A text that comes back, by undo or by hand, and the run of it. */
import { describe, expect, it } from 'vitest';
import { ModelRuns, type RunChange } from '../../src/extension/runs/model-runs';
import type { Source } from '../../src/frontends/frontend';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { fakeWorkers, LAYOUT, MODEL, record } from '../worker/fake-worker';
import { readSource } from '../read-source';

const textOf = (units: number): Source =>
  readSource(`input: [2]\nlayers:\n  - { name: answer, type: dense, units: ${units} }\n`);

function make() {
  const { start, workers } = fakeWorkers();
  const runs = new ModelRuns(start, inProcessAnalysis());
  const changes: RunChange[] = [];
  runs.onDidChange((_key, change) => changes.push(change));
  const train = async (units: number, end: 'completed' | 'cancelled' = 'completed'): Promise<void> => {
    const done = runs.train('a', { source: textOf(units), model: MODEL, files: {}, memoryLimitBytes: units });
    const { listener } = workers.at(-1);
    listener.onMessage({ type: 'started', layout: LAYOUT });
    listener.onMessage({ type: 'records', records: [record(0), record(1)] });
    listener.onMessage({
      type: 'finished',
      outcome: end === 'completed' ? { kind: 'completed' } : { kind: 'cancelled', step: 2 },
    });
    await done;
  };
  const ids = (): readonly (number | undefined)[] => [runs.get('a').current?.id, runs.get('a').previous?.id];
  return { runs, changes, train, ids };
}

describe('the run of a text', () => {
  it('is the current one again as soon as the file says the same, with what it was trained on', async () => {
    const { runs, changes, train, ids } = make();
    await train(1);
    await train(2);
    expect(ids()).toEqual([2, 1]);
    runs.recall('a', textOf(1));
    expect(ids()).toEqual([1, 2]);
    expect(changes.at(-1)).toBe('recalled');
    expect(runs.get('a').status).toEqual({ state: 'done', step: 2, steps: 10, message: '' });
    expect(runs.requestOf('a')?.memoryLimitBytes).toBe(1);
    runs.recall('a', textOf(2));
    expect(ids()).toEqual([2, 1]);
  });

  it('changes nothing where the file says what was trained last, or what never was, or a run goes on', async () => {
    const { runs, changes, train, ids } = make();
    await train(1);
    await train(2);
    changes.length = 0;
    runs.recall('a', textOf(2));
    runs.recall('a', textOf(3));
    expect({ ids: ids(), changes }).toEqual({ ids: [2, 1], changes: [] });
    void runs.train('a', { source: textOf(3), model: MODEL, files: {}, memoryLimitBytes: 1 });
    runs.recall('a', textOf(1));
    expect(runs.get('a').status.state).toBe('starting');
    runs.dispose();
  });

  it('has a number of its own, also after an earlier one was brought back', async () => {
    const { runs, train, ids } = make();
    await train(1);
    await train(2);
    runs.recall('a', textOf(1));
    await train(3);
    expect(ids()).toEqual([3, 1]);
  });

  it('takes the place of a text that could not be trained, and of one that was stopped', async () => {
    const { runs, train, ids } = make();
    await train(1);
    runs.refuse('a', { message: 'No.', internal: false, source: textOf(0), path: undefined });
    runs.recall('a', textOf(1));
    expect(runs.get('a')).toMatchObject({ status: { state: 'done' }, failure: undefined });
    await train(2, 'cancelled');
    runs.recall('a', textOf(1));
    runs.recall('a', textOf(2));
    expect(ids()[0]).toBe(2);
    expect(runs.get('a').status.state).toBe('cancelled');
  });

  it('is found after the file has a new name and after a reload, and is gone with the file', async () => {
    const { runs, train } = make();
    await train(1);
    await train(2);
    const state = runs.get('a');
    runs.move('a', 'b');
    runs.recall('b', textOf(1));
    expect(runs.get('b').current?.id).toBe(1);
    runs.forget('b');
    runs.recall('b', textOf(2));
    expect(runs.get('b').status.state).toBe('idle');
    const later = make();
    later.runs.restore('a', state);
    later.runs.recall('a', textOf(1));
    expect(later.ids()).toEqual([1, 2]);
  });

  it('does not hide that a newer one was interrupted before its first step', async () => {
    const { runs, train } = make();
    await train(1);
    const { current } = runs.get('a');
    const later = make();
    later.runs.restore('a', {
      status: { state: 'interrupted', step: 0, steps: 10, message: '' },
      current: undefined,
      previous: current,
      failure: undefined,
    });
    later.runs.recall('a', textOf(1));
    expect(later.runs.get('a').status.state).toBe('interrupted');
  });

  it('is let go of when others were trained since', async () => {
    const { runs, train, ids } = make();
    for (let units = 1; units <= 7; units++) await train(units);
    runs.recall('a', textOf(1));
    expect(ids()[0]).toBe(7);
    runs.recall('a', textOf(2));
    expect(ids()[0]).toBe(2);
  });
});
