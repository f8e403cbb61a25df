// Measures the 128-bit limit of this machine in WebAssembly.
import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** Each loop of peak.ts with its operations a turn. */
const LOOPS = { chains: 96, products: 64 };
/** A third of a millisecond: short enough that some runs are not interrupted on a busy machine. */
const OPERATIONS = 13e6;

/** Compiles the loops and returns a function that gives the best of some short runs of any of them in GFLOP/s. */
export async function openPeak() {
  const source = await readFile(new URL('peak.ts', import.meta.url), 'utf8');
  let bytes;
  const { error, stderr } = await asc.main(
    ['peak.ts', '--outFile', 'peak.wasm', '--runtime', 'stub', '-O3', '--enable', 'simd'],
    {
      readFile: name => (name === 'peak.ts' ? source : null),
      writeFile: (_name, contents) => {
        bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !bytes) throw new Error(`The loops for the peak do not compile:\n${stderr}`);
  const { instance } = await WebAssembly.instantiate(bytes);
  const loops = Object.entries(LOOPS).map(([name, operations]) => ({
    run: instance.exports[name],
    turns: Math.round(OPERATIONS / operations),
    operations,
  }));
  for (const { run, turns } of loops) run(turns);
  return () =>
    Math.max(
      ...loops.map(({ run, turns, operations }) => {
        let best = Infinity;
        for (let index = 0; index < 200; index++) {
          const before = performance.now();
          run(turns);
          best = Math.min(best, performance.now() - before);
        }
        return (operations * turns) / best / 1e6;
      }),
    );
}
