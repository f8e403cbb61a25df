// Installs a real VS Code (code-server's build of it) and the Node that it runs on into `.vscode-test/`, from npm
// alone.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup.mjs';

/** VS Code 1.139.1. */
const CODE_SERVER = '4.139.1';
/** code-server 4.139 asks for Node 24. */
const SERVER_NODE = '24.21.0';

/** Parts that an extension's tests never touch, 280 MB of them. */
const UNUSED = [
  'node_modules/@github/copilot-sdk-linux-x64',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/windows-process-tree',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
];

/** @returns {{server: string, node: string}} VS Code's server folder and the Node to start it with. */
export function installServer() {
  const root = path.join(ROOT, '.vscode-test', `code-server-${CODE_SERVER}`);
  const server = path.join(root, 'node_modules/code-server/lib/vscode');
  const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const nodeFolder = path.join(root, 'node_modules', nodePackage);
  const node = path.join(nodeFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const stamp = path.join(root, '.ready');
  if (fs.existsSync(stamp)) return { server, node };

  const npm = (folder, args, env = {}) =>
    spawnSync('npm', args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      shell: process.platform === 'win32',
      env: { ...process.env, PATH: path.dirname(node) + path.delimiter + process.env.PATH, ...env },
    });
  const mustSucceed = (what, { status, stdout, stderr }) => {
    if (status !== 0) throw new Error(`${what} failed:\n${stdout}${stderr}`);
  };

  console.log(`Installing VS Code's server (code-server ${CODE_SERVER}, about a minute, 500 MB, once)…`);
  fs.rmSync(root, { recursive: true, force: true });
  fs.mkdirSync(root, { recursive: true });
  fs.writeFileSync(path.join(root, 'package.json'), JSON.stringify({ private: true }));
  // Without install scripts: code-server's own wants to compile kerberos and refuses any Node but its own.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  mustSucceed(
    'Installing code-server',
    npm(root, [
      'install',
      ...quiet,
      '--no-package-lock',
      `code-server@${CODE_SERVER}`,
      `${nodePackage}@${SERVER_NODE}`,
    ]),
  );
  // Not `npm ci`: the shrinkwrap file it ships disagrees with its package.json by one package.
  mustSucceed("Installing VS Code's dependencies", npm(server, ['install', '--omit=dev', ...quiet]));
  // Two small native modules, for log files and the watchdog. VS Code works without them, with noise in its log.
  const native = npm(server, ['rebuild', '--ignore-scripts=false', '@vscode/spdlog', '@vscode/native-watchdog'], {
    npm_config_nodedir: nodeFolder,
  });
  if (native.status !== 0)
    console.log('Two native modules of VS Code were not built (no compiler?); going on without them.');
  for (const folder of UNUSED) fs.rmSync(path.join(server, folder), { recursive: true, force: true });
  fs.writeFileSync(stamp, '');
  return { server, node };
}
