// Eight training workloads on our engine, PyTorch, TensorFlow.js and jax-js, by turns in one run: see README.md.
import { spawn } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';
import { openPeak } from './peak.mjs';
import { processorName } from './processor.mjs';
import { printValues } from './values.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const LIMIT_MS = 180_000;
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    window: { type: 'string', default: '1000' },
    workloads: { type: 'string', default: 'abcdefgh' },
    json: { type: 'string' },
  },
});
const ROUNDS = Number(values.rounds);
const WORKLOADS = [...values.workloads];
/** What makes PyTorch fast here: without the limits of malloc, every big tensor is mapped and unmapped at each step. */
const TUNED = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  MALLOC_MMAP_THRESHOLD_: '4294967296',
  MALLOC_TRIM_THRESHOLD_: '4294967296',
  OPENBLAS_CORETYPE: undefined,
  OPENBLAS_L2_SIZE: undefined,
};
const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';

const ours = await bundle('ours/index.ts');
const peak = await openPeak();
/** The engines in the order of the table. TensorFlow.js takes its cpu backend where wasm cannot run a workload. */
const ENGINES = [
  { name: 'ours', start: name => node('ours', ours, name, 'norms') },
  { name: 'ours, all statistics', start: name => node('ours', ours, name, 'all') },
  { name: 'pytorch', start: name => run(PYTHON, [path.join(HERE, 'peers/pytorch.py'), name], TUNED) },
  { name: 'jax-js', start: name => node('jaxjs', name) },
  {
    name: 'tfjs',
    start: async name => {
      const wasm = await node('tfjs', name, 'wasm');
      return wasm.error ? { ...(await node('tfjs', name, 'cpu')), wasmError: wasm.error } : wasm;
    },
  },
];

const node = (script, ...args) => run(process.execPath, [path.join(HERE, `peers/${script}.mjs`), ...args], {});

/** Runs a process and reads the JSON of its last line; what keeps it from answering is the answer's `error`. */
async function run(command, args, env) {
  const child = spawn(command, args, {
    env: { ...process.env, WARM_MS: '400', WINDOW_MS: values.window, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let error = '';
  child.stdout.on('data', data => {
    out += data;
  });
  child.stderr.on('data', data => {
    error += data;
  });
  const stop = new AbortController();
  const ended = new Promise(resolve => {
    child.on('error', problem => resolve(problem.message));
    child.on('close', code => resolve(code === 0 ? '' : error.trim().split('\n').at(-1) || `exit code ${code}`));
  });
  const late = wait(LIMIT_MS, 'late', { signal: stop.signal }).catch(() => '');
  const problem = await Promise.race([ended, late]);
  stop.abort();
  if (problem === 'late') child.kill();
  if (problem) return { error: problem === 'late' ? `no answer in ${LIMIT_MS / 1000} s` : problem };
  return JSON.parse(out.trim().split('\n').at(-1));
}

const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const geometricMean = numbers => Math.exp(numbers.reduce((sum, x) => sum + Math.log(x), 0) / numbers.length);

/** Answers by engine and workload, one a round. */
const answers = new Map();
let peakSpeed = peak();
for (let round = 0; round < ROUNDS; round++) {
  for (const workload of WORKLOADS) {
    for (const engine of ENGINES) {
      const key = `${engine.name} ${workload}`;
      const before = answers.get(key) ?? [];
      // what cannot run at all, or takes more than a second a step, is not asked again
      if (before[0]?.error || before[0]?.ms > 1000) continue;
      if (process.stderr.isTTY)
        process.stderr.write(`\r\x1b[Kround ${round + 1} of ${ROUNDS}: ${workload}, ${engine.name}`);
      answers.set(key, [...before, await engine.start(workload)]);
    }
    peakSpeed = Math.max(peakSpeed, peak());
  }
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');

const result = (name, workload) => {
  const all = answers.get(`${name} ${workload}`);
  const good = all.filter(answer => !answer.error);
  if (good.length === 0) return { engine: name, workload, error: all[0].error };
  return {
    ...good.at(-1),
    engine: name,
    workload,
    ms: median(good.map(answer => answer.ms)),
    cpu_ms: median(good.map(answer => answer.cpu_ms)),
    ms_by_round: good.map(answer => answer.ms),
  };
};
const table = WORKLOADS.map(workload => ({ workload, byEngine: ENGINES.map(({ name }) => result(name, workload)) }));
const lines = table.flatMap(({ byEngine }) =>
  byEngine.map(line => JSON.stringify({ ...line, peak_gflops: peakSpeed })),
);
for (const line of lines) console.log(line);
if (values.json) await writeFile(values.json, `${lines.join('\n')}\n`);

const row = (cells, fill = ' ') =>
  `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(8, fill) : cell.padStart(21, fill))).join(' | ')} |`;
const figure = x => (x === undefined ? '' : x.toPrecision(3));
const ratios = { PyTorch: [], 'the best JavaScript peer': [] };
console.log(
  `\nMilliseconds a training step, median of ${ROUNDS} rounds. ${await processorName()}, 128-bit peak ${peakSpeed.toFixed(1)} GFLOP/s, load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores.\n`,
);
console.log(
  row([
    'workload',
    ...ENGINES.map(({ name }) => name),
    'floor',
    'share of the floor',
    'PyTorch ÷ ours',
    'in processor time',
    'best JavaScript ÷ ours',
  ]),
);
console.log(row([''].concat(Array(10).fill('')), '-'));
for (const {
  workload,
  byEngine: [mine, all, torch, jax, tf],
} of table) {
  const floor = mine.flops === undefined ? undefined : mine.flops / peakSpeed / 1e6;
  const javascript = Math.min(...[jax, tf].map(({ ms }) => ms ?? Infinity));
  const toTorch = torch.ms && mine.ms && torch.ms / mine.ms;
  const toJavascript = Number.isFinite(javascript) && mine.ms ? javascript / mine.ms : undefined;
  if (toTorch) ratios.PyTorch.push(toTorch);
  if (toJavascript) ratios['the best JavaScript peer'].push(toJavascript);
  const cells = [mine, all, torch, jax, tf].map(({ ms, error, backend }) =>
    error ? 'cannot' : `${figure(ms)}${backend === 'cpu' ? ' (cpu)' : ''}`,
  );
  const share = floor && mine.ms ? `${((100 * floor) / mine.ms).toFixed(0)} %` : '';
  console.log(
    row([
      workload,
      ...cells,
      figure(floor),
      share,
      figure(toTorch),
      figure(torch.cpu_ms && mine.cpu_ms && torch.cpu_ms / mine.cpu_ms),
      figure(toJavascript),
    ]),
  );
}
for (const [name, list] of Object.entries(ratios)) {
  if (list.length > 0)
    console.log(`\nGeometric mean of ${name} ÷ ours: ${geometricMean(list).toFixed(2)} over ${list.length} workloads.`);
}
for (const { workload, byEngine } of table) {
  for (const { engine, error, wasmError } of byEngine) {
    if (error) console.log(`${engine} is missing for ${workload}: ${error}`);
    if (wasmError) console.log(`${engine} cannot run ${workload} in wasm (${wasmError}), so its cpu backend did.`);
  }
}
const blas = table.flatMap(({ byEngine }) => byEngine).find(line => line.blas)?.blas;
if (blas) {
  console.log(`\nPyTorch's BLAS: ${blas.join(', ') || 'none that the process shows (built in)'}.`);
  if (
    blas.some(file => /\/blas\/libblas|\/libblas\.so\.3\.\d/.test(file)) &&
    !blas.some(file => /openblas|mkl/i.test(file))
  ) {
    console.log(
      'WARNING: this is the reference BLAS, about twenty times slower than OpenBLAS; the comparison flatters us.',
    );
  }
}
const installed = await access(path.join(HERE, 'node_modules')).then(
  () => true,
  () => false,
);
if (!installed) console.log('The JavaScript peers are not installed: `npm ci` in bench/.');
await printValues();
