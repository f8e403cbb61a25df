// What reading Python files needs, into dist/python: CPython as WebAssembly (Pyodide), its standard library and our
// stand-ins compiled to bytecode. Python itself compiles them, so the result is kept in node_modules/.cache under a
// hash of everything that it is made of.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const PYODIDE = path.join(ROOT, 'node_modules/pyodide');
const RUNTIME = path.join(ROOT, 'src/python/runtime');
const CACHE = path.join(ROOT, 'node_modules/.cache/gradient-health');

/** Parts of the standard library that no model needs; the names stand in for themselves as mocks. */
const LEFT_OUT = [
  '_pyrepl/',
  'ctypes/',
  'ensurepip/',
  'idlelib/',
  'lib2to3/',
  'site-packages/',
  'sqlite3/',
  'sysconfig/',
  '_sysconfigdata',
  'tomllib/',
  'turtle',
  'unittest/',
  'wsgiref/',
  'xml/',
  'xmlrpc/',
  'zoneinfo/',
  'cProfile',
  'doctest.',
  'ftplib.',
  'imaplib.',
  'mailbox.',
  'pdb.',
  'pickletools',
  'poplib.',
  'profile.',
  'pstats.',
  'pydoc.',
  'smtplib.',
  'webbrowser',
  ...['big5', 'cp', 'euc', 'gb', 'hz', 'iso', 'johab', 'koi', 'kz', 'mac', 'pt', 'shift', 'tis'].map(
    name => `encodings/${name}`,
  ),
];

const COMPILE = `
import importlib.util, json, marshal, struct, zipfile

def compiled(name, source, where):
    code = compile(source, where + name, 'exec', dont_inherit=True)
    header = importlib.util.MAGIC_NUMBER + struct.pack('<III', 0, 0, len(source) & 0xffffffff)
    return header + marshal.dumps(code)

def entry(name):
    return zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))

def standard_library(left_out):
    given = zipfile.ZipFile('/given.zip')
    with zipfile.ZipFile('/library.zip', 'w') as made:
        for item in given.infolist():
            name = item.filename
            if name.endswith('/') or name.startswith(tuple(left_out)):
                continue
            data = given.read(item)
            if name.endswith('.py'):
                made.writestr(entry(name + 'c'), compiled(name, data, '/lib/python/'))
            else:
                made.writestr(entry(name), data)

def runtime(sources):
    with zipfile.ZipFile('/runtime.zip', 'w') as made:
        for name, source in sorted(sources.items()):
            made.writestr(entry(name + 'c'), compiled(name, source.encode(), '/runtime/'))
`;

/** Writes the files. @param {string} folder @param {typeof import('esbuild')} esbuild @param {boolean} minify */
export async function writePythonFiles(folder, esbuild, minify) {
  fs.mkdirSync(folder, { recursive: true });
  const { metafile } = await esbuild.build({
    entryPoints: [path.join(ROOT, 'src/python/context/entry.ts')],
    outfile: path.join(folder, 'python.js'),
    absWorkingDir: ROOT,
    bundle: true,
    minify,
    metafile: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    external: ['node:*', 'ws', 'functools'],
    // Pyodide asks for its own address; it is never read from there.
    define: { 'import.meta.url': '"file:///python/pyodide.asm.mjs"' },
    logLevel: 'warning',
  });
  fs.copyFileSync(path.join(PYODIDE, 'pyodide.asm.wasm'), path.join(folder, 'pyodide.asm.wasm'));
  const { info } = JSON.parse(fs.readFileSync(path.join(PYODIDE, 'pyodide-lock.json'), 'utf8'));
  fs.writeFileSync(path.join(folder, 'pyodide-lock.json'), JSON.stringify({ info, packages: {} }));
  const { library, runtime } = await compiledFiles();
  fs.copyFileSync(library, path.join(folder, 'standard-library.zip'));
  fs.copyFileSync(runtime, path.join(folder, 'runtime.zip'));
  return metafile;
}

async function compiledFiles() {
  const sources = Object.fromEntries(
    fs
      .readdirSync(RUNTIME, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.py'))
      .map(name => [name.replaceAll(path.sep, '/'), fs.readFileSync(path.join(RUNTIME, name), 'utf8')]),
  );
  const given = fs.readFileSync(path.join(PYODIDE, 'python_stdlib.zip'));
  const library = path.join(CACHE, `library-${hashOf(given, COMPILE, JSON.stringify(LEFT_OUT))}.zip`);
  const runtime = path.join(CACHE, `runtime-${hashOf(given, COMPILE, JSON.stringify(sources))}.zip`);
  if (fs.existsSync(library) && fs.existsSync(runtime)) return { library, runtime };
  const { loadPyodide } = await import('pyodide');
  const python = await loadPyodide();
  python.runPython(COMPILE);
  fs.mkdirSync(CACHE, { recursive: true });
  if (!fs.existsSync(library)) {
    python.FS.writeFile('/given.zip', given);
    python.runPython(`standard_library(json.loads('${JSON.stringify(LEFT_OUT)}'))`);
    keep(library, python.FS.readFile('/library.zip'));
  }
  python.FS.writeFile('/sources.json', JSON.stringify(sources));
  python.runPython(`runtime(json.load(open('/sources.json')))`);
  keep(runtime, python.FS.readFile('/runtime.zip'));
  return { library, runtime };
}

function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
}

/** In one step, so that no other build reads a half of it. */
function keep(file, bytes) {
  const beside = `${file}.${process.pid}`;
  fs.writeFileSync(beside, bytes);
  fs.renameSync(beside, file);
}
