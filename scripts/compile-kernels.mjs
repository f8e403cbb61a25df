// Compiles the AssemblyScript kernels and hands the WebAssembly bytes to esbuild and to vitest as `#kernels.wasm`.
// Compiling takes seconds, so the result is kept in node_modules/.cache under a hash of the sources, the compiler's
// version and its options.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = path.join(ROOT, 'src/engine/kernels/assembly');
const COMPILER = path.join(ROOT, 'node_modules/assemblyscript/package.json');
const CACHE = path.join(ROOT, 'node_modules/.cache/gradient-health');
const OPTIONS = [
  '--outFile',
  'kernels.wasm',
  '--runtime',
  'stub',
  '--optimizeLevel',
  '3',
  '--noAssert',
  '--enable',
  'simd',
  '--importMemory',
];
const NAME = '#kernels.wasm';
/** @type {Promise<Uint8Array> | undefined} */
let compiled;

/** The WebAssembly module as bytes. Throws with the compiler's own report when it does not compile. */
export function compileKernels() {
  compiled ??= fromCacheOrCompiler();
  return compiled;
}

async function fromCacheOrCompiler() {
  const file = path.join(CACHE, `kernels-${await hashOfSources()}.wasm`);
  const kept = await readFile(file).catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept) return new Uint8Array(kept);
  const bytes = await compile();
  // under a name of its own first, so that a process that reads at the same time never sees half a file
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, bytes);
  await rename(unfinished, file);
  return bytes;
}

async function hashOfSources() {
  const hash = createHash('sha256')
    .update(JSON.parse(await readFile(COMPILER, 'utf8')).version)
    .update(OPTIONS.join(' '));
  for (const name of (await readdir(SOURCES)).filter(entry => entry.endsWith('.ts')).sort()) {
    hash.update(name).update(await readFile(path.join(SOURCES, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function compile() {
  // loaded only when needed: the compiler alone takes most of a second
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await asc.main([path.join(SOURCES, 'index.ts'), ...OPTIONS], {
    writeFile: (_name, contents) => {
      bytes = /** @type {Uint8Array} */ (contents);
    },
  });
  if (error || !bytes) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
  return bytes;
}

/** @returns {import('esbuild').Plugin} */
export const kernelsEsbuildPlugin = () => ({
  name: 'kernels',
  setup(build) {
    build.onResolve({ filter: /^#kernels\.wasm$/ }, () => ({ path: NAME, namespace: 'kernels' }));
    build.onLoad({ filter: /.*/, namespace: 'kernels' }, async () => ({
      contents: await compileKernels(),
      loader: 'binary',
    }));
  },
});

/** @returns {import('vitest/config').Plugin} */
export const kernelsVitePlugin = () => ({
  name: 'kernels',
  resolveId: id => (id === NAME ? '\0kernels' : undefined),
  load: async id => {
    if (id !== '\0kernels') return undefined;
    const base64 = Buffer.from(await compileKernels()).toString('base64');
    return `export default Uint8Array.from(atob('${base64}'), character => character.charCodeAt(0));`;
  },
});
