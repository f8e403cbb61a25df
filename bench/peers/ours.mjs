// Our engine: ours.mjs BUNDLE WORKLOAD norms|all, with WARM_MS and WINDOW_MS set. Prints one JSON line.
import { measure } from './measure.mjs';

const [bundle, name, measured] = process.argv.slice(2);
const { openWorkload, Profile } = await import(bundle);
const workload = openWorkload(name, measured);
const first = workload.step();
const cold = performance.now();
const timed = await measure(workload.step, first);
const profile = new Profile(() => performance.now());
openWorkload(name, measured, profile).step();
const flops = profile.kernels.reduce((sum, use) => sum + use.flops, 0);
console.log(
  JSON.stringify({
    engine: measured === 'all' ? 'ours, all statistics' : 'ours',
    ...timed,
    cold_ms: Math.round(cold),
    params: workload.parameters,
    flops,
    planned_mb: workload.arenaBytes / 2 ** 20,
  }),
);
