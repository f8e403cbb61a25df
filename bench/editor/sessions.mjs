// Examples trained in a real VS Code, with the moments of their first records and of the points that the panel drew of
// them.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { ROOT } from '../../scripts/setup.mjs';
import { openBrowser } from '../../scripts/vscode/browser.mjs';
import { installServer } from '../../scripts/vscode/install-server.mjs';
import { startServer, workbenchUrl } from '../../scripts/vscode/server.mjs';
import { watchPoints } from './watch-points.mjs';

const SESSION_MS = 60_000;
const SUITE = path.join(ROOT, 'out/bench-editor');

/** @typedef {{records: number, drawn: number}} Times milliseconds from the command */

/** The suite that VS Code runs is an extension of its own, beside the packaged one. */
export async function bundleSuite() {
  rmSync(SUITE, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: [path.join(ROOT, 'bench/editor/suite.ts')],
    outdir: SUITE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    logLevel: 'warning',
  });
  writeFileSync(
    path.join(SUITE, 'package.json'),
    JSON.stringify({
      name: 'gradient-health-bench',
      publisher: 'gradient-health',
      version: '0.0.0',
      engines: { vscode: '*' },
    }),
  );
}

/**
 * The first two runs of a VS Code that was just started, in which nothing was trained.
 * @param {string} vsix the packaged extension
 * @param {string} file name of an example
 * @param {number} reading milliseconds between opening the file and the first command
 * @returns {Promise<[Times, Times]>}
 */
export async function trainTwice(vsix, file, reading) {
  const server = await startServer({ ...installServer(), vsix, driver: true });
  const browser = await openBrowser(server.folder);
  try {
    const points = await watchPoints(browser.page);
    const runs = await runSuite(server, browser.page, { START_FILE: file, START_READING_MS: String(reading) });
    return runs.map(({ command, records }) => {
      const drawn = points.find(moment => moment > command);
      if (drawn === undefined) throw new Error(`${file}: the panel drew no point.`);
      return { records: records - command, drawn: drawn - command };
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** @returns {Promise<import('./suite').MeasuredRun[]>} */
async function runSuite(server, page, env) {
  const workspace = path.join(server.folder, 'examples');
  cpSync(path.join(ROOT, 'examples'), workspace, { recursive: true });
  const report = path.join(server.folder, 'runs.jsonl');
  const log = [];
  const ended = new Promise(resolve => {
    setTimeout(() => resolve(`no end after ${SESSION_MS / 1000} s`), SESSION_MS).unref();
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    log.push(`[${type}] ${args.join(' ')}`);
  });
  const remote = target => `vscode-remote://${server.host}${encodeURI(target)}`;
  await page.goto(
    workbenchUrl(server, workspace, [
      ['extensionDevelopmentPath', remote(SUITE)],
      ['extensionTestsPath', remote(path.join(SUITE, 'suite.js'))],
      ['extensionEnvironment', JSON.stringify({ ...env, START_REPORT: report })],
    ]),
    { waitUntil: 'domcontentloaded' },
  );
  const code = await ended;
  if (code !== 0 || !existsSync(report)) throw new Error(`${env.START_FILE}: ${code}\n${log.slice(-40).join('\n')}`);
  return readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}
