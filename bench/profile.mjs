// Where a step's time goes, kernel by kernel: `npm run bench:profile -- c g`. Of each kernel the fastest of many steps
// counts, and the peak is measured between them, so that other work on the machine disturbs both little: what it
// interrupts is not the fastest.
import { bundle } from './bundle.mjs';
import { openPeak } from './peak.mjs';
import { processorName } from './processor.mjs';

const WARM = 20;
const ROUNDS = 12;
const STEPS_A_ROUND = 8;

const { openWorkload, Profile } = await import(await bundle('ours/index.ts'));
const peak = await openPeak();
console.log(`${await processorName()}, Node ${process.versions.node}`);

for (const name of process.argv.slice(2)) {
  const profile = new Profile(() => performance.now());
  const profiled = openWorkload(name, 'norms', profile);
  const plain = openWorkload(name, 'norms');
  const totals = () =>
    new Map(
      profile.kernels.map(({ kernel, shape, calls, milliseconds, flops }) => [
        `${kernel} ${shape ?? ''}`.trim(),
        { calls, milliseconds, flops },
      ]),
    );
  for (let step = 0; step < WARM; step++) [profiled, plain].forEach(open => open.step());
  /** By kernel: the fastest step. */
  const best = new Map();
  let fastest = Infinity;
  let speed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    speed = Math.max(speed, peak());
    for (let step = 0; step < STEPS_A_ROUND; step++) {
      const before = totals();
      profiled.step();
      for (const [kernel, { calls, milliseconds, flops }] of totals()) {
        const then = before.get(kernel);
        const used = {
          calls: calls - then.calls,
          milliseconds: milliseconds - then.milliseconds,
          flops: flops - then.flops,
        };
        if (used.milliseconds < (best.get(kernel)?.milliseconds ?? Infinity)) best.set(kernel, used);
      }
      const start = performance.now();
      plain.step();
      fastest = Math.min(fastest, performance.now() - start);
    }
  }
  const flops = [...best.values()].reduce((sum, use) => sum + use.flops, 0);
  const floor = flops / speed / 1e6;
  const together = [...best.values()].reduce((sum, use) => sum + use.milliseconds, 0);
  console.log(
    `\n${name}: the kernels below take ${together.toFixed(2)} ms together, the fastest whole step took ${fastest.toFixed(2)} ms. ` +
      `${(flops / 1e6).toFixed(0)} MFLOP in matrix products, at the peak of ${speed.toFixed(1)} GFLOP/s ${floor.toFixed(2)} ms: ` +
      `${((100 * floor) / together).toFixed(0)} % of the kernels' time, ${((100 * floor) / fastest).toFixed(0)} % of the step's.\n`,
  );
  console.log('| kernel | calls | ms | share | GFLOP/s | of the peak |\n|---|---|---|---|---|---|');
  for (const [kernel, use] of [...best].sort(([, a], [, b]) => b.milliseconds - a.milliseconds)) {
    const gflops = use.flops / use.milliseconds / 1e6;
    const product = use.flops > 0 ? `${gflops.toFixed(1)} | ${((100 * gflops) / speed).toFixed(0)} %` : '|';
    console.log(
      `| ${kernel} | ${use.calls} | ${use.milliseconds.toFixed(3)} | ${((100 * use.milliseconds) / together).toFixed(1)} % | ${product} |`,
    );
  }
}
