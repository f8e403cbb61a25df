/** One line of a program: a kernel, and what it is called with once every tensor has its place. */
import type { IdBuffer, MeasureBuffer, NumberBuffer } from './kernels/buffers';
import type { CallableKernels } from './kernels/kernels';
import type { AnyTensor, IdTensor, MeasureTensor, Tensor } from './tensor';

/** What changes from one run of a program to the next. Owned by the session, read by instructions. */
export interface RunState {
  /** From 0. */
  step: number;
  /** Rate of this step's update, schedule applied. */
  learningRate: number;
  /** Examples at the front of the batch that count in the loss; the whole batch but for the end of an evaluation. */
  examples: number;
  /** Mixed from seed and step: the key of every dropout mask. */
  dropoutKey: number;
}

/**
 * Which measurements a step takes, by name: `outputs` (statistics of every layer's output), `output-gradients`,
 * `input-gradient` (norm of the gradient by the float input, and what must be computed for it), `states` (norms of
 * recurrent states and their gradients, by time step), `parameters` (parameter norms). Gradient and update norms of
 * parameters are always taken.
 */
export const MEASUREMENT_GROUPS = ['outputs', 'output-gradients', 'input-gradient', 'states', 'parameters'] as const;
export type MeasurementGroup = (typeof MEASUREMENT_GROUPS)[number];

/** A kernel parameter as an instruction gives it: tensors for buffers; for numbers also a function of the run. */
type Argument<T> = T extends MeasureBuffer
  ? MeasureTensor
  : T extends IdBuffer
    ? IdTensor
    : T extends NumberBuffer
      ? Tensor
      : T extends number
        ? number | ((run: RunState) => number)
        : T;

/** Arguments of kernel `K` with tensors in place of buffers. */
export type Arguments<K extends keyof CallableKernels> = Bindable<Parameters<CallableKernels[K]>>;
type Bindable<P extends readonly unknown[]> = { [I in keyof P]: Argument<P[I]> };

export type AnyArgument = AnyTensor | string | number | boolean | undefined | ((run: RunState) => number);

export interface Instruction {
  readonly kernel: keyof CallableKernels;
  readonly args: readonly AnyArgument[];
  /** Where the number goes that the kernel returns. */
  readonly result?: MeasureTensor;
  /** Only run in steps that take these measurements. */
  readonly group?: MeasurementGroup;
}

/** Whether an argument is a tensor. */
export function isTensor(argument: AnyArgument): argument is AnyTensor {
  return typeof argument === 'object';
}
