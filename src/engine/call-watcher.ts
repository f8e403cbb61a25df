import type { Instruction } from './instruction';
import type { NumberBuffer } from './kernels/buffers';
import type { Tensor } from './tensor';

/** Looks on at every kernel call of the sessions that it is given to. */
export interface CallWatcher {
  /** The call to make in place of this one; `bufferOf` finds the numbers of its tensors. */
  watched(instruction: Instruction, call: () => void, bufferOf: (tensor: Tensor) => NumberBuffer): () => void;
}
