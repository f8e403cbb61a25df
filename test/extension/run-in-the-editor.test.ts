/** What the lens above a model and the status bar say while a run goes on, at its end, and when it was stopped. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Verifications } from '../../src/extension/cures/verifications';
import type { ModelDocuments } from '../../src/extension/documents/model-documents';
import { ModelLens } from '../../src/extension/language/code-lens';
import { ModelRuns } from '../../src/extension/runs/model-runs';
import { StatusBar } from '../../src/extension/status-bar';
import { HistoryRecorder } from '../../src/record/recorder';
import { FAKE_VSCODE, shownItem } from './fake-vscode';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { fakeWorkers, LAYOUT, MODEL, record } from '../worker/fake-worker';
import { readSource } from '../read-source';

vi.mock('vscode', async () => (await import('./fake-vscode')).FAKE_VSCODE);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SOURCE = readSource('input: [2]\nlayers:\n  - { name: answer, type: dense, units: 1 }\n');
const FILE = FAKE_VSCODE.Uri.parse('a') as unknown as vscode.Uri;
const TEXT = { uri: FILE, positionAt: () => undefined } as unknown as vscode.TextDocument;
const SNAPSHOT = { text: TEXT, source: SOURCE, places: SOURCE };
const DOCUMENTS = {
  onDidRead: () => ({ dispose: () => undefined }),
  current: () => SNAPSHOT,
  find: () => SNAPSHOT,
} as unknown as ModelDocuments;
const NOTHING_MEASURED = {
  onDidChange: () => ({ dispose: () => undefined }),
  get: () => undefined,
  seedsOf: () => undefined,
} as unknown as Verifications;

function open() {
  const { start, workers } = fakeWorkers();
  const runs = new ModelRuns(start, inProcessAnalysis());
  const lens = new ModelLens(DOCUMENTS, runs);
  new StatusBar(DOCUMENTS, runs, NOTHING_MEASURED, () => FILE).update();
  /** Titles at every time that the editor is asked to read them again. */
  const told: string[][] = [];
  lens.onDidChangeCodeLenses(() => told.push(lens.provideCodeLenses(TEXT).map(({ command }) => command!.title)));
  const done = runs.train('a', { source: SOURCE, model: MODEL, files: {}, memoryLimitBytes: 1 });
  const { listener } = workers[0];
  listener.onMessage({ type: 'started', layout: LAYOUT });
  const step = (at: number): void => listener.onMessage({ type: 'records', records: [record(at)] });
  return { runs, done, listener, step, told };
}

describe('the lens above a model', () => {
  it('leaves the editor the quiet that it waits for while a run goes on', () => {
    const { step, told } = open();
    const before = told.length;
    for (let at = 0; at < 40; at++) {
      step(at);
      vi.advanceTimersByTime(50);
    }
    expect(told.length - before).toBeLessThanOrEqual(2);
    expect(told.at(-1)[0]).toMatch(/Stop \(step \d+\/10\)/);
  });

  it('no longer offers to stop a run at the moment when it is done, as the status bar says', async () => {
    const { done, listener, step, told } = open();
    step(0);
    listener.onMessage({ type: 'finished', outcome: { kind: 'completed' } });
    await done;
    expect(told.at(-1)).toEqual(['$(pulse) Train Model', expect.stringMatching(/^Not learning.* · loss 1/)]);
    expect(shownItem.text).not.toContain('Step');
  });
});

describe('a run that a reload has interrupted', () => {
  it.each([true, false])(
    'is told above the model and in the status bar, with the way to train again (records: %s)',
    hasRecords => {
      const { start } = fakeWorkers();
      const runs = new ModelRuns(start, inProcessAnalysis());
      const lens = new ModelLens(DOCUMENTS, runs);
      new StatusBar(DOCUMENTS, runs, NOTHING_MEASURED, () => FILE).update();
      const history = new HistoryRecorder(LAYOUT);
      history.append([record(0), record(1)]);
      history.finish({ kind: 'cancelled', step: 2 });
      const current = hasRecords
        ? { id: 1, startedAt: 0, source: SOURCE, model: MODEL, history, findings: [] }
        : undefined;
      runs.restore('a', {
        status: { state: 'interrupted', step: 2, steps: 10, message: 'Interrupted.' },
        current,
        previous: undefined,
        failure: undefined,
      });
      expect(lens.provideCodeLenses(TEXT).map(({ command }) => command!.title)).toEqual([
        '$(pulse) Train Model',
        'Interrupted at step 2 of 10 by a reload',
      ]);
      expect(shownItem.text).toBe('$(pulse) Interrupted');
    },
  );
});

describe('the status bar', () => {
  it('says that a run was stopped, and counts no findings of it', async () => {
    const { runs, done, listener, step, told } = open();
    step(0);
    expect(shownItem.text).toBe('$(sync~spin) Step 1/10');
    runs.stop('a');
    listener.onMessage({ type: 'finished', outcome: { kind: 'cancelled', step: 1 } });
    await done;
    expect(shownItem.text).toBe('$(pulse) Stopped');
    expect(told.at(-1).join()).toContain('Stopped at step 1');
  });
});
