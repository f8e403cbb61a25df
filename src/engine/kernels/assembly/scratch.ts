// Memory of the module's own, before the arena (`base` of the kernel set), that the matrix products pack their operands into.

/** Longest stretch of the summed axis taken at once. */
export const DEPTH: i32 = 256;
/** Rows of the left operand packed at once. */
export const BLOCK_ROWS: i32 = 32;
/** Columns of the right operand packed at once: with DEPTH, a quarter of a megabyte, which stays in the second-level cache. */
export const BLOCK_COLUMNS: i32 = 256;

/** The module's constants lie below. */
const SCRATCH: usize = 4096;
/** A tile of 32 floats at an edge of the result, before its valid part is copied. */
export const EDGE_TILE: usize = SCRATCH;
/** The left operand in groups of four rows side by side: BLOCK_ROWS × DEPTH floats. */
export const LEFT_PANELS: usize = EDGE_TILE + 4 * 8 * 4;
/** The right operand in panels of sixteen or eight columns: BLOCK_COLUMNS × DEPTH floats. */
export const RIGHT_PANELS: usize = LEFT_PANELS + (<usize>BLOCK_ROWS) * (<usize>DEPTH) * 4;
/** Where the windows of a block read, and where they write: an address each. */
export const IN_PLACES: usize = RIGHT_PANELS + (<usize>BLOCK_COLUMNS) * (<usize>DEPTH) * 4;
export const OUT_PLACES: usize = IN_PLACES + (<usize>BLOCK_COLUMNS) * 4;
/** What is added to those addresses for each row of the block. */
export const OFFSETS: usize = OUT_PLACES + (<usize>BLOCK_COLUMNS) * 4;

/** Where the arena may begin; beyond all memory when the constants have outgrown their place. */
export function scratchEnd(): usize {
  if (__heap_base > SCRATCH) return usize.MAX_VALUE;
  return OFFSETS + (<usize>DEPTH) * 4;
}
