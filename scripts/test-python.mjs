// `npm run test:python`: compares our stand-ins with the real PyTorch, on the model files of test/python/models. Installs
// PyTorch into .python-env, once, with the machine's own python3 (3.10 or newer).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { ROOT, run } from './setup.mjs';

const ENVIRONMENT = path.join(ROOT, '.python-env');
const PACKAGES = ['torch', 'numpy', 'einops', 'torchvision', 'lightning'];
const FOLDER = path.join(ROOT, 'node_modules/.cache/gradient-health/fidelity');

fs.mkdirSync(FOLDER, { recursive: true });
const python = realPython();
const real = written('real.json', ['real.py', '../models', '../../../src/python/runtime/gradient_health/directive.py']);
const expressions = written('expressions.json', ['expressions.py']);
const compare = path.join(FOLDER, 'compare.mjs');
await esbuild.build({
  entryPoints: [path.join(ROOT, 'test/python/fidelity/compare.ts')],
  outfile: compare,
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['esbuild', 'pyodide'],
  // The bundle lies elsewhere than the files that find the root by their own place.
  define: { 'import.meta.dirname': JSON.stringify(path.join(ROOT, 'test/python')) },
  plugins: [{ name: 'outside', setup: keepOutside }],
  logLevel: 'warning',
});
run(process.execPath, [compare, real, expressions]);

/** Scripts are not bundled, since they find the root by their own place too. */
function keepOutside(build) {
  build.onResolve({ filter: /scripts\/python-files\.mjs$/ }, () => ({
    path: path.join(ROOT, 'scripts/python-files.mjs'),
    external: true,
  }));
}

function realPython() {
  const executable = path.join(ENVIRONMENT, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!fs.existsSync(executable)) run('python3', ['-m', 'venv', ENVIRONMENT]);
  const has = spawnSync(executable, ['-c', `import ${PACKAGES.join(', ')}`]).status === 0;
  if (!has) run(executable, ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
  return executable;
}

/** What a script of test/python/fidelity prints, in a file. */
function written(name, parameters) {
  const cwd = path.join(ROOT, 'test/python/fidelity');
  const { status, stdout, stderr } = spawnSync(python, parameters, { cwd, maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`${parameters.join(' ')} failed: ${String(stderr)}`);
  const file = path.join(FOLDER, name);
  fs.writeFileSync(file, stdout);
  return file;
}
