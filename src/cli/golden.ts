/** `npm run golden -- --cases DIR [case …]`: holds the engine against PyTorch's reference cases. */
import { runGolden } from './golden/run-golden';
import { processOutput } from './output';

process.exitCode = runGolden(process.argv.slice(2), processOutput());
