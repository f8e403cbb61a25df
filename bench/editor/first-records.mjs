// Prints how long each example takes in a real VS Code from the command to its first records, and to their point in the
// panel.
import { loadavg } from 'node:os';
import { packageExtension } from '../../scripts/package.mjs';
import { bundleSuite, trainTwice } from './sessions.mjs';

/** How long a file is looked at before the command: not at all, or as by somebody who reads a line of it. */
const READING_MS = { 'at once': 0, 'two seconds later': 2000 };

/**
 * @param {readonly string[]} files names of examples @param {number} rounds @param {(numbers: number[]) => number}
 * median
 */
export async function printFirstRecordsInEditor(files, rounds, median) {
  const vsix = packageExtension();
  await bundleSuite();
  const readings = Object.keys(READING_MS);
  console.log(`Milliseconds from the command "Train Model" of an example to its first records, and (in brackets) to their point in the panel.
Every window was just opened, and the file in it: trained at once, or two seconds later, and then again. Medians of ${rounds}, load average ${loadavg()[0].toFixed(1)}.\n`);
  console.log(`| example | ${readings.join(' | ')} | again |\n|---|---|---|---|`);
  const slowest = new Array(readings.length + 1).fill(0);
  for (const file of files) {
    const columns = [...readings, 'again'].map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const [column, reading] of readings.entries()) {
        const [first, second] = await trainTwice(vsix, file, READING_MS[reading]);
        columns[column].push(first);
        columns.at(-1).push(second);
      }
    }
    const cells = columns.map((times, column) => {
      const records = median(times.map(time => time.records));
      slowest[column] = Math.max(slowest[column], records);
      return `${records.toFixed(0)} (${median(times.map(time => time.drawn)).toFixed(0)})`;
    });
    console.log(`| ${file.replace(/\.model\..*$/, '')} | ${cells.join(' | ')} |`);
  }
  console.log(`\nThe slowest: ${slowest.map(time => time.toFixed(0)).join(', ')} ms.`);
}
