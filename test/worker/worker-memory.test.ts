/**
 * What needs more memory than it may: the worker's process dies with it, and its host takes a sentence. Each killed the
 * host, or filled it, before.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveWorker, type RunEnd } from '../../src/worker/drive-worker';
import { nodeWorkers } from '../../src/worker/node-worker';
import type { StartWorker } from '../../src/worker/worker-handle';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { bundleWorker } from '../training/bundled-worker';

let bundle: Awaited<ReturnType<typeof bundleWorker>>;
let start: StartWorker;
beforeAll(async () => {
  bundle = await bundleWorker();
  ({ start } = nodeWorkers(bundle.script));
}, 120_000);
afterAll(() => bundle.remove());

const MEGABYTE = 2 ** 20;

function train(text: string, files: Readonly<Record<string, Uint8Array>>, megabytes: number): Promise<RunEnd> {
  const { model, problems } = compileModel(parseModelFile(text, 'yaml'));
  if (!model) throw new Error(problems[0].message);
  const listener = { onStarted: () => undefined, onRecords: () => undefined };
  return driveWorker(
    start,
    { type: 'start', model, files, memoryLimitBytes: megabytes * MEGABYTE },
    listener,
    new AbortController().signal,
  );
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const network = (data: string, input = '[1]', units = 1): string =>
  `input: ${input}\nlayers: [{ type: dense, units: ${units} }]\ndata: ${data}\nsteps: 2\n`;

describe('a run beyond its memory', { timeout: 120_000 }, () => {
  it('of a table of 24 MB at 64 MB ends in a sentence, and the next run works', async () => {
    const table = bytes(`a,y\n${'0.12345,1\n0.5,0\n'.repeat(1_500_000)}`);
    const csv = network('{ type: csv, path: a.csv, target: y }');
    const end = await train(csv, { 'a.csv': table }, 64);
    expect(end).toMatchObject({ kind: 'failed' });
    expect(end.kind === 'failed' && end.message).toMatch(/memory/);
    expect(await train(csv, { 'a.csv': bytes('a,y\n1,2\n2,3\n') }, 64)).toMatchObject({ kind: 'finished' });
  });

  it('of files that unpack to a thousand times their size is refused before they fill it', async () => {
    const header = new Uint8Array([0, 0, 8, 3, 0, 0, 0x40, 0, 0, 0, 0, 250, 0, 0, 0, 250]);
    const unpacked = new Uint8Array(16 + (0x4000 * 250 * 250) / 4);
    unpacked.set(header);
    const packed = new Uint8Array(gzipSync(unpacked));
    const end = await train(
      network('{ type: idx, path: a.gz, labels: b.gz }', '[250, 250]', 10),
      { 'a.gz': packed, 'b.gz': packed },
      128,
    );
    expect(end).toMatchObject({ kind: 'failed' });
    expect(end.kind === 'failed' && end.message).toMatch(/memory|unpacks to/);
  });
});
