/** `npm run read -- FILE…`: reads PyTorch files and says what was found, assumed and missing. */
import path from 'node:path';
import { processOutput } from './output';
import { runRead } from './read/run-read';

void runRead(process.argv.slice(2), processOutput(), __dirname, path.join(__dirname, 'python-cache')).then(code => {
  process.exitCode = code;
});
