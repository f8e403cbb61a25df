// Writes the tables of docs/performance.md between its markers: time and memory a step against size, speed of matrix
// products.
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { bundle } from './bundle.mjs';
import { openPeak } from './peak.mjs';
import { processorName } from './processor.mjs';

const PAGE = new URL('../docs/performance.md', import.meta.url);
const BEGIN = '<!-- written by npm run bench:scaling -->';
const END = '<!-- end of the written part -->';
const LEAST_MS = 300;

const { AXES, openSize, Profile } = await import(await bundle('ours/index.ts'));
const peak = await openPeak();
let peakSpeed = peak();

function timeOf(step) {
  for (let i = 0; i < 3; i++) step();
  const times = [];
  const start = performance.now();
  while (times.length < 5 || performance.now() - start < LEAST_MS) {
    const before = performance.now();
    step();
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], fastest: times[0] };
}

/** Best speed of each kind of matrix product of one network, in GFLOP/s, by kernel and shape. */
function productsOf(axis, size) {
  const profile = new Profile(() => performance.now());
  const network = openSize(axis, size, profile);
  for (let i = 0; i < 3; i++) network.step();
  const best = new Map();
  for (let i = 0; i < 20; i++) {
    const before = profile.kernels.map(use => ({ use, flops: use.flops, milliseconds: use.milliseconds }));
    network.step();
    for (const { use, flops, milliseconds } of before) {
      if (use.flops === flops || !use.kernel.startsWith('matmul')) continue;
      const speed = (use.flops - flops) / (use.milliseconds - milliseconds) / 1e6;
      const key = `${use.kernel} ${use.shape}`;
      best.set(key, Math.max(best.get(key) ?? 0, speed));
    }
  }
  return [...best];
}

const figure = x => (x >= 100 ? x.toFixed(0) : x.toPrecision(3));
const sections = AXES.map(({ title, network, sizes }, axis) => {
  const rows = sizes.map(size => {
    const open = openSize(axis, size);
    const { median, fastest } = timeOf(open.step);
    peakSpeed = Math.max(peakSpeed, peak());
    return `| ${size} | ${figure(median)} | ${figure(fastest)} | ${figure(open.arenaBytes / 2 ** 20)} | ${open.parameters} | ${figure(open.planMilliseconds)} |`;
  });
  return [
    `### ${title}`,
    '',
    `${network[0].toUpperCase()}${network.slice(1)}.`,
    '',
    `| ${title.toLowerCase()} | step, ms | fastest step, ms | planned memory, MB | parameters | planning, ms |`,
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
});
const plans = Array.from({ length: 5 }, () => {
  const before = process.cpuUsage();
  const { planMilliseconds } = openSize(1, 200);
  const { user, system } = process.cpuUsage(before);
  return { planMilliseconds, processor: (user + system) / 1000 };
});
const products = [64, 256, 1024].flatMap(width => productsOf(0, width));
const text = [
  BEGIN,
  '',
  `Measured on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${await processorName()}, ${cpus().length} cores, load average ` +
    `${loadavg()[0].toFixed(1)} (an idle machine has 0). 128-bit peak in the same minutes: ${peakSpeed.toFixed(1)} GFLOP/s.`,
  '',
  ...sections,
  '### Planning 200 layers',
  '',
  `Five plans of 200 dense layers in a row took ${plans.map(plan => figure(plan.planMilliseconds)).join(', ')} ms (graph, derivatives,`,
  `statistics, memory). With opening the session they took ${plans.map(plan => figure(plan.processor)).join(', ')} ms of processor time.`,
  '',
  '### Matrix products',
  '',
  'The best of 20 steps of the widths 64, 256 and 1024 above.',
  '',
  '| kernel | product | GFLOP/s | of the peak |',
  '|---|---|---|---|',
  ...products.map(
    ([key, speed]) =>
      `| ${key.replace(' ', ' | ')} | ${speed.toFixed(1)} | ${((100 * speed) / peakSpeed).toFixed(0)} % |`,
  ),
  '',
  END,
].join('\n');
const page = await readFile(PAGE, 'utf8');
const [head, rest] = page.split(BEGIN);
if (rest === undefined || !rest.includes(END)) throw new Error('docs/performance.md has lost its markers.');
await writeFile(PAGE, `${head}${text}${rest.slice(rest.indexOf(END) + END.length)}`);
console.log(text);
