// Runs a bundle of the command line, built when it must be: `node scripts/run-bundle.mjs cli FILE`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildIfNeeded, ROOT } from './setup.mjs';

buildIfNeeded();
const [bundle, ...args] = process.argv.slice(2);
// npm runs scripts in the project's folder; file names on the command line are meant from where the user stands.
const cwd = process.env.INIT_CWD ?? process.cwd();
const { status } = spawnSync(process.execPath, [path.join(ROOT, `dist/${bundle}.js`), ...args], {
  cwd,
  stdio: 'inherit',
});
process.exit(status ?? 1);
