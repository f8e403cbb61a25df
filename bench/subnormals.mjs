// Counts the subnormal numbers (0 < |x| < 2^-126) in the buffers of a step: `npm run bench:subnormals -- b d`. All by
// default, with each kind of values. There should be none.
import { bundle } from './bundle.mjs';

const { countSubnormals, VALUES } = await import(await bundle('ours/index.ts'));
const named = process.argv.slice(2);
const workloads = named.length > 0 ? named : [...'abcdefgh', 'sigmoid'];

console.log('| workload | values | numbers seen | subnormal | where most of them are |\n|---|---|---|---|---|');
for (const workload of workloads) {
  for (const values of VALUES.filter(name => name !== 'infinite' && name !== 'nan')) {
    const byKernel = new Map();
    let [seen, subnormal] = [0, 0];
    for (const use of countSubnormals(workload, values)) {
      seen += use.values;
      subnormal += use.subnormal;
      byKernel.set(use.kernel, (byKernel.get(use.kernel) ?? 0) + use.subnormal);
    }
    const most = [...byKernel]
      .filter(([, count]) => count > 0)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3);
    console.log(
      `| ${workload} | ${values} | ${seen} | ${subnormal} | ${most.map(([kernel, count]) => `${kernel} ${count}`).join(', ')} |`,
    );
  }
}
