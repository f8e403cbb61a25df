/** How many subnormal numbers each kernel call of a step leaves in its buffers, or finds there. */
import type { CallWatcher } from './call-watcher';
import { isTensor, type Instruction } from './instruction';
import { isScratch } from './kernels/flush';
import type { NumberBuffer } from './kernels/buffers';
import type { CallableKernels } from './kernels/kernels';
import type { Tensor } from './tensor';

const SMALLEST_NORMAL = 1 / 2 ** 126;

/** What the calls of one kernel in one layer held. */
export interface SubnormalUse {
  readonly kernel: keyof CallableKernels;
  /** Path of the layer that the buffer belongs to; '' for none. */
  readonly path: string;
  /** Which parameter of the kernel, from 0. */
  readonly position: number;
  /** Numbers seen, over all calls. */
  values: number;
  /** Those with 0 < |x| < 2^-126. */
  subnormal: number;
}

/**
 * These place parts of a buffer, whose other parts may not have been written yet: whoever reads the whole counts it.
 */
const WRITES_PARTS: ReadonlySet<keyof CallableKernels> = new Set(['copyRows', 'fromTimeMajor']);

/**
 * Counts the subnormal numbers in every buffer that a kernel reads or writes, scratch left out. Of float32 sessions.
 */
export class SubnormalCount implements CallWatcher {
  private readonly byKey = new Map<string, SubnormalUse>();

  /** Every buffer that was seen, by kernel, layer and position. */
  get uses(): readonly SubnormalUse[] {
    return [...this.byKey.values()];
  }

  /** The calls since the last reset held so many subnormal numbers. */
  get total(): number {
    return this.uses.reduce((sum, { subnormal }) => sum + subnormal, 0);
  }

  /** Forgets what was counted. */
  reset(): void {
    for (const use of this.byKey.values()) use.values = use.subnormal = 0;
  }

  watched({ kernel, args }: Instruction, call: () => void, bufferOf: (tensor: Tensor) => NumberBuffer): () => void {
    const held = args.flatMap((argument, position) => {
      if (!isTensor(argument) || argument.kind !== 'number' || isScratch(kernel, position)) return [];
      if (WRITES_PARTS.has(kernel) && position === args.findLastIndex(isTensor)) return [];
      return [{ buffer: bufferOf(argument), use: this.useOf(kernel, argument.storage.scope, position) }];
    });
    return () => {
      call();
      for (const { buffer, use } of held) {
        use.values += buffer.length;
        use.subnormal += subnormalsIn(buffer);
      }
    };
  }

  private useOf(kernel: keyof CallableKernels, path: string, position: number): SubnormalUse {
    const key = `${kernel} ${position} ${path}`;
    const use = this.byKey.get(key) ?? { kernel, path, position, values: 0, subnormal: 0 };
    this.byKey.set(key, use);
    return use;
  }
}

/** Numbers of a float32 buffer that are neither 0 nor normal. */
export function subnormalsIn({ data }: NumberBuffer): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]);
    if (size > 0 && size < SMALLEST_NORMAL) count++;
  }
  return count;
}
