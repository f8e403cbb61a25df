/**
 * Entry of the analysis process: it diagnoses runs, makes and measures cures, so that the editor's own process never
 * waits for that.
 */
import path from 'node:path';
import { FileAssembler } from '../protocol/file-pieces';
import { isFilePiece, isToAnalysis } from '../protocol/parse-message';
import { nodeWorkers } from '../worker/node-worker';
import { serveAnalysis } from './serve-analysis';
import { SharedTrials } from './shared-trials';

const send = process.send?.bind(process);
if (!send) throw new Error('This is the analysis process of Gradient Health; it is started by the extension.');
// A host that is gone wants nothing any more.
process.on('disconnect', () => process.exit());

const trials = new SharedTrials(nodeWorkers(path.join(__dirname, 'worker.js')).startInBackground);
const receive = serveAnalysis({
  send: message => void send(message),
  runner: data => trials.runner(data),
  close: () => process.disconnect(),
});

const files = new FileAssembler();
process.on('message', message => {
  if (isFilePiece(message)) files.add(message);
  else if (isToAnalysis(message)) receive(files.complete(message));
});
