// The bytes before the arena (`base` of the kernel set) that the matrix products pack their operands into.

/** Longest stretch of the summed axis taken at once. */
export const DEPTH: i32 = 256;
/** Columns of the right operand packed at once: with DEPTH, a quarter of a megabyte, which stays in the second-level cache. */
export const BLOCK_COLUMNS: i32 = 256;

/** A tile of 4 × 8 floats at an edge of the result, before its valid part is copied. */
export const EDGE_TILE: usize = 64;
/** Four rows of the left operand side by side: DEPTH × 4 floats. */
export const LEFT_PANEL: usize = 256;
/** Panels of eight columns of the right operand: BLOCK_COLUMNS × DEPTH floats. */
export const RIGHT_PANELS: usize = LEFT_PANEL + (<usize>DEPTH) * 16;
/** First byte that is not scratch. */
export const SCRATCH_END: usize = RIGHT_PANELS + (<usize>BLOCK_COLUMNS) * (<usize>DEPTH) * 4;

/** Where the arena may begin. */
export function scratchEnd(): usize {
  return SCRATCH_END;
}
