/** Comparing the cures of a run of an earlier session: on the data that it was trained on, read anew, or not at all. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { compareCuresOf, type ComparingContext } from '../../../src/extension/commands/compare-cures';
import type { TrainingRequest } from '../../../src/extension/runs/model-runs';
import { fingerprint } from '../../../src/worker/fingerprint';
import { exampleRun } from '../example-run';
import { Uri } from '../fake-file-host';

const { offers } = vi.hoisted(() => ({ offers: [] as string[] }));
vi.mock('vscode', async () => {
  const host = await import('../fake-file-host');
  return {
    ...host,
    workspace: { ...host.workspace, openTextDocument: () => Promise.resolve({}) },
    window: {
      showInformationMessage: (message: string) => {
        offers.push(message);
        return Promise.resolve(undefined);
      },
    },
  };
});
beforeEach(() => {
  offers.length = 0;
});

const FILE = Uri.file('/work/rnn.model.yaml') as unknown as vscode.Uri;

async function compare(trainedOn: string | undefined): Promise<readonly TrainingRequest[]> {
  const run = exampleRun('exploding-rnn.model.yaml');
  const requests: TrainingRequest[] = [];
  await compareCuresOf(FILE, {
    documents: { current: () => ({ text: { uri: FILE }, source: run.source, places: run.source }) },
    runs: { get: () => ({ current: run, status: { state: 'done' } }), requestOf: () => undefined },
    store: { restore: () => Promise.resolve(), dataOf: () => trainedOn },
    panels: { show: () => undefined },
    log: { info: () => undefined },
    verifications: {
      standAside: (_key: string, _run: unknown, _request: unknown, work: () => Promise<void>) => work(),
    },
    comparisons: {
      compare: (_key: string, _run: unknown, _finding: unknown, request: TrainingRequest) => {
        requests.push(request);
      },
    },
  } as unknown as ComparingContext);
  return requests;
}

describe('a run of an earlier session', () => {
  it('has its cures compared on the same data', async () => {
    const [request] = await compare(await fingerprint({}));
    expect(request.model).toEqual(exampleRun('exploding-rnn.model.yaml').model);
    expect(offers).toEqual([]);
  });

  it('is to be trained again where its data have changed since', async () => {
    expect(await compare(await fingerprint({ 'a.csv': Uint8Array.of(1) }))).toEqual([]);
    expect(offers).toEqual([
      'The data of rnn.model.yaml have changed since its run: train it again, then compare the cures.',
    ]);
  });
});

describe('the digest of data', () => {
  it('tells names, lengths and single bytes apart', async () => {
    const files: readonly Readonly<Record<string, Uint8Array>>[] = [
      {},
      { a: Uint8Array.of(1, 2) },
      { b: Uint8Array.of(1, 2) },
      { a: Uint8Array.of(1, 3) },
      { a: Uint8Array.of(1), b: Uint8Array.of(2) },
    ];
    expect(new Set(await Promise.all(files.map(fingerprint))).size).toBe(files.length);
  });
});
