/** From the text of a model file to the first records of its run: what a run does before its chart has a point. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { isFromWorker } from '../../src/protocol/parse-message';
import type { ToWorker } from '../../src/protocol/worker-messages';
import { compileModel } from '../../src/frontends/model-file/compile';
import { dataFilesOf } from '../../src/model/data-files';
import { languageOf } from '../../src/frontends/model-file/model-file-name';
import { parseModelFile } from '../../src/frontends/model-file/parse';

/**
 * Milliseconds with a new worker, and again in the same one, as the editor does for the next run.
 * @param script the worker's bundle
 * @throws Error when the file cannot be trained
 */
export async function timeFirstRecords(
  file: string,
  script: string,
): Promise<{ readonly fresh: number; readonly again: number }> {
  const text = readFileSync(file, 'utf8');
  const before = performance.now();
  const worker = fork(script, ['1024'], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=1024'],
    env: {},
  });
  const post = (message: ToWorker): void => void worker.send(message);
  try {
    const fresh = (await firstRecords(worker, file, text)) - before;
    const start = performance.now();
    return { fresh, again: (await firstRecords(worker, file, text)) - start };
  } finally {
    post({ type: 'close' });
    await once(worker, 'exit');
  }
}

/** The moment of the first records; the run is stopped then and has ended when this resolves. */
function firstRecords(worker: ChildProcess, file: string, text: string): Promise<number> {
  const { model } = compileModel(parseModelFile(text, languageOf(file)));
  if (!model) throw new Error(`${file} does not compile.`);
  const files = Object.fromEntries(
    dataFilesOf(model.data).map(({ path: data }) => [
      data,
      new Uint8Array(readFileSync(path.join(path.dirname(file), data))),
    ]),
  );
  const post = (message: ToWorker): void => void worker.send(message);
  return new Promise((resolve, reject) => {
    let first: number | undefined;
    const onMessage = (message: unknown): void => {
      if (!isFromWorker(message)) return;
      if (message.type === 'records' && first === undefined) {
        first = performance.now();
        post({ type: 'cancel' });
      }
      if (message.type === 'failed') reject(new Error(`${file}: ${message.message}`));
      if (message.type !== 'finished') return;
      worker.off('message', onMessage);
      resolve(first!);
    };
    worker.on('message', onMessage);
    post({ type: 'start', model, files, memoryLimitBytes: 2 ** 30 });
  });
}
