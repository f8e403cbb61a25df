/** `npm run train -- FILE`: trains one model file in the terminal and says whether its gradients are healthy; other seeds in workers. */
import os from 'node:os';
import { isMainThread, parentPort } from 'node:worker_threads';
import { processOutput } from './output';
import { runTrain } from './train/run-train';
import { trySeed, type SeedRequest } from './train/seed-trial';
import { answerIn, inWorkers } from './worker-pool';

if (isMainThread) {
  void runTrain(process.argv.slice(2), processOutput(), (requests, onAnswer) =>
    inWorkers(__filename, requests, os.availableParallelism(), onAnswer)).then((code) => {
    process.exitCode = code;
  });
} else {
  answerIn(parentPort, (request: SeedRequest) => Promise.resolve(trySeed(request)));
}
