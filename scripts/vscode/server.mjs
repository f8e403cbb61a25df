// Starts VS Code's server on 127.0.0.1 with a profile of its own and, when asked, the packaged extension installed.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Quiet surroundings: nothing asks, tips or phones home. */
const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.hotExit': 'off',
  'git.enabled': false,
};

/** The system chooses. */
const ANY_PORT = 0;
/** How the server says where it listens; other programs of VS Code wait for this line too. */
const LISTENING = /^Extension host agent listening on (\d+)$/m;

const sleep = milliseconds =>
  new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });

/**
 * Resolves when this very server answers: what it says of its port counts, for another program may answer at the port
 * that was wanted. Where that one is taken, the server has another.
 *
 * @param {{server: string, node: string, vsix?: string, settings?: object, port?: number, trust?: boolean, driver?:
 * boolean}} options
 *   `trust` keeps VS Code's workspace trust on; `driver` lets a page run a test suite in the extension host.
 * @returns {Promise<{url: string, host: string, port: number, folder: string, stop: () => Promise<void>}>}
 */
export async function startServer({ server, node, vsix, settings = {}, port, trust = false, driver = false }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradient-health-vscode-'));
  for (const name of ['user-data/User', 'extensions', 'server'])
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'user-data/User/settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2),
  );

  const main = path.join(server, 'out/server-main.js');
  const common = [
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--server-data-dir',
    path.join(folder, 'server'),
    '--user-data-dir',
    path.join(folder, 'user-data'),
    '--extensions-dir',
    path.join(folder, 'extensions'),
  ];
  // An empty gallery address: no look-ups on the network.
  const env = { ...process.env, HOME: folder, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  if (vsix) {
    const installed = spawnSync(node, [main, ...common, '--install-extension', path.resolve(vsix)], {
      encoding: 'utf8',
      env,
    });
    if (installed.status !== 0 || !/successfully installed/.test(installed.stdout)) {
      throw new Error(`The extension could not be installed:\n${installed.stdout}${installed.stderr}`);
    }
  }

  const logFile = path.join(folder, 'server.log');
  const log = fs.openSync(logFile, 'w');
  const child = spawn(
    node,
    [
      main,
      ...common,
      '--host',
      '127.0.0.1',
      '--port',
      String(port !== undefined && (await isFree(port)) ? port : ANY_PORT),
      '--without-connection-token',
      '--disable-experiments',
      ...(trust ? [] : ['--disable-workspace-trust']),
      ...(driver ? ['--enable-smoke-test-driver'] : []),
    ],
    { stdio: ['ignore', log, log], detached: process.platform !== 'win32', env },
  );
  const kill = signal => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  };
  const stop = async () => {
    kill('SIGTERM');
    for (let i = 0; i < 50 && child.exitCode === null && child.signalCode === null; i++) await sleep(100);
    kill('SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  for (let i = 0; ; i++) {
    const text = fs.readFileSync(logFile, 'utf8');
    const own = Number(LISTENING.exec(text)?.[1]);
    const host = `127.0.0.1:${own}`;
    if (own && (await statusOf(`http://${host}/version`)) === 200)
      return { url: `http://${host}`, host, port: own, folder, stop };
    if (i > 150 || child.exitCode !== null) {
      await stop();
      throw new Error(`VS Code's server did not start:\n${text}`);
    }
    await sleep(200);
  }
}

/** Address of the workbench with a folder open; `payload` as VS Code's own test driver takes it. */
export function workbenchUrl(server, folder, payload = []) {
  const query = new URLSearchParams({ folder: path.resolve(folder) });
  if (payload.length) query.set('payload', JSON.stringify(payload));
  return `${server.url}/?${query}`;
}

async function isFree(port) {
  return new Promise(resolve => {
    const probe = net
      .createServer()
      .on('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function statusOf(url) {
  return new Promise(resolve => {
    http
      .get(url, response => {
        response.resume();
        resolve(response.statusCode);
      })
      .on('error', () => resolve(0));
  });
}
