/**
 * Where the time of a step goes: counters of every kernel call of a session. The clock is given, so the engine knows
 * none.
 */
import type { CallWatcher } from './call-watcher';
import { isTensor, type Instruction } from './instruction';
import type { ConvolutionSizes } from './kernels/convolution-sizes';
import type { CallableKernels } from './kernels/kernels';

/** All calls of one kernel or, of matrix products, of one kernel with one shape. */
export interface KernelUse {
  readonly kernel: keyof CallableKernels;
  /** Of matrix products: `m×n×k`, where several lie one after another `count · m×n×k`. */
  readonly shape: string | undefined;
  calls: number;
  milliseconds: number;
  /**
   * Multiplications and additions of products by their definition, even where a kernel needs fewer; 0 for the others.
   */
  flops: number;
}

/** Counts and times the calls of the sessions that it is given to. */
export class Profile implements CallWatcher {
  private readonly uses = new Map<string, KernelUse>();

  /** `clock`: milliseconds from any origin. */
  constructor(private readonly clock: () => number) {}

  /** Every kernel that was called, the one that took longest first. */
  get kernels(): readonly KernelUse[] {
    return [...this.uses.values()].filter(use => use.calls > 0).sort((a, b) => b.milliseconds - a.milliseconds);
  }

  /** The same call, counted. */
  watched(instruction: Instruction, call: () => void): () => void {
    const { clock } = this;
    const { shape, flops } = productOf(instruction) ?? { shape: undefined, flops: 0 };
    const key = `${instruction.kernel} ${shape ?? ''}`;
    const use = this.uses.get(key) ?? { kernel: instruction.kernel, shape, calls: 0, milliseconds: 0, flops: 0 };
    this.uses.set(key, use);
    return () => {
      const before = clock();
      call();
      use.milliseconds += clock() - before;
      use.calls++;
      use.flops += flops;
    };
  }
}

/** Gates of the recurrent kernels, whose products with the state they compute themselves. */
const RECURRENT_GATES: Partial<Record<keyof CallableKernels, number>> = {
  rnn: 1,
  rnnBackward: 1,
  gru: 3,
  gruBackward: 3,
  lstm: 4,
  lstmBackward: 4,
};

/** Shape and arithmetic of the matrix products in a call. */
function productOf({ kernel, args }: Instruction): { readonly shape: string; readonly flops: number } | undefined {
  const sizes = args.filter(argument => typeof argument === 'number');
  if (kernel.startsWith('matmul')) {
    const [count, m, n, k] = (kernel.startsWith('matmulEach') ? sizes : [1, ...sizes]) as [
      number,
      number,
      number,
      number,
    ];
    return { shape: `${count === 1 ? '' : `${count} · `}${m}×${n}×${k}`, flops: 2 * count * m * n * k };
  }
  if (kernel.startsWith('convolve')) return productOfWindows(kernel, sizes as ConvolutionSizes);
  if (kernel === 'attend' || kernel === 'attendBackward') {
    const [batch, heads, time, places, size] = sizes as [number, number, number, number, number];
    const causal = args.at(-1) === true;
    const seen = causal ? (time * (time + 1)) / 2 : time * places;
    const products = kernel === 'attend' ? 2 : 4;
    return {
      shape: `${batch * heads} · ${time}×${places}×${size}${causal ? ' causal' : ''}`,
      flops: 2 * products * batch * heads * seen * size,
    };
  }
  const gates = RECURRENT_GATES[kernel];
  if (gates === undefined || !args.some(isTensor)) return undefined;
  const [time, batch, units] = sizes as [number, number, number];
  return { shape: `${time} · ${batch}×${gates * units}×${units}`, flops: 2 * time * batch * gates * units * units };
}

/** As if all windows of the batch were the columns of one matrix a group. */
function productOfWindows(kernel: string, sizes: ConvolutionSizes): { readonly shape: string; readonly flops: number } {
  const [batch, channels, , , filters, groups, kernelHeight, kernelWidth, , , , , outHeight, outWidth] = sizes;
  const [rows, windows, depth] = [
    filters / groups,
    batch * outHeight * outWidth,
    (channels / groups) * kernelHeight * kernelWidth,
  ];
  const product =
    kernel === 'convolve'
      ? [rows, windows, depth]
      : kernel === 'convolveBackwardInput'
        ? [depth, windows, rows]
        : [rows, depth, windows];
  return {
    shape: `${groups === 1 ? '' : `${groups} · `}${product.join('×')}`,
    flops: 2 * groups * rows * windows * depth,
  };
}
