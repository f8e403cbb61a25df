/** The bundled worker in a real process. */
import { fork } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFromWorker } from '../../src/protocol/parse-message';
import type { FromWorker, ToWorker } from '../../src/protocol/worker-messages';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { bundleWorker } from './bundled-worker';

let bundle: Awaited<ReturnType<typeof bundleWorker>>;
beforeAll(async () => {
  bundle = await bundleWorker();
}, 120_000);
afterAll(() => bundle.remove());

function start(text: string): ToWorker {
  const { model } = compileModel(parseModelFile(text, 'yaml'));
  if (!model) throw new Error('The model of this test does not compile.');
  return { type: 'start', model, memoryLimitBytes: 2 ** 28 };
}

type Reaction = (message: FromWorker, send: (answer: ToWorker) => void) => void;

/**
 * Talks to a worker of its own until `finished` or `failed`, then closes it and waits for its end; `react` may answer
 * each message.
 */
function converse(first: ToWorker, react: Reaction): Promise<FromWorker[]> {
  const worker = fork(bundle.script, ['1024'], { serialization: 'advanced' });
  const heard: FromWorker[] = [];
  const send = (message: ToWorker): void => void worker.send(message);
  return new Promise<FromWorker[]>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => resolve(heard));
    worker.on('message', (message: unknown) => {
      if (!isFromWorker(message)) return reject(new Error(`not a message of a worker: ${JSON.stringify(message)}`));
      if (message.type === 'resident') {
        expect(message.bytes).toBeGreaterThan(0);
        return undefined;
      }
      heard.push(message);
      if (message.type === 'finished' || message.type === 'failed' || message.type === 'checked')
        send({ type: 'close' });
      return react(message, send);
    });
    send(first);
  });
}

const acknowledge: Reaction = (message, send) => {
  if (message.type === 'records') send({ type: 'acknowledge' });
};

describe('worker', () => {
  it('trains a model to its end', async () => {
    const small = start('input: [2]\nlayers: [{ type: dense, units: 3 }]\ndata: blobs\nsteps: 500\n');
    const heard = await converse(small, acknowledge);
    const records = heard.flatMap(message => (message.type === 'records' ? message.records : []));
    expect(records.map(({ step }) => step)).toEqual([...Array(500).keys()]);
    expect(records[499].loss).toBeLessThan(records[0].loss);
    expect(records[0].parameterNorms).toBeInstanceOf(Float64Array);
    expect(heard.at(-1)).toEqual({ type: 'finished', outcome: { kind: 'completed' } });
  });

  it('hears a cancel in the middle of a run', async () => {
    const long = start(
      'input: [100, 2]\nlayers: [{ type: lstm, units: 64 }, { type: dense, units: 1 }]\nsteps: 100000\n',
    );
    let cancelled = false;
    const heard = await converse(long, (message, send) => {
      acknowledge(message, send);
      if (message.type !== 'records' || cancelled) return;
      cancelled = true;
      send({ type: 'cancel' });
    });
    expect(heard.at(-1)).toMatchObject({ type: 'finished', outcome: { kind: 'cancelled' } });
  });

  it('reports how far it has read a large table', async () => {
    const first = start(
      'input: [1]\nlayers: [{ type: dense, units: 1 }]\ndata: { type: csv, path: a.csv, target: y }\nsteps: 1\n',
    );
    const text = `a,y\n${Array.from({ length: 400_000 }, (_, row) => `${row % 7}.5,${row % 5}`).join('\n')}\n`;
    const heard = await converse(
      { ...first, files: { 'a.csv': new TextEncoder().encode(text) } } as ToWorker,
      acknowledge,
    );
    expect(heard[0]).toMatchObject({ type: 'reading', progress: { file: 'a.csv' } });
    expect(heard.at(-1)).toMatchObject({ type: 'finished' });
  });

  it('checks data without training, with edits for what is wrong', async () => {
    const { model, memoryLimitBytes } = start(
      'input: [2]\nlayers: [{ type: dense, units: 1 }]\ndata: { type: csv, path: a.csv, target: z }\n',
    ) as Extract<ToWorker, { type: 'start' }>;
    const files = { 'a.csv': new TextEncoder().encode('a,b,y\n1,2,3\n2,3,4\n') };
    const [answer] = await converse({ type: 'check', model, files, memoryLimitBytes }, acknowledge);
    expect(answer).toMatchObject({ type: 'checked', report: { fault: { source: ['data', 'target'] } } });
    expect(answer.type === 'checked' && answer.report.fault?.message).toContain('no column "z"');
  });

  it('tells in a sentence why a model cannot be trained', async () => {
    const lost = start(
      'input: [3]\nlayers: [{ type: dense, units: 1 }]\ndata: { type: csv, path: a.csv, target: y }\n',
    );
    const heard = await converse(lost, acknowledge);
    expect(heard).toEqual([
      { type: 'failed', message: 'The data file "a.csv" was not found.', internal: false, source: ['data', 'path'] },
    ]);
  });
});
