/** What reading Python needs, built once a run into the cache of the packages. */
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { writePythonFiles } from '../../scripts/python-files.mjs';
import type { PythonFiles } from '../../src/python/closed-context';

const ROOT = path.join(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'node_modules/.cache/gradient-health/test-python');

/** The folder of the bundles: `tracer.js`, `interrupt-watch.js` and `python/`. */
export async function builtPython(): Promise<string> {
  const folder = path.join(FOLDER, String(process.pid));
  if (fs.existsSync(path.join(folder, 'tracer.js'))) return folder;
  await writePythonFiles(path.join(folder, 'python'), esbuild, false);
  await esbuild.build({
    entryPoints: { tracer: 'src/python/tracer-process.ts', 'interrupt-watch': 'src/python/interrupt-watch.ts' },
    absWorkingDir: ROOT,
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  return folder;
}

/** The files of `python/` as a context takes them. */
export async function pythonFiles(): Promise<PythonFiles> {
  const folder = path.join(await builtPython(), 'python');
  const read = (name: string): Uint8Array => fs.readFileSync(path.join(folder, name));
  return {
    script: fs.readFileSync(path.join(folder, 'python.js'), 'utf8'),
    wasm: read('pyodide.asm.wasm'),
    lock: read('pyodide-lock.json'),
    standardLibrary: read('standard-library.zip'),
    runtime: read('runtime.zip'),
  };
}
