/**
 * `npm run evaluate`: the suite of models with known truth. In a worker thread of itself it trains one model at a time.
 */
import { isMainThread, parentPort } from 'node:worker_threads';
import { runEvaluate } from './evaluate/run-evaluate';
import { runTrial, type TrialRequest } from './evaluate/trial';
import { processOutput } from './output';
import { answerIn } from './worker-pool';
import { errorText } from '../text/error-text';

if (isMainThread) {
  runEvaluate(process.argv.slice(2), __filename, processOutput()).then(
    code => {
      process.exitCode = code;
    },
    (error: unknown) => {
      processOutput().error(`${errorText(error)}\n`);
      process.exitCode = 2;
    },
  );
} else {
  answerIn(parentPort, (request: TrialRequest) => runTrial(request));
}
