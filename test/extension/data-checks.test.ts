/** What is known of the data of an open model file, with real files and a worker that reads them for real. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { DataChecks } from '../../src/extension/checks/data-checks';
import type { ModelDocuments, ModelSnapshot } from '../../src/extension/documents/model-documents';
import { beginningText, locateData, readDataFiles } from '../../src/extension/data/data-file';
import { EventEmitter, Uri } from './fake-file-host';
import { inProcessWorkers } from '../worker/in-process-worker';
import { readSource } from '../read-source';

vi.mock('vscode', () => import('./fake-file-host'));

const FOLDER = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));
const MODEL_FILE = Uri.file(path.join(FOLDER, 'a.model.yaml')) as unknown as vscode.Uri;
const write = (name: string, text: string): void => writeFileSync(path.join(FOLDER, name), text);

function snapshotOf(data: string, version: number, rest = ''): ModelSnapshot {
  const source = readSource(`input: [2]\nlayers: [{ type: dense, units: 1 }]\nloss: mse\ndata: ${data}\n${rest}`);
  return {
    text: { uri: MODEL_FILE, version, isClosed: false } as vscode.TextDocument,
    version,
    source,
    places: source,
  };
}

/** The checks of one open file, the number of tables that were read for them, and the next change of what is known. */
function opened() {
  const read = new EventEmitter<ModelSnapshot>();
  let current: ModelSnapshot | undefined;
  let checked = 0;
  const documents = {
    onDidRead: read.event,
    onDidForget: new EventEmitter<vscode.Uri>().event,
    openFiles: () => (current ? [MODEL_FILE] : []),
    find: () => current,
  };
  const log = {
    error: (_: string, error: unknown) => {
      throw error;
    },
  } as unknown as vscode.LogOutputChannel;
  const checks = new DataChecks(
    documents as unknown as ModelDocuments,
    inProcessWorkers(undefined, () => checked++),
    log,
  );
  const known = (): ReturnType<DataChecks['get']> => checks.get(current!);
  const settled = (): Promise<void> => vi.waitFor(() => expect(known().report ?? known().problem).toBeDefined());
  const show = async (snapshot: ModelSnapshot): Promise<ReturnType<DataChecks['get']>> => {
    current = snapshot;
    read.fire(snapshot);
    await settled();
    return known();
  };
  return { checks, show, known, count: () => checked };
}

describe('data checks', () => {
  it('say what training would be refused for, and read nothing anew for what does not matter', async () => {
    write('a.csv', 'a,b,y\n1,,3\n2,3,4\n');
    const { show, count } = opened();
    const first = await show(snapshotOf('{ type: csv, path: a.csv, target: y }', 1));
    expect(first.report?.fault?.message).toContain('missing values: b 50 %');
    await show(snapshotOf('{ type: csv, path: a.csv, target: y }', 2, 'steps: 7\n'));
    expect(count()).toBe(1);
    const filled = await show(snapshotOf('{ type: csv, path: a.csv, target: y, missing: mean }', 3));
    expect(filled.report?.fault).toBeUndefined();
    expect(count()).toBe(2);
  });

  it('look again when the file changes, and tell of one that is not there', async () => {
    write('b.csv', 'a,b,z\n1,2,3\n2,3,4\n');
    const { checks, show, known } = opened();
    expect((await show(snapshotOf('{ type: csv, path: b.csv, target: y }', 1))).report?.fault?.message).toContain(
      'no column "y"',
    );
    write('b.csv', 'a,b,y\n1,2,3\n2,3,4\n5,6,7\n');
    checks.fileChanged(locateData(MODEL_FILE, 'b.csv'));
    await vi.waitFor(() => expect(known().report).toEqual({ fault: undefined, remarks: [] }));
    expect((await show(snapshotOf('{ type: csv, path: none.csv, target: y }', 2))).problem?.message).toContain(
      'There is no data file at',
    );
  });

  it('know nothing of another text', async () => {
    write('c.csv', 'a,b,y\n1,2,3\n2,3,4\n');
    const { checks, show } = opened();
    await show(snapshotOf('{ type: csv, path: c.csv, target: y }', 1));
    expect(checks.get(snapshotOf('{ type: csv, path: c.csv, target: y }', 2))).toEqual({});
  });
});

describe('a file of more than 64 MB', () => {
  const large = `a,b,y\n${'1.25,2.5,3.75\n'.repeat(5e6)}`;

  it('is refused with the key that reads its first rows, and read as far as that goes', async () => {
    write('large.csv', large);
    const refused = await readDataFiles(
      MODEL_FILE,
      snapshotOf('{ type: csv, path: large.csv, target: y }', 1).source.model!,
    );
    expect('problem' in refused && refused.problem).toMatchObject({
      message: expect.stringContaining('read its first rows with `rows: 50000`'),
      remedies: [{ changes: [{ path: ['data', 'rows'], value: 50000 }] }],
    });
    const read = await readDataFiles(
      MODEL_FILE,
      snapshotOf('{ type: csv, path: large.csv, target: y, rows: 100 }', 1).source.model!,
    );
    expect('files' in read && new TextDecoder().decode(read.files['large.csv'])).toBe(large.slice(0, 6 + 14 * 100));
    const most = await readDataFiles(
      MODEL_FILE,
      snapshotOf('{ type: csv, path: large.csv, target: y, rows: 5000000 }', 1).source.model!,
    );
    expect('problem' in most && most.problem).toMatchObject({
      message: expect.stringContaining('lower `rows`'),
      source: ['data', 'rows'],
    });
    expect(await beginningText(locateData(MODEL_FILE, 'large.csv'), 'csv')).toBe('a,b,y\n');
    expect(await beginningText(locateData(MODEL_FILE, 'none.csv'), 'csv')).toBe('');
  });
});
