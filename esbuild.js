// Bundles everything that ships: one block a bundle. `--minify` for the package, `--watch` while developing.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

async function main() {
  const { kernelsEsbuildPlugin } = await import('./scripts/compile-kernels.mjs');
  const common = {
    bundle: true,
    minify,
    sourcemap: !minify,
    target: 'es2022',
    logLevel: 'warning',
    absWorkingDir: __dirname,
    metafile: true,
  };
  const node = { ...common, platform: 'node', format: 'cjs', mainFields: ['module', 'main'] };

  /** @type {import('esbuild').BuildOptions[]} */
  const bundles = [
    // The extension host. Bundled without the engine: training runs in the worker.
    { ...node, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
    // The training worker, a child process, and the thread in it that watches its memory.
    { ...node, entryPoints: ['src/worker/worker.ts'], outfile: 'dist/worker.js', plugins: [kernelsEsbuildPlugin()] },
    { ...node, entryPoints: ['src/worker/memory-watch.ts'], outfile: 'dist/memory-watch.js' },
    // The analysis process, which diagnoses, and makes and measures cures in workers of its own.
    { ...node, entryPoints: ['src/analysis/analysis-process.ts'], outfile: 'dist/analysis.js' },
    // The tracer of Python files, a process, and the thread in it that stops what takes too long.
    { ...node, entryPoints: ['src/python/tracer-process.ts'], outfile: 'dist/tracer.js' },
    { ...node, entryPoints: ['src/python/interrupt-watch.ts'], outfile: 'dist/interrupt-watch.js' },
    // The panel's page.
    { ...common, platform: 'browser', format: 'iife', entryPoints: ['webview/main.ts'], outfile: 'dist/webview.js' },
    // The command line: train one model file; run golden cases; evaluate the suite; write the JSON Schema.
    {
      ...node,
      outdir: 'dist',
      plugins: [kernelsEsbuildPlugin()],
      entryPoints: {
        cli: 'src/cli/train.ts',
        read: 'src/cli/read.ts',
        golden: 'src/cli/golden.ts',
        evaluate: 'src/cli/evaluate.ts',
        defaults: 'src/cli/defaults.ts',
        schema: 'src/cli/schema.ts',
      },
    },
  ];

  fs.rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
  if (watch) {
    const contexts = await Promise.all(bundles.map(bundle => esbuild.context({ ...bundle, logLevel: 'info' })));
    await Promise.all(contexts.map(context => context.rebuild()));
    writeSchema();
    await Promise.all(contexts.map(context => context.watch()));
    return;
  }
  const results = await Promise.all(bundles.map(bundle => esbuild.build(bundle)));
  const { writePythonFiles } = await import('./scripts/python-files.mjs');
  await writePythonFiles(path.join(__dirname, 'dist/python'), esbuild, minify);
  writeSchema();
  const { thirdPartyNotices } = await import('./scripts/third-party-notices.mjs');
  fs.writeFileSync(
    path.join(__dirname, 'dist/third-party-notices.txt'),
    thirdPartyNotices(
      __dirname,
      results.map(result => result.metafile),
    ),
  );
}

/** The schema that completion and hover of JSON model files use, derived from the vocabulary of the spec. */
function writeSchema() {
  const { modelFileSchema } = require('./dist/schema.js');
  fs.writeFileSync(path.join(__dirname, 'dist/model.schema.json'), JSON.stringify(modelFileSchema()));
}

main().catch(error => {
  console.error(error.message ?? error);
  process.exit(1);
});
