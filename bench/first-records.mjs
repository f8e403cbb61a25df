// Prints how long each example takes from its text to its first records, in a new worker and in one that has trained
// before; with `--editor`, how long it takes in a real VS Code from the command.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? (process.argv.includes('--editor') ? 3 : 9));
const root = fileURLToPath(new URL('..', import.meta.url));
const inEditor = process.argv.includes('--editor');
const only = process.argv.slice(2).find(argument => !argument.startsWith('--')) ?? '';
const files = readdirSync(path.join(root, 'examples')).filter(
  file => /\.model\.(ya?ml|json)$/.test(file) && file.includes(only),
);
const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
if (inEditor) {
  const { printFirstRecordsInEditor } = await import('./editor/first-records.mjs');
  await printFirstRecordsInEditor(files, ROUNDS, median);
} else {
  await printFirstRecords();
}

async function printFirstRecords() {
  if (spawnSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
  const { timeFirstRecords } = await import(await bundle('ours/first-records.ts'));
  const times = new Map(files.map(file => [file, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const file of files)
      times
        .get(file)
        .push(await timeFirstRecords(path.join(root, 'examples', file), path.join(root, 'dist/worker.js')));
  }
  console.log(
    `Milliseconds from the text of an example to its first records, medians of ${ROUNDS}, load average ${loadavg()[0].toFixed(1)}.\n`,
  );
  console.log('| example | new worker | worker that has trained before |\n|---|---|---|');
  const slowest = { fresh: 0, again: 0 };
  for (const [file, all] of times) {
    const fresh = median(all.map(time => time.fresh)),
      again = median(all.map(time => time.again));
    slowest.fresh = Math.max(slowest.fresh, fresh);
    slowest.again = Math.max(slowest.again, again);
    console.log(`| ${file.replace(/\.model\..*$/, '')} | ${fresh.toFixed(0)} | ${again.toFixed(0)} |`);
  }
  console.log(`\nThe slowest: ${slowest.fresh.toFixed(0)} and ${slowest.again.toFixed(0)} ms.`);
}
