/** The training worker as it ships, bundled into a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { kernelsEsbuildPlugin } from '../../scripts/compile-kernels.mjs';

/** Bundles the worker, its memory watch and the analysis process, which looks for the worker beside itself. */
export async function bundleWorker(): Promise<{
  readonly script: string;
  readonly analysis: string;
  readonly remove: () => void;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
  const common = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    mainFields: ['module', 'main'],
  } satisfies esbuild.BuildOptions;
  const script = path.join(folder, 'worker.js');
  await esbuild.build({
    ...common,
    entryPoints: ['src/worker/worker.ts'],
    outfile: script,
    plugins: [kernelsEsbuildPlugin()],
  });
  await esbuild.build({
    ...common,
    entryPoints: ['src/worker/memory-watch.ts'],
    outfile: path.join(folder, 'memory-watch.js'),
  });
  const analysis = path.join(folder, 'analysis.js');
  await esbuild.build({ ...common, entryPoints: ['src/analysis/analysis-process.ts'], outfile: analysis });
  return { script, analysis, remove: () => rmSync(folder, { recursive: true }) };
}
