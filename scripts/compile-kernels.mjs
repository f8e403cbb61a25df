// Compiles the AssemblyScript kernels once a process and hands the WebAssembly bytes to esbuild and to vitest as `#kernels.wasm`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ENTRY = path.join(path.dirname(fileURLToPath(import.meta.url)), '../src/engine/kernels/assembly/index.ts');
const NAME = '#kernels.wasm';
/** @type {Promise<Uint8Array> | undefined} */
let compiled;

/** The WebAssembly module as bytes. Throws with the compiler's own report when it does not compile. */
export function compileKernels() {
  compiled ??= compile();
  return compiled;
}

async function compile() {
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await asc.main(
    [ENTRY, '--outFile', 'kernels.wasm', '--runtime', 'stub', '--optimizeLevel', '3', '--noAssert', '--enable', 'simd', '--importMemory'],
    { writeFile: (_name, contents) => { bytes = /** @type {Uint8Array} */ (contents); } },
  );
  if (error || !bytes) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
  return bytes;
}

/** @returns {import('esbuild').Plugin} */
export const kernelsEsbuildPlugin = () => ({
  name: 'kernels',
  setup(build) {
    build.onResolve({ filter: /^#kernels\.wasm$/ }, () => ({ path: NAME, namespace: 'kernels' }));
    build.onLoad({ filter: /.*/, namespace: 'kernels' }, async () => ({ contents: await compileKernels(), loader: 'binary' }));
  },
});

/** @returns {import('vitest/config').Plugin} */
export const kernelsVitePlugin = () => ({
  name: 'kernels',
  resolveId: id => (id === NAME ? '\0kernels' : undefined),
  load: async id => id === '\0kernels'
    ? `export default Uint8Array.from(atob(${JSON.stringify(Buffer.from(await compileKernels()).toString('base64'))}), c => c.charCodeAt(0));`
    : undefined,
});
