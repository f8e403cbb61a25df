// Finds a Chromium to show VS Code in, or installs Debian's where that is possible.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const CANDIDATES = [
  process.env.CHROMIUM,
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap(name =>
    (process.env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, name)),
  ),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium or Chrome. Installs Debian's package as root; throws with a way on where none can be had. */
export function findChromium() {
  const found = () => CANDIDATES.find(file => file && fs.existsSync(file));
  const present = found();
  if (present) return present;
  if (process.platform === 'linux' && os.userInfo().uid === 0 && fs.existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium (Debian package)…');
    const apt = args =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']);
    const installed = found();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium or Chrome was found. Install one, or name its path in the environment variable CHROMIUM.',
  );
}
