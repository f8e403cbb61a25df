// `npm test`: all set-up, then every test: types, lint, unit, golden, architecture, and the ones in real VS Code.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { installPackages, ROOT, run } from './setup.mjs';

const totals = { passed: 0, failed: 0, skipped: 0 };

installPackages();
step('Types', () => ['tsconfig.json', 'tsconfig.pure.json'].forEach(types));
step('Format', () => run(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--check', '.']));
step('Lint', () => run(process.execPath, ['node_modules/eslint/bin/eslint.js', '.']));
step('Build', () => run(process.execPath, ['esbuild.js']));
step('Tests in Node', () => vitest('vitest.config.mjs'));
const { packageExtension } = await import('./package.mjs');
step('A minute of random inputs', () => run(process.execPath, ['test/fuzz/fuzz.mjs', '--total', '60']));
step('Package', packageExtension);
await asyncStep('Tests inside the extension host', async () => {
  const { runHostTests } = await import('./test-host.mjs');
  add(await runHostTests());
});
step('Tests at the workbench', () => vitest('vitest.workbench.config.mjs'));

console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

function step(title, action) {
  console.log(`\n=== ${title}`);
  action();
}

async function asyncStep(title, action) {
  console.log(`\n=== ${title}`);
  await action();
}

function add({ passed, failed, skipped }) {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
}

/** Runs one vitest configuration and counts its tests; a suite that could not even be loaded counts as failed. */
function vitest(config) {
  const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gradient-health-')), 'report.json');
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: ROOT, stdio: 'inherit' },
  );
  if (!fs.existsSync(report)) throw new Error(`vitest ended with ${status} and left no report.`);
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  const unloaded = testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length;
  add({ passed: numPassedTests, failed: numFailedTests + unloaded, skipped: numPendingTests });
  if (status !== 0 && numFailedTests + unloaded === 0) add({ passed: 0, failed: 1, skipped: 0 });
}

function types(project) {
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project]);
}
