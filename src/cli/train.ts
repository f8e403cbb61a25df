/**
 * `npm run train -- FILE`: trains one model file in the terminal, says whether it trains, and measures and writes its
 * cures.
 */
import os from 'node:os';
import { isMainThread, parentPort } from 'node:worker_threads';
import { processOutput } from './output';
import { runTrain } from './train/run-train';
import { answerRequest, poolWorkers, type WorkerRequest } from './train/train-workers';
import { answerIn } from './worker-pool';

if (isMainThread) {
  void runTrain(process.argv.slice(2), processOutput(), poolWorkers(__filename, os.availableParallelism())).then(
    code => {
      process.exitCode = code;
    },
  );
} else {
  answerIn(parentPort, (request: WorkerRequest) => Promise.resolve(answerRequest(request)));
}
