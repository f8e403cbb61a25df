/**
 * The same seed gives the same bits: every example is trained twice, in two workers at once that have trained others
 * before, and both runs are compared record by record, byte by byte, and with the hash that was committed. See
 * README.md here for when to renew the hashes, and how.
 */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFromWorker } from '../../src/protocol/parse-message';
import type { ToWorker } from '../../src/protocol/worker-messages';
import { languageOf } from '../../src/frontends/model-file/model-file-name';
import type { ModelSpec } from '../../src/model/model-spec';
import { dataFilesOf } from '../../src/model/data-files';
import type { StepRecord } from '../../src/record/step-record';
import { kernelsEsbuildPlugin } from '../../scripts/compile-kernels.mjs';
import { compileText, EXAMPLES } from '../diagnosis/train-text';
import { bytesOf, hashOf } from './record-bytes';

/** Steps of each run: enough for every kernel, schedule and batch order to have its say. */
const MOST_STEPS = 25;
const HASHES = new URL('hashes.json', import.meta.url);
const renew = process.env['RENEW_HASHES'] === '1';
const committed = JSON.parse(readFileSync(HASHES, 'utf8')) as Readonly<Record<string, string>>;
const names = readdirSync(EXAMPLES)
  .filter(name => /\.model\.(ya?ml|json)$/.test(name))
  .sort();
const renewed: Record<string, string> = {};

const folder = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
const bundle = path.join(folder, 'worker.js');

let workers: readonly Worker[] = [];

beforeAll(async () => {
  await esbuild.build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    mainFields: ['module', 'main'],
    entryPoints: ['src/worker/worker.ts'],
    outfile: bundle,
    plugins: [kernelsEsbuildPlugin()],
  });
  workers = [new Worker(bundle), new Worker(bundle)];
}, 120_000);
afterAll(async () => {
  await Promise.all(
    workers.map(worker => {
      worker.postMessage({ type: 'close' } satisfies ToWorker);
      return once(worker, 'exit');
    }),
  );
  rmSync(folder, { recursive: true });
  if (renew) writeFileSync(HASHES, `${JSON.stringify(renewed, undefined, 2)}\n`);
});

/** Every record of a run. */
function train(model: ModelSpec, worker: Worker): Promise<readonly StepRecord[]> {
  const records: StepRecord[] = [];
  const files = Object.fromEntries(
    dataFilesOf(model.data).map(file => [file.path, new Uint8Array(readFileSync(`${EXAMPLES}${file.path}`))]),
  );
  const send = (message: ToWorker): void => worker.postMessage(message);
  return new Promise<readonly StepRecord[]>((resolve, reject) => {
    worker.once('error', reject);
    const onMessage = (message: unknown): void => {
      if (!isFromWorker(message)) return reject(new Error(`not a message of a worker: ${JSON.stringify(message)}`));
      if (message.type === 'failed') return reject(new Error(message.message));
      if (message.type === 'finished') {
        worker.off('message', onMessage);
        worker.off('error', reject);
        return resolve(records);
      }
      if (message.type === 'records') {
        records.push(...message.records);
        send({ type: 'acknowledge' });
      }
    };
    worker.on('message', onMessage);
    send({ type: 'start', model, files, memoryLimitBytes: 2 ** 29 });
  });
}

/** Files of a folder whose code a run with WebAssembly kernels goes through; comments are left out. */
function sourcesOf(start: string): readonly (readonly [file: string, code: string])[] {
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter(
      file =>
        file.endsWith('.ts') &&
        !file.includes('assembly') &&
        (!file.includes('reference') || /\/(plain|maps)/.test(file)),
    )
    .map(
      file => [file, readFileSync(path.join(start, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')] as const,
    );
}

it.each(['src/engine', 'src/training'])("%s uses no function whose last bit is each engine's own", start => {
  const sources = sourcesOf(start);
  expect(sources.length).toBeGreaterThan(10);
  const found = sources.flatMap(([file, code]) =>
    [
      ...(/Math\.(?:exp|expm1|log|log1p|log2|log10|pow|hypot|cbrt|a?sinh?|a?cosh?|a?tanh?|atan2)\b/.exec(code) ?? []),
      // A power of numbers in the text is the compiler's; any other is Math.pow.
      ...(/(?<!\d) \*\* |\*\* (?!\d)/.exec(code) ?? []),
    ].map(use => `${file}: ${use}`),
  );
  expect(found).toEqual([]);
});

describe('the same seed gives the same bits', () => {
  it.each(names)('%s', { timeout: 120_000 }, async name => {
    const model = compileText(readFileSync(`${EXAMPLES}${name}`, 'utf8'), languageOf(name));
    const bounded = { ...model, steps: Math.min(model.steps, MOST_STEPS) };
    const [one, other] = await Promise.all(workers.map(worker => train(bounded, worker)));
    expect(one.length).toBeGreaterThan(0);
    expect(other.length).toBe(one.length);
    one.forEach((record, step) => expect(bytesOf(other[step]).equals(bytesOf(record)), `step ${step}`).toBe(true));
    renewed[name] = hashOf(one);
    if (!renew) expect(renewed[name], 'numbers have changed: see test/determinism/README.md').toBe(committed[name]);
  });

  it('has a hash for each example and no other', () => {
    if (!renew) expect(Object.keys(committed).sort()).toEqual(names);
  });

  it('gives other bits for another seed, and sees a change of the last bit', { timeout: 60_000 }, async () => {
    const model = compileText('input: [2]\nlayers: [{ type: dense, units: 3 }]\ndata: blobs\nsteps: 3\n');
    const [one, other] = await Promise.all([train(model, workers[0]), train({ ...model, seed: 2 }, workers[1])]);
    expect(hashOf(other)).not.toBe(hashOf(one));
    const [first] = one;
    const changed = { ...first, loss: first.loss * (1 + Number.EPSILON) };
    expect(bytesOf(changed).equals(bytesOf(first))).toBe(false);
  });
});
