/**
 * Entry point of the training worker: a child process, or a thread. It takes one job after another until it is closed.
 */
import { FileAssembler } from '../protocol/file-pieces';
import { isFilePiece, isToWorker } from '../protocol/parse-message';
import type { FromWorker } from '../protocol/worker-messages';
import { checkData } from '../training/check-data';
import { createJob } from '../training/job';
import { serveJobs } from './serve-job';
import { hostChannel } from './host-channel';

const channel = hostChannel();

/** Answers that end a job. */
const LAST: ReadonlySet<FromWorker['type']> = new Set(['finished', 'failed', 'checked']);

const receive = serveJobs({
  send: message => {
    if (LAST.has(message.type)) channel.post({ type: 'resident', bytes: channel.residentBytes() });
    channel.post(message);
  },
  createJob: ({ model, files, memoryLimitBytes }, onReading) =>
    createJob(model, { files, memoryLimitBytes, onReading }),
  checkData: ({ model, files, memoryLimitBytes }) => checkData(model, { files, limitBytes: memoryLimitBytes }),
  now: () => performance.now(),
  yieldToMessages: () => new Promise(resolve => setImmediate(resolve)),
  close: () => channel.close(),
});

const files = new FileAssembler();
channel.listen(message => {
  if (isFilePiece(message)) files.add(message);
  else if (isToWorker(message)) receive(files.complete(message));
});
