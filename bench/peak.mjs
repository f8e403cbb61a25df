// Measures the 128-bit limit of this machine in WebAssembly.
import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const OPERATIONS_A_TURN = 56;
/** A third of a millisecond: short enough that some runs are not interrupted on a busy machine. */
const TURNS = 200_000;

/** Compiles the loop and returns a function that gives the best of some short runs in GFLOP/s. */
export async function openPeak() {
  const source = await readFile(new URL('peak.ts', import.meta.url), 'utf8');
  let bytes;
  const { error, stderr } = await asc.main(['peak.ts', '--outFile', 'peak.wasm', '--runtime', 'stub', '-O3', '--enable', 'simd'], {
    readFile: name => (name === 'peak.ts' ? source : null),
    writeFile: (_name, contents) => { bytes = contents; },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`The loop for the peak does not compile:\n${stderr}`);
  const { instance } = await WebAssembly.instantiate(bytes);
  const { chains } = instance.exports;
  chains(TURNS);
  return () => {
    let best = Infinity;
    for (let run = 0; run < 300; run++) {
      const before = performance.now();
      chains(TURNS);
      best = Math.min(best, performance.now() - before);
    }
    return OPERATIONS_A_TURN * TURNS / best / 1e6;
  };
}
