/** Entry point of the training worker (`worker_threads`). */
import { parentPort } from 'node:worker_threads';
import { isToWorker } from '../protocol/parse-message';
import { createJob } from './job';
import { serveJobs } from './serve-job';

const port = parentPort;
if (!port) throw new Error('This is the training worker of Gradient Health; it is started by the extension.');

const receive = serveJobs({
  send: (message) => port.postMessage(message),
  createJob: ({ model, files, memoryLimitBytes }) => createJob(model, { files, memoryLimitBytes }),
  now: () => performance.now(),
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
});

port.on('message', (message: unknown) => {
  if (isToWorker(message)) receive(message);
});
