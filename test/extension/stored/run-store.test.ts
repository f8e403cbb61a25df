/** What outlives the session of a window: runs trained in one are looked for in another, over the same folder. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Comparisons } from '../../../src/extension/cures/comparisons';
import { Verifications } from '../../../src/extension/cures/verifications';
import { ModelRuns, type TrainingRequest } from '../../../src/extension/runs/model-runs';
import { RunFolder } from '../../../src/extension/stored/run-folder';
import { RunStore } from '../../../src/extension/stored/run-store';
import { inProcessAnalysis } from '../../analysis/in-process-analysis';
import { fakeWorkers, LAYOUT, MODEL, record } from '../../worker/fake-worker';
import { readSource } from '../../read-source';

const KEY = 'file:///models/one%20layer.model.yaml';
const request = (units = 1): TrainingRequest => ({
  source: readSource(`input: [2]\nlayers:\n  - { name: answer, type: dense, units: ${units} }\n`),
  model: MODEL,
  files: { 'a.csv': Uint8Array.of(1, 2) },
  memoryLimitBytes: 1,
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'runs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A window's session. */
function open(at = folder) {
  const { start, workers } = fakeWorkers();
  const analysis = inProcessAnalysis();
  const runs = new ModelRuns(start, analysis);
  const verifications = new Verifications(
    runs,
    analysis,
    () => ({ seeds: 1, concurrency: 1, budgetMs: 0, rootOf: () => undefined }),
    () => undefined,
  );
  const comparisons = new Comparisons(runs, analysis);
  const said: string[] = [];
  const store = new RunStore(
    new RunFolder(at),
    runs,
    { verifications, comparisons },
    { info: line => said.push(line), warn: line => said.push(line) },
  );
  /** Trains `steps` steps of 10, and to the end where those are all. */
  const train = async (steps = 10, key = KEY, units = 1): Promise<void> => {
    const done = runs.train(key, request(units));
    if (steps === 0) return;
    const { listener } = workers.at(-1);
    listener.onMessage({ type: 'started', layout: LAYOUT });
    listener.onMessage({ type: 'records', records: Array.from({ length: steps }, (_, step) => record(step)) });
    if (steps < 10) return;
    listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
    await done;
  };
  const close = async (): Promise<void> => {
    await store.flush();
    store.dispose();
    runs.dispose();
  };
  return { runs, verifications, comparisons, store, said, train, close };
}

const files = (ending: string): readonly string[] => readdirSync(folder).filter(name => name.endsWith(ending));

describe('runs that have ended', () => {
  it('are there again, the one before too, without any panel', async () => {
    const first = open();
    await first.train();
    await first.train(10, KEY, 2);
    const { current, previous } = first.runs.get(KEY);
    await first.close();
    const second = open();
    await second.store.restore(KEY);
    const state = second.runs.get(KEY);
    expect(state.status).toEqual({ state: 'done', step: 10, steps: 10, message: '' });
    expect(state.current?.history.records.map(({ loss }) => loss)).toEqual(
      current?.history.records.map(({ loss }) => loss),
    );
    expect(state.current?.findings).toEqual(current?.findings);
    expect([state.current?.id, state.previous?.id]).toEqual([current?.id, previous?.id]);
    expect(second.said).toEqual([]);
  });

  it('know the data that they were trained on', async () => {
    const first = open();
    await first.train();
    await expect.poll(() => first.store.dataOf(first.runs.get(KEY).current!)).toBeDefined();
    const data = first.store.dataOf(first.runs.get(KEY).current!);
    await first.close();
    const second = open();
    await second.store.restore(KEY);
    expect(second.store.dataOf(second.runs.get(KEY).current!)).toBe(data);
  });

  it('come back with what was measured of their cures, in as many sessions as there are', async () => {
    const first = open();
    await first.train();
    const { current } = first.runs.get(KEY);
    const finding = { rule: 'dead-relu', message: 'Dead.' } as never;
    first.verifications.restore(current!, { finding, state: { kind: 'failed', message: 'No memory.' } });
    first.comparisons.restore(current!, { finding, state: { kind: 'failed', message: 'No time.' } });
    first.runs.tellChance(KEY, current!.history, { seeds: 2, firstSeed: 1, trainsIn: 1, found: [], summary: 'half' });
    await first.close();
    for (const session of [open(), open()]) {
      await session.store.restore(KEY);
      const run = session.runs.get(KEY).current!;
      expect(run.chance?.summary).toBe('half');
      expect(session.verifications.get(run)).toMatchObject({
        finding: { rule: 'dead-relu' },
        state: { message: 'No memory.' },
      });
      expect(session.comparisons.get(KEY)).toMatchObject({ run, state: { message: 'No time.' } });
      await session.close();
    }
  });

  it('give way to what was trained before they were looked for', async () => {
    const first = open();
    await first.train();
    await first.close();
    const second = open();
    await second.train(3, KEY, 2);
    await second.store.restore(KEY);
    expect(second.runs.get(KEY).status).toMatchObject({ state: 'running', step: 3 });
    await second.close();
  });

  it('are let go of with their file', async () => {
    const first = open();
    await first.train();
    await first.close();
    const second = open();
    await second.store.restore(KEY);
    second.runs.forget(KEY);
    await second.close();
    expect(files('.run')).toEqual([]);
  });

  it('are kept of the files that were trained last', async () => {
    const { train, close } = open();
    for (let file = 0; file < 14; file++) await train(10, `file:///${file}.model.yaml`);
    await close();
    expect(files('.run')).toHaveLength(12);
  });
});

describe('a run under way', () => {
  it('is told as interrupted, with its records and the run before it', async () => {
    const first = open();
    await first.train(10);
    await first.train(7, KEY, 2);
    await first.close();
    for (const session of [open(), open()]) {
      await session.store.restore(KEY);
      const { status, current, previous } = session.runs.get(KEY);
      expect(status).toEqual({
        state: 'interrupted',
        step: 7,
        steps: 10,
        message:
          'The run was interrupted at step 7 of 10 by a window reload: train again. The same seed gives the same run.',
      });
      expect(current?.history.records).toHaveLength(7);
      expect(current?.history.outcome).toEqual({ kind: 'cancelled', step: 7 });
      expect([current?.id, previous?.id]).toEqual([2, 1]);
      expect(session.runs.isActive(KEY)).toBe(false);
      await session.close();
    }
  });

  it('is told before its first step too, and after a crash that left no time to write', async () => {
    const first = open();
    await first.train(0);
    await expect.poll(() => files('.going')).toHaveLength(1);
    const second = open();
    await second.store.restore(KEY);
    expect(second.runs.get(KEY)).toMatchObject({
      status: { state: 'interrupted', step: 0, steps: 10 },
      current: undefined,
    });
    await first.close();
    await second.close();
  });

  it('is no longer told once it was run again', async () => {
    const first = open();
    await first.train(7);
    await first.close();
    const second = open();
    await second.store.restore(KEY);
    await second.train();
    expect(second.runs.get(KEY).status.state).toBe('done');
    await second.close();
    expect(files('.going')).toEqual([]);
    const third = open();
    await third.store.restore(KEY);
    expect(third.runs.get(KEY).status.state).toBe('done');
  });
});

describe('a file that cannot be read', () => {
  it('is told once, set aside whole, and does not keep its model from being trained', async () => {
    const first = open();
    await first.train();
    await first.close();
    const name = path.join(folder, files('.run')[0]);
    const broken = readFileSync(name).subarray(0, 500);
    writeFileSync(name, broken);
    const second = open();
    await second.store.restore(KEY);
    const [aside] = files('.unreadable');
    const message = `The stored run of one layer.model.yaml could not be read: it is truncated or was modified. It was set aside as ${aside}; train again.`;
    expect(second.runs.get(KEY)).toMatchObject({ status: { state: 'idle', message }, current: undefined });
    expect(second.said).toEqual([expect.stringContaining(message)]);
    expect(readFileSync(path.join(folder, aside))).toEqual(broken);
    await second.train();
    await second.close();
    const third = open();
    await third.store.restore(KEY);
    expect({ said: third.said, state: third.runs.get(KEY).status.state }).toEqual({ said: [], state: 'done' });
  });

  it('of an earlier version is told in the log', async () => {
    const first = open();
    await first.train();
    await first.close();
    writeFileSync(path.join(folder, files('.run')[0].replace('.run', '.json')), '{"format":2}');
    const second = open();
    await second.store.restore(KEY);
    expect(second.said).toEqual([
      `${KEY}: an earlier version of the extension stored its run, in a format that is no longer read. Train again.`,
    ]);
    expect(second.runs.get(KEY).status.state).toBe('done');
    expect(files('.json')).toEqual([]);
  });
});

describe('the folder', () => {
  it('leaves the older file as it is when a newer one cannot be written, and no part of the newer', async () => {
    const at = new RunFolder(folder);
    await at.write('a.run', Uint8Array.of(1));
    const halfWritten = {
      get length(): number {
        throw new Error('The disk is full.');
      },
    } as Uint8Array;
    await expect(at.write('a.run', halfWritten)).rejects.toThrow();
    expect(await at.read('a.run')).toEqual(Buffer.of(1));
    expect(readdirSync(folder)).toEqual(['a.run']);
  });

  it('lets go of what a crash left half written, and not of what another window writes', async () => {
    for (const name of ['a.run.1-0.part', 'b.run.2-0.part']) writeFileSync(path.join(folder, name), 'half');
    const yesterday = Date.now() / 1000 - 86_400;
    utimesSync(path.join(folder, 'a.run.1-0.part'), yesterday, yesterday);
    await new RunFolder(folder).removeUnfinished();
    expect(readdirSync(folder)).toEqual(['b.run.2-0.part']);
  });

  it('that cannot be written to is told, and no run fails of it', async () => {
    const blocked = path.join(folder, 'file');
    writeFileSync(blocked, '');
    const session = open(blocked);
    await session.train();
    await session.store.flush();
    expect(session.runs.get(KEY).status.state).toBe('done');
    expect(session.said.join()).toContain('Runs are not kept across a window reload: ');
    await session.close();
  });
});
