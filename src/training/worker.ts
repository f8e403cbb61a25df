/** Entry point of the training worker (`worker_threads`). It takes one job after another until it is closed. */
import { parentPort } from 'node:worker_threads';
import { isToWorker } from '../protocol/parse-message';
import { checkData } from './check-data';
import { createJob } from './job';
import { serveJobs } from './serve-job';

const port = parentPort;
if (!port) throw new Error('This is the training worker of Gradient Health; it is started by the extension.');

/**
 * Time between the last job and the end. Not at once: V8 may still be compiling what has just run, and Node 20 aborts the whole
 * process now and then when a thread is taken down meanwhile (`GetForegroundTaskRunner`: `(data.first) != nullptr`).
 */
const REST_MS = 250;

const receive = serveJobs({
  send: (message) => port.postMessage(message),
  createJob: ({ model, files, memoryLimitBytes }, onReading) => createJob(model, { files, memoryLimitBytes, onReading }),
  checkData: ({ model, files, memoryLimitBytes }) => checkData(model, { files, limitBytes: memoryLimitBytes }),
  now: () => performance.now(),
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
  close: () => void setTimeout(() => port.close(), REST_MS),
});

port.on('message', (message: unknown) => {
  if (isToWorker(message)) receive(message);
});
