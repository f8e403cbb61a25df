/** Shapes and symbolic tensors: names for places in the arena that a plan will decide. No numbers live here. */
import type { IdBuffer, MeasureBuffer, NumberBuffer } from './kernels/buffers';

/** Sizes of every axis, the batch included. */
export type TensorShape = readonly number[];

/**
 * What a block of memory is for, which decides how long it is kept: `input`, `parameter`, `state` (running statistics,
 * optimizer state), `constant` and `measure` always, `temporary` while it is used.
 */
export type StorageRole = 'input' | 'parameter' | 'state' | 'constant' | 'measure' | 'temporary';

/** A block of the arena. Several tensors may share one: a reshaped tensor and its source. */
export interface Storage {
  readonly role: StorageRole;
  readonly type: 'number' | 'id' | 'measure';
  /** Elements. */
  readonly length: number;
  /** Path of the layer it belongs to; '' for none. */
  readonly scope: string;
  /** Blocks of parameters and state with one name are one block, in whichever graph they stand. */
  readonly name?: string;
}

interface TensorBase {
  readonly shape: TensorShape;
  readonly storage: Storage;
  /** First element within the storage. */
  readonly start: number;
}

/** Numbers of the session's precision. */
export interface Tensor extends TensorBase {
  readonly kind: 'number';
  /**
   * Whether the loss gradient by it is asked for: trainable parameters, the float inputs, and all that is computed from
   * them.
   */
  readonly needsGradient: boolean;
}

/** Token or class ids, each checked to be at least 0 and less than `below` when fed. */
export interface IdTensor extends TensorBase {
  readonly kind: 'id';
  readonly below: number;
}

/** Measured values in double precision. */
export interface MeasureTensor extends TensorBase {
  readonly kind: 'measure';
}

export type AnyTensor = Tensor | IdTensor | MeasureTensor;

/** The buffer that a tensor is bound to when a plan is. */
export type BufferOf<T extends AnyTensor> = T extends Tensor
  ? NumberBuffer
  : T extends IdTensor
    ? IdBuffer
    : MeasureBuffer;

/** Number of elements of a shape. */
export function sizeOf(shape: TensorShape): number {
  return shape.reduce((product, size) => product * size, 1);
}
