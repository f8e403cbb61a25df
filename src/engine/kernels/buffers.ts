/** The memory that kernels read and write. */

/**
 * Numbers of the session's precision. The reference kernels use `data`, the WebAssembly ones `offset`; both are the
 * same memory.
 */
export interface NumberBuffer {
  /** First byte, from the start of the memory; a multiple of the element's size (whole tensors: of 64). */
  readonly offset: number;
  /** Elements. */
  readonly length: number;
  readonly data: Float32Array | Float64Array;
}

/** Token or class ids. */
export interface IdBuffer {
  readonly offset: number;
  readonly length: number;
  readonly data: Int32Array;
}

/** Measured values: always double precision. */
export interface MeasureBuffer {
  readonly offset: number;
  readonly length: number;
  readonly data: Float64Array;
}

declare const WRITTEN: unique symbol;

/** A buffer that the kernel writes to; all others it only reads. `kernel-writes.ts` is checked against it. */
export type Out<Buffer> = Buffer & { readonly [WRITTEN]?: true };

/** Positions of the parameters that a kernel writes to, as a union of `'0'`, `'1'` … */
export type WrittenPositions<Kernel> = Kernel extends (...args: infer Args) => unknown
  ? { [P in keyof Args]: typeof WRITTEN extends keyof NonNullable<Args[P]> ? P : never }[keyof Args & `${number}`]
  : never;
