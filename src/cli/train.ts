/** `npm run train -- FILE`: trains one model file in the terminal and says whether its gradients are healthy. */
import { processOutput } from './output';
import { runTrain } from './train/run-train';

process.exitCode = runTrain(process.argv.slice(2), processOutput());
