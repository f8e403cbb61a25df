// Bundles a TypeScript entry that uses the engine, with its compiled kernels, as the extension's build does.
import { build } from 'esbuild';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { kernelsEsbuildPlugin } from '../scripts/compile-kernels.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Builds `entry` (a path in this folder) and returns where the bundle is, as a URL to import. */
export async function bundle(entry) {
  const outfile = path.join(HERE, 'dist', entry.replace(/\.ts$/, '.cjs'));
  await build({
    entryPoints: [path.join(HERE, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    minify: true,
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    plugins: [kernelsEsbuildPlugin()],
  });
  return pathToFileURL(outfile).href;
}
