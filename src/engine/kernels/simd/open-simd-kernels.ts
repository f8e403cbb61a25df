import bytes from '#kernels.wasm';
import type { OpenKernelSet } from '../kernel-set';
import type { Kernels } from '../kernels';
import { bindConvolution } from './bind-convolution';
import {
  bindAttention,
  bindElementwise,
  bindLayout,
  bindLosses,
  bindMaps,
  bindMatrix,
  bindNormalization,
} from './bind-network';
import { bindOptimizers, bindRecurrent, bindStatistics } from './bind-training';
import { bindStrided } from './bind-strided';
import type { WasmKernels } from './wasm-kernels';

const PAGE_BYTES = 65536;
const MAXIMUM_PAGES = 65536;
/** At least `scratchEnd()` of the module, which is checked when it is opened. */
const SCRATCH_BYTES = 320 * 1024;

let compiled: WebAssembly.Module | undefined;

/**
 * The float32 kernels in WebAssembly with 128-bit SIMD, each set with a memory of its own, of which the first 320 KB
 * are the set's own scratch. The module is compiled once a process. Throws a RangeError when the memory is larger than
 * WebAssembly can address (4 GB) or cannot be had, and WebAssembly.CompileError where SIMD is missing: then use the
 * reference kernels.
 */
export const openSimdKernels: OpenKernelSet = arenaBytes => {
  compiled ??= new WebAssembly.Module(bytes);
  const memory = new WebAssembly.Memory({ initial: pagesFor(SCRATCH_BYTES + arenaBytes) });
  const wasm = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as WasmKernels;
  if (wasm.scratchEnd() >>> 0 > SCRATCH_BYTES) {
    throw new Error('The kernels use more memory of their own than is set aside for them.');
  }
  return {
    name: 'simd',
    kernels: bind(wasm),
    memory: memory.buffer,
    base: SCRATCH_BYTES,
    flush: x => wasm.flush(x.offset, x.length),
  };
};

function pagesFor(byteLength: number): number {
  const pages = Math.ceil(byteLength / PAGE_BYTES);
  if (pages > MAXIMUM_PAGES) {
    throw new RangeError(`The model needs ${(byteLength / 2 ** 30).toFixed(1)} GB; WebAssembly memory ends at 4 GB.`);
  }
  return pages;
}

function bind(wasm: WasmKernels): Kernels {
  return {
    ...bindMatrix(wasm),
    ...bindConvolution(wasm),
    ...bindAttention(wasm),
    ...bindElementwise(wasm),
    ...bindLayout(wasm),
    ...bindLosses(wasm),
    ...bindMaps(wasm),
    ...bindNormalization(wasm),
    ...bindRecurrent(wasm),
    ...bindOptimizers(wasm),
    ...bindStatistics(wasm),
    ...bindStrided(wasm),
  };
}
