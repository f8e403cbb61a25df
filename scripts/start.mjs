// `npm start`: all set-up, then VS Code on examples/ with the extension in it.
// Hosts in order: a VS Code of this machine; one that @vscode/test-electron downloads; VS Code's server in the browser.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installPackages, ROOT, run } from './setup.mjs';

const EXAMPLES = path.join(ROOT, 'examples');
const DOWNLOAD_TIMEOUT_MS = 60_000;
const PORT = 3000;

installPackages();
if (!(await openDesktop())) await openInBrowser();

/** Opens a desktop VS Code on the examples; false where there is none to be had, or no screen to show it on. */
async function openDesktop() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.log('There is no display here: VS Code is served in the browser.');
    return false;
  }
  const code = installedCode() ?? (await downloadedCode());
  if (!code) return false;
  console.log('Building the extension…');
  run(process.execPath, ['esbuild.js']);
  console.log(`Opening ${code} on examples/…`);
  // A development host: the extension is loaded from this folder, and a profile of its own keeps yours as it is.
  const profile = path.join(os.tmpdir(), 'gradient-health-profile');
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    code,
    [
      `--extensionDevelopmentPath=${ROOT}`,
      `--user-data-dir=${profile}`,
      '--disable-workspace-trust',
      '--new-window',
      ...rootOnly,
      EXAMPLES,
    ],
    { stdio: 'ignore', detached: true, shell: process.platform === 'win32' },
  );
  return new Promise(resolve => {
    child.once('error', error => {
      console.log(`It could not be started (${error.message}).`);
      resolve(false);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function installedCode() {
  for (const name of ['code', 'code-insiders', 'codium']) {
    const { status } = spawnSync(name, ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' });
    if (status === 0) return name;
  }
  return ['/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'].find(file => fs.existsSync(file));
}

async function downloadedCode() {
  console.log('No VS Code was found on this machine; downloading one…');
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer within a minute')), DOWNLOAD_TIMEOUT_MS).unref();
  });
  return Promise.race([downloadAndUnzipVSCode({ cachePath: path.join(ROOT, '.vscode-test') }), late]).catch(error => {
    console.log(`It cannot be downloaded here (${error.message}).`);
    return undefined;
  });
}

/** Serves VS Code with the packaged extension on this machine, prints the address and waits for Ctrl+C. */
async function openInBrowser() {
  const { packageExtension } = await import('./package.mjs');
  const { installServer } = await import('./vscode/install-server.mjs');
  const { startServer, workbenchUrl } = await import('./vscode/server.mjs');
  console.log('Building and packing the extension…');
  const vsix = packageExtension();
  const host = installServer();
  console.log("Starting VS Code's server…");
  const port = Number(process.env.PORT ?? PORT);
  const server = await startServer({ ...host, vsix, port });
  const stop = () => {
    void server.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (server.port !== port) console.log(`Port ${port} is taken by another program: VS Code has port ${server.port}.`);
  console.log(`\nVS Code with Gradient Health is open at\n\n    ${workbenchUrl(server, EXAMPLES)}\n\nCtrl+C ends it.`);
}
