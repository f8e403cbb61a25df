/**
 * A 32-bit mix in which every input bit reaches every output bit ("lowbias32", Chris Wellons, 2018). Returns an
 * unsigned integer below 2^32. Dropout draws its masks from it, so that a mask needs no memory and is the same in every
 * kernel set.
 */
export function hash32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
