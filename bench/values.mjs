// A step with ordinary, vanishing and exploding gradients, by turns in one process: `npm run bench:values`. On many
// processors subnormal numbers cost a hundred cycles each, so a step that holds some may take fifty times as long.
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { openPeak } from './peak.mjs';
import { processorName } from './processor.mjs';

/** A step may take so many times the ordinary one. */
const BAR = 1.2;
const WARM_STEPS = 20;
const LEAST_MS = 1500;
const STEPS_A_TURN = 3;

/** Of interleaved steps the lower quartile, which other work on the machine disturbs less than the median. */
function timeByTurns(steps) {
  for (let i = 0; i < WARM_STEPS; i++) for (const step of steps) step();
  const times = steps.map(() => []);
  const start = performance.now();
  while (performance.now() - start < LEAST_MS) {
    steps.forEach((step, index) => {
      for (let i = 0; i < STEPS_A_TURN; i++) {
        const before = performance.now();
        step();
        times[index].push(performance.now() - before);
      }
    });
  }
  return times.map(list => list.sort((a, b) => a - b)[list.length >> 2]);
}

const figure = x => x.toPrecision(3);

/**
 * Prints a table: milliseconds, the ratio to ordinary values, and the subnormal numbers that the buffers of a step
 * held.
 */
export async function printValues() {
  const { countSubnormals, openValues, VALUES, VALUED_WORKLOADS } = await import(await bundle('ours/index.ts'));
  const peak = await openPeak();
  let speed = peak();
  const rows = [];
  const over = [];
  for (const workload of Object.keys(VALUED_WORKLOADS)) {
    for (const values of VALUES) {
      const { step, ordinary } = openValues(workload, values);
      const [time, usual] = timeByTurns([step, ordinary]);
      const uses = countSubnormals(workload, values);
      const subnormal = uses.reduce((sum, use) => sum + use.subnormal, 0);
      const all = uses.reduce((sum, use) => sum + use.values, 0);
      if (time / usual > BAR) over.push(`${workload} ${values}`);
      rows.push(
        `| ${workload} | ${values} | ${figure(time)} | ${figure(usual)} | ${(time / usual).toFixed(2)} | ${((100 * subnormal) / all).toPrecision(2)} % |`,
      );
    }
    speed = Math.max(speed, peak());
  }
  console.log(
    `\n${await processorName()}, Node ${process.versions.node}. 128-bit peak: ${speed.toFixed(1)} GFLOP/s, load ${loadavg()[0].toFixed(1)}.\n`,
  );
  console.log(
    '| workload | values | ms a step | ordinary, ms | ratio | subnormal numbers read or written |\n|---|---|---|---|---|---|',
  );
  console.log(rows.join('\n'));
  console.log(
    `\nThe bar is ${BAR} times the ordinary time: ${over.length === 0 ? 'met' : `missed by ${over.join(', ')}`}.`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await printValues();
