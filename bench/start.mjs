// Starts a script of the bench, with the packages that it needs: `node bench/start.mjs run`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installPackages } from '../scripts/setup.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const [script, ...args] = process.argv.slice(2);
installPackages();
if (script === 'run' && !existsSync(`${here}node_modules`)) {
  console.log('Installing the JavaScript peers…');
  // without them the bench still runs and names them as missing
  spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
process.exit(spawnSync(process.execPath, [`${here}${script}.mjs`, ...args], { stdio: 'inherit' }).status ?? 1);
