/** Entry point of the training worker (`worker_threads`). A worker that has done its work ends itself. */
import { parentPort } from 'node:worker_threads';
import { isToWorker } from '../protocol/parse-message';
import { createJob } from './job';
import { serveJobs } from './serve-job';

const port = parentPort;
if (!port) throw new Error('This is the training worker of Gradient Health; it is started by the extension.');

/**
 * Time without work before the worker ends. Not at once: V8 may still be compiling what has just run, and Node 20 aborts the whole
 * process now and then when a thread is taken down meanwhile (`GetForegroundTaskRunner`: `(data.first) != nullptr`).
 */
const IDLE_MS = 250;
let idle: NodeJS.Timeout | undefined;

const receive = serveJobs({
  send: (message) => {
    port.postMessage(message);
    if (message.type === 'finished' || message.type === 'failed') idle = setTimeout(() => port.close(), IDLE_MS);
  },
  createJob: ({ model, files, memoryLimitBytes }) => createJob(model, { files, memoryLimitBytes }),
  now: () => performance.now(),
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
});

port.on('message', (message: unknown) => {
  if (!isToWorker(message)) return;
  if (message.type === 'start') clearTimeout(idle);
  receive(message);
});
