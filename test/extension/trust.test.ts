/** A workspace that is not trusted: each door is tried with all that lies behind it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { compareCuresOf, type ComparingContext } from '../../src/extension/commands/compare-cures';
import { trainModelFile } from '../../src/extension/commands/train-model-file';
import { beginningText, readDataFiles } from '../../src/extension/data/data-file';
import { driveWorker } from '../../src/worker/drive-worker';
import { onlyTrusted } from '../../src/extension/settings/trust';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { Uri, workspace } from './fake-file-host';
import { fakeWorkers, MODEL } from '../worker/fake-worker';

const { warnings } = vi.hoisted(() => ({ warnings: [] as string[] }));
vi.mock('vscode', async () => ({
  ...(await import('./fake-file-host')),
  window: {
    showWarningMessage: (message: string) => {
      warnings.push(message);
      return Promise.resolve(undefined);
    },
  },
}));
beforeEach(() => {
  workspace.isTrusted = false;
  warnings.length = 0;
});
afterEach(() => {
  workspace.isTrusted = true;
});

const FILE = Uri.file('/work/a.model.yaml') as unknown as vscode.Uri;
/** Fails where anything is asked of it. */
const UNTOUCHED = new Proxy(
  {},
  {
    get: (_, name) => {
      throw new Error(`${String(name)} was used`);
    },
  },
);
const CONTEXT = {
  documents: UNTOUCHED,
  runs: UNTOUCHED,
  panels: UNTOUCHED,
  verifications: UNTOUCHED,
  comparisons: UNTOUCHED,
  log: UNTOUCHED,
} as unknown as ComparingContext;

describe('where the workspace is not trusted', () => {
  it('comparing cures and training say why they do not, and do nothing', async () => {
    await compareCuresOf(FILE, CONTEXT);
    await trainModelFile(FILE, CONTEXT);
    expect(warnings).toEqual([
      expect.stringContaining('trusted workspaces only'),
      expect.stringContaining('trusted workspaces only'),
    ]);
  });

  it('no worker is started, whoever asks, and the run fails with that sentence', async () => {
    const { start, workers } = fakeWorkers();
    const listener = { onStarted: () => undefined, onRecords: () => undefined };
    const end = await driveWorker(
      onlyTrusted(start),
      { type: 'start', model: MODEL, memoryLimitBytes: 1 },
      listener,
      new AbortController().signal,
    );
    expect(end).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('trusted workspaces only') as string,
    });
    expect(workers).toEqual([]);
  });

  it('no data file is looked at', async () => {
    const { model } = compileModel(
      parseModelFile(
        'input: [1]\nlayers: [{ type: dense, units: 1 }]\ndata: { type: csv, path: x.csv, target: y }\n',
        'yaml',
      ),
    );
    expect(await readDataFiles(FILE, model!)).toMatchObject({
      problem: { message: expect.stringContaining('trusted workspaces only') as string },
    });
    expect(await beginningText(Uri.file('/etc/hosts') as unknown as vscode.Uri, 'csv')).toBe('');
  });
});
