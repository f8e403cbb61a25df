/** Training workers as threads of Node. */
import { Worker } from 'node:worker_threads';
import { isFromWorker } from '../../protocol/parse-message';
import type { StartWorker, WorkerEnd } from './worker-handle';

const MEGABYTE = 2 ** 20;

/**
 * A starter of threads that run `script`. The heap of a thread is bounded by the memory limit of its run; the engine's arena
 * lies outside that heap and is bounded by the engine itself.
 */
export function nodeWorkerStarter(script: string): StartWorker {
  return ({ memoryLimitBytes }, listener) => {
    const worker = new Worker(script, {
      name: 'Gradient Health training',
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(memoryLimitBytes / MEGABYTE) },
      // The environment of the editor is no business of a training run.
      env: {},
    });
    let ended = false;
    const end = (reason: WorkerEnd): void => {
      if (ended) return;
      ended = true;
      listener.onEnd(reason);
    };
    worker.on('message', (message: unknown) => {
      if (isFromWorker(message)) listener.onMessage(message);
      else end({ kind: 'error', message: 'it sent a message that is not understood' });
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { kind: 'out-of-memory' } : { kind: 'error', message: error.message });
    });
    worker.on('messageerror', (error) => end({ kind: 'error', message: error.message }));
    worker.on('exit', (code) => end({ kind: 'exit', code }));
    return {
      post: (message) => worker.postMessage(message),
      terminate: async () => {
        await worker.terminate();
      },
    };
  };
}
