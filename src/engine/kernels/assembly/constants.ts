// Constant vectors are read from memory, one instruction each. Written as literals they would be built anew, with three
// instructions, in every turn of a loop: V8 does not keep them in registers across one.

/** A float32 (or the bits of one) at a place of `memory.data`, in all four lanes. */
// @ts-ignore: decorator
@inline
export function number(at: usize): v128 {
  return v128.load32_splat(at);
}

/** The i-th of several. */
// @ts-ignore: decorator
@inline
export function coefficient(at: usize, i: usize): v128 {
  return v128.load32_splat(at + (i << 2));
}

export const HALF: usize = memory.data<f32>([0.5]);
export const ONE: usize = memory.data<f32>([1]);
export const TWO: usize = memory.data<f32>([2]);
export const THREE: usize = memory.data<f32>([3]);
export const MINUS_HALF: usize = memory.data<f32>([-0.5]);
/** `FLUSH_BOUND` of `flush.ts`: 2^-100. What is smaller is kept as 0. */
export const FLUSH_BOUND: usize = memory.data<u32>([0x0d800000]);
/** All bits but the sign's. */
export const SIZE_BITS: usize = memory.data<u32>([0x7fffffff]);
/** The bit of the sign. */
export const SIGN: usize = memory.data<u32>([0x80000000]);
