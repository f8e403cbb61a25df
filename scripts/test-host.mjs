// Runs test/integration/host/*.test.ts, or those of another folder (`--suite heartbeat`), inside a real extension host
// with the packaged extension installed. Hosts: VS Code's server with headless Chromium, or the desktop through
// @vscode/test-electron (`--electron`, downloads VS Code).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { isStarted, ROOT } from './setup.mjs';

const TIMEOUT_MS = 1_200_000;
const SUITE = path.join(ROOT, 'out/host-tests');

/** @returns {Promise<{passed: number, failed: number, skipped: number}>} */
export async function runHostTests({ electron = false, suite = 'host' } = {}) {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const vsix = path.join(ROOT, `${name}-${version}.vsix`);
  if (!fs.existsSync(vsix)) throw new Error('There is no package to test: run `npm run package` first.');
  await bundleSuite(suite);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradient-health-tests-'));
  const workspace = path.join(folder, 'workspace');
  fs.cpSync(path.join(ROOT, 'examples'), workspace, { recursive: true });
  const report = path.join(folder, 'report.txt');
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('HEARTBEAT_'));
  const env = { SUITE_REPORT: report, ...Object.fromEntries(settings) };
  try {
    await (electron ? inDesktop : inServer)({ vsix, workspace, env });
    const text = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : '';
    process.stdout.write(text);
    const counts = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(text);
    if (!counts) throw new Error('The suite in the extension host ended without a report.');
    return { passed: Number(counts[1]), failed: Number(counts[2]), skipped: Number(counts[3]) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The suite is an extension of its own, so that the extension under test is the installed package and not this folder.
 */
async function bundleSuite(suite) {
  fs.rmSync(SUITE, { recursive: true, force: true });
  const source = path.join(ROOT, 'test/integration', suite);
  const tests = fs
    .readdirSync(source)
    .filter(file => file.endsWith('.test.ts'))
    .map(file => path.join(source, file));
  await esbuild.build({
    entryPoints: [...tests, path.join(ROOT, 'test/integration/host/run.ts')],
    outbase: source,
    entryNames: '[name]',
    outdir: SUITE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  fs.writeFileSync(
    path.join(SUITE, 'package.json'),
    JSON.stringify({
      name: 'gradient-health-tests',
      publisher: 'gradient-health',
      version: '0.0.0',
      engines: { vscode: '*' },
    }),
  );
}

async function inServer({ vsix, workspace, env }) {
  const { installServer } = await import('./vscode/install-server.mjs');
  const { startServer, workbenchUrl } = await import('./vscode/server.mjs');
  const { openBrowser } = await import('./vscode/browser.mjs');
  const server = await startServer({ ...installServer(), vsix, driver: true });
  const browser = await openBrowser(server.folder);
  try {
    const log = [];
    const exit = new Promise(resolve => {
      setTimeout(() => resolve(`no end after ${TIMEOUT_MS / 1000} s`), TIMEOUT_MS).unref();
      browser.page.on('crash', () => resolve('the page crashed'));
      void browser.page.exposeFunction('codeAutomationExit', resolve);
    });
    await browser.page.exposeFunction('codeAutomationLog', (type, args) => {
      log.push(`[${type}] ${args.join(' ')}`);
    });
    const remote = file => `vscode-remote://${server.host}${encodeURI(file)}`;
    await browser.page.goto(
      workbenchUrl(server, workspace, [
        ['extensionDevelopmentPath', remote(SUITE)],
        ['extensionTestsPath', remote(path.join(SUITE, 'run.js'))],
        ['extensionEnvironment', JSON.stringify({ ...env, NODE_PATH: path.join(ROOT, 'node_modules') })],
      ]),
      { waitUntil: 'domcontentloaded' },
    );
    const code = await exit;
    if (typeof code !== 'number' || (code !== 0 && !fs.existsSync(env.SUITE_REPORT))) {
      console.error(`Extension host: ${code}\n${log.slice(-40).join('\n')}`);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function inDesktop({ vsix, workspace, env }) {
  const { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } =
    await import('@vscode/test-electron');
  const executable = await downloadAndUnzipVSCode({ cachePath: path.join(ROOT, '.vscode-test') });
  const [cli, ...cliArguments] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const { status } = spawnSync(cli, [...cliArguments, '--install-extension', vsix], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The extension could not be installed.');
  // A failing suite is told by its report.
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: SUITE,
    extensionTestsPath: path.join(SUITE, 'run.js'),
    extensionTestsEnv: { ...env, NODE_PATH: path.join(ROOT, 'node_modules') },
    launchArgs: [workspace, '--disable-workspace-trust'],
  }).catch(error => {
    console.error(String(error));
  });
}

if (isStarted(import.meta.url)) {
  const named = process.argv.indexOf('--suite');
  const { failed, passed } = await runHostTests({
    electron: process.argv.includes('--electron'),
    ...(named > 0 && { suite: process.argv[named + 1] }),
  });
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
