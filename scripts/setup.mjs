// Installs the project's packages when they are missing or older than the lock file. Uses nothing but Node itself.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const MINIMUM_NODE = 20;
/** Folders and files whose change asks for a new build. */
const SOURCES = ['src', 'webview', 'esbuild.js', 'scripts/compile-kernels.mjs', 'package-lock.json'];

/** True for the module that was started, false for one that was imported. */
export const isStarted = moduleUrl =>
  process.argv[1] !== undefined && moduleUrl === pathToFileURL(process.argv[1]).href;

/** Runs a command in the project's folder, its output shown; throws with the command when it fails. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`\`${command} ${args.join(' ')}\` failed with exit code ${status}.`);
}

/** Packages as the lock file says, installed once. */
export function installPackages() {
  if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
    throw new Error(`Node ${MINIMUM_NODE} or newer is needed, but this is ${process.versions.node}.`);
  }
  const modified = file => fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) return;
  console.log('Installing packages…');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  // Marks the installation as newer than the lock file, whatever times the archive gave its files.
  const now = new Date();
  fs.utimesSync(path.join(ROOT, 'node_modules/.package-lock.json'), now, now);
}

/** Builds dist/ when it is missing or older than a source. */
export function buildIfNeeded() {
  installPackages();
  const built = fs.statSync(path.join(ROOT, 'dist/model.schema.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.every(source => newest(path.join(ROOT, source)) < built)) return;
  run(process.execPath, ['esbuild.js']);
}

function newest(file) {
  const { mtimeMs } = fs.statSync(file);
  if (!fs.statSync(file).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...fs.readdirSync(file).map(name => newest(path.join(file, name))));
}
