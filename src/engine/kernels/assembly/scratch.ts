// The bytes before the arena (`base` of the kernel set) that the matrix products pack their operands into.

/** Longest stretch of the summed axis taken at once. */
export const DEPTH: i32 = 256;
/** Rows of the left operand packed at once. */
export const BLOCK_ROWS: i32 = 32;
/** Columns of the right operand packed at once: with DEPTH, a quarter of a megabyte, which stays in the second-level cache. */
export const BLOCK_COLUMNS: i32 = 256;

/** A tile of 4 × 8 floats at an edge of the result, before its valid part is copied. */
export const EDGE_TILE: usize = 64;
/** The left operand in groups of four rows side by side: BLOCK_ROWS × DEPTH floats. */
export const LEFT_PANELS: usize = 256;
/** The right operand in panels of eight columns: BLOCK_COLUMNS × DEPTH floats. */
export const RIGHT_PANELS: usize = LEFT_PANELS + (<usize>BLOCK_ROWS) * (<usize>DEPTH) * 4;

/** Where the arena may begin. */
export function scratchEnd(): usize {
  return RIGHT_PANELS + (<usize>BLOCK_COLUMNS) * (<usize>DEPTH) * 4;
}
