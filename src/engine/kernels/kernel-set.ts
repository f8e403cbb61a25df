import type { Flush } from './flush';
import type { Kernels } from './kernels';

/** A kernel set with the memory it works on. */
export interface KernelSet {
  readonly name: 'reference' | 'simd';
  readonly kernels: Kernels;
  readonly memory: ArrayBuffer;
  /** First byte of the arena in `memory`, a multiple of 64: the bytes before it are the set's own. */
  readonly base: number;
  /** What `flush.ts` defines; the set's own kernels have flushed what they wrote. */
  readonly flush: Flush;
}

/**
 * `openReferenceKernels` (`reference/open-reference-kernels.ts`) and `openSimdKernels` (`simd/open-simd-kernels.ts`).
 * Makes a kernel set whose memory holds an arena of so many bytes, zeroed. Throws a RangeError when the memory cannot
 * be had.
 */
export type OpenKernelSet = (arenaBytes: number) => KernelSet;
