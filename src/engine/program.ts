/** A planned list of instructions bound to real memory: what is replayed at every step. */
import type { CallWatcher } from './call-watcher';
import { isTensor, MEASUREMENT_GROUPS, type Instruction, type MeasurementGroup, type RunState } from './instruction';
import { flushing } from './kernels/flush';
import type { NumberBuffer } from './kernels/buffers';
import type { KernelSet } from './kernels/kernel-set';
import type { CallableKernels } from './kernels/kernels';
import { plainMapKernels } from './kernels/reference/maps';
import { plainKernels } from './kernels/reference/plain';
import type { Plan } from './plan';
import { sizeOf, type AnyTensor, type BufferOf } from './tensor';

/** The memory of a session: finds the buffer of a tensor, the same one each time. */
export class Arena {
  private readonly bound = new Map<AnyTensor, unknown>();

  readonly kernels: CallableKernels;

  constructor(
    private readonly set: KernelSet,
    private readonly plan: Plan,
    private readonly precision: 'float32' | 'float64',
  ) {
    this.kernels = { ...flushing({ ...plainKernels, ...plainMapKernels }, set.flush), ...set.kernels };
  }

  /** The numbers a tensor stands for, as a view of the arena. Throws when the plan has no place for it. */
  at<T extends AnyTensor>(tensor: T): BufferOf<T> {
    let buffer = this.bound.get(tensor);
    if (!buffer) {
      buffer = this.bind(tensor);
      this.bound.set(tensor, buffer);
    }
    return buffer as BufferOf<T>;
  }

  /** Sets to 0 what is too small to be kept in float32. */
  flush(buffer: NumberBuffer): void {
    if (this.precision === 'float32') this.set.flush(buffer);
  }

  private bind(tensor: AnyTensor): {
    readonly offset: number;
    readonly length: number;
    readonly data: ArrayBufferView;
  } {
    const start = this.plan.offsets.get(tensor.storage);
    if (start === undefined) throw new Error('A tensor was used that the plan does not know.');
    const length = sizeOf(tensor.shape);
    const View =
      tensor.kind === 'measure'
        ? Float64Array
        : tensor.kind === 'id'
          ? Int32Array
          : this.precision === 'float64'
            ? Float64Array
            : Float32Array;
    const offset = this.set.base + start + tensor.start * View.BYTES_PER_ELEMENT;
    return { offset, length, data: new View(this.set.memory, offset, length) };
  }
}

/** Binds instructions once; `run` then only calls. */
export class Program {
  private readonly calls: readonly { readonly call: () => void; readonly groupBit: number }[];
  private readonly listsByGroups = new Map<number, readonly (() => void)[]>();

  /** `watcher` looks on at every call. */
  constructor(
    instructions: readonly Instruction[],
    arena: Arena,
    private readonly runState: RunState,
    watcher?: CallWatcher,
  ) {
    this.calls = instructions.map(instruction => ({
      call: watcher
        ? watcher.watched(instruction, this.bind(instruction, arena), tensor => arena.at(tensor))
        : this.bind(instruction, arena),
      groupBit: instruction.group ? groupBits([instruction.group]) : 0,
    }));
  }

  /** Runs every instruction that belongs to no measurement group or to one of these (bits of `groupBits`). */
  run(groups: number): void {
    let list = this.listsByGroups.get(groups);
    if (!list) {
      list = this.calls.filter(({ groupBit }) => groupBit === 0 || (groupBit & groups) !== 0).map(({ call }) => call);
      this.listsByGroups.set(groups, list);
    }
    for (let i = 0; i < list.length; i++) list[i]();
  }

  private bind(instruction: Instruction, arena: Arena): () => void {
    const { runState } = this;
    const kernel = arena.kernels[instruction.kernel] as (...args: unknown[]) => number | void;
    const args: unknown[] = instruction.args.map(argument => (isTensor(argument) ? arena.at(argument) : argument));
    const fromRun = instruction.args.flatMap((argument, index) =>
      typeof argument === 'function' ? [{ argument, index }] : [],
    );
    const result = instruction.result && arena.at(instruction.result).data;
    if (fromRun.length === 0 && !result) return kernel.bind<undefined, unknown[], [], void>(undefined, ...args);
    return () => {
      for (let i = 0; i < fromRun.length; i++) args[fromRun[i].index] = fromRun[i].argument(runState);
      const value = kernel(...args);
      if (result) result[0] = value as number;
    };
  }
}

/** Measurement groups as a set of bits. */
export function groupBits(groups: readonly MeasurementGroup[]): number {
  return groups.reduce((bits, group) => bits | (1 << MEASUREMENT_GROUPS.indexOf(group)), 0);
}
