/**
 * Subnormal numbers are kept out of float32 memory. Those below 2^-126 cost a hundred cycles an operation on many
 * processors, and WebAssembly cannot have them flushed. So every kernel stores 0 in place of what is smaller than
 * `FLUSH_BOUND`: the same bits everywhere, at whatever speed. In float64 nothing is flushed. docs/engine.md gives the
 * reasons for the bounds.
 */
import { KERNEL_WRITES } from './kernel-writes';
import type { NumberBuffer } from './buffers';
import type { CallableKernels } from './kernels';

/** 2^-100. What is left times any number above 2^-26 is normal, and so is the sum of two that are left. */
export const FLUSH_BOUND = 1 / 2 ** 100;

/** 2^-50. Optimizers count a smaller gradient as this when they average squares, so that the averages stay normal. */
export const SMALLEST_SQUARED = 1 / 2 ** 50;

/** Sets to 0 what is smaller than `FLUSH_BOUND`. */
export type Flush = (x: NumberBuffer) => void;

/** The definition; leaves float64 as it is. */
export function flush({ data }: NumberBuffer): void {
  if (!(data instanceof Float32Array)) return;
  for (let i = 0; i < data.length; i++) if (Math.abs(data[i]) < FLUSH_BOUND) data[i] = 0;
}

/** The square of `value`, to be averaged in `average`: not less than `SMALLEST_SQUARED`'s in float32. */
export function squareToAverage(average: Float32Array | Float64Array, value: number): number {
  return average instanceof Float32Array && Math.abs(value) < SMALLEST_SQUARED
    ? SMALLEST_SQUARED * SMALLEST_SQUARED
    : value * value;
}

type Positions = Partial<Record<keyof CallableKernels, readonly number[]>>;

/** Which parameters of a kernel are scratch: nothing reads them after it. */
const SCRATCH: Positions = {
  attend: [5],
  attendBackward: [8],
  convolve: [3],
  convolveBackwardInput: [3],
  convolveBackwardWeight: [3],
  rnn: [5],
  rnnBackward: [5],
  lstm: [6],
  lstmBackward: [7],
  gru: [6],
  gruBackward: [8],
};

/** Which are averages of squares, in which `SMALLEST_SQUARED` takes the place of the bound. */
const AVERAGED_SQUARES: Positions = {
  adam: [3],
  rmsprop: [2],
  adagrad: [2],
  adadelta: [2, 3],
  amsgrad: [3, 4],
  nadam: [3],
  radam: [3],
};

/** Whether a parameter of a kernel, by its position, is scratch. */
export function isScratch(kernel: keyof CallableKernels, position: number): boolean {
  return SCRATCH[kernel]?.includes(position) ?? false;
}

/** Which parameters of a kernel, by position, hold nothing below `FLUSH_BOUND` after it. */
export function flushedWrites(kernel: keyof CallableKernels): readonly number[] {
  return KERNEL_WRITES[kernel].filter(
    position => !isScratch(kernel, position) && !AVERAGED_SQUARES[kernel]?.includes(position),
  );
}

/** The same kernels, each followed by the flush of what it wrote. For those that do not flush by themselves. */
export function flushing<K extends Partial<CallableKernels>>(kernels: K, flushBuffer: Flush): K {
  return Object.fromEntries(
    Object.entries(kernels).map(([name, kernel]) => {
      const positions = flushedWrites(name as keyof CallableKernels);
      const call = kernel as (...args: readonly unknown[]) => number | void;
      return [
        name,
        (...args: readonly unknown[]) => {
          const result = call(...args);
          for (let i = 0; i < positions.length; i++) {
            const buffer = args[positions[i]] as NumberBuffer | undefined;
            if (buffer?.data instanceof Float32Array) flushBuffer(buffer);
          }
          return result;
        },
      ];
    }),
  ) as K;
}
