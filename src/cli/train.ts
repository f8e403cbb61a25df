/** `npm run train -- FILE`: trains one model file in the terminal and says whether its gradients are healthy. */
import { runTrain } from './train/run-train';

process.exitCode = runTrain(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY,
});
