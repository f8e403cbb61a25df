// Transforms of Winograd's F(2×2, 3×3), with the matrices of `winograd.ts`. What belongs to one position of the tile stands together:
// row a, column b is (4 a + b) `position` bytes from the first. Four tiles or four kernels are transformed at once.
import { HALF, number } from './constants';
import { flushed, loadUpTo, storeUpTo } from './float32x4';

/** What four tiles at an edge read, 4 rows of 12 floats: what is beyond the map is 0. */
const EDGE: usize = memory.data(4 * 48, 16);

/** Bᵀ d B of four tiles side by side, whose four rows begin at r0 to r3. Of each row ten floats are read. */
// @ts-ignore: decorator
@inline
function transformTiles(r0: usize, r1: usize, r2: usize, r3: usize, to: usize, position: usize): void {
  // columns 0 to 3, 4 to 7 and 6 to 9
  const a0 = v128.load(r0), a1 = v128.load(r0, 16), a2 = v128.load(r0, 24);
  const c0 = v128.load(r2), c1 = v128.load(r2, 16), c2 = v128.load(r2, 24);
  transformColumns(f32x4.sub(a0, c0), f32x4.sub(a1, c1), f32x4.sub(a2, c2), to, position);
  to += position << 2;
  const b0 = v128.load(r1), b1 = v128.load(r1, 16), b2 = v128.load(r1, 24);
  transformColumns(f32x4.add(b0, c0), f32x4.add(b1, c1), f32x4.add(b2, c2), to, position);
  to += position << 2;
  transformColumns(f32x4.sub(c0, b0), f32x4.sub(c1, b1), f32x4.sub(c2, b2), to, position);
  to += position << 2;
  const d0 = v128.load(r3), d1 = v128.load(r3, 16), d2 = v128.load(r3, 24);
  transformColumns(f32x4.sub(b0, d0), f32x4.sub(b1, d1), f32x4.sub(b2, d2), to, position);
}

/** One row of them times B, given columns 0 to 3, 4 to 7 and 6 to 9. */
// @ts-ignore: decorator
@inline
function transformColumns(x0: v128, x1: v128, x2: v128, to: usize, position: usize): void {
  const first = i32x4.shuffle(x0, x1, 0, 2, 4, 6), second = i32x4.shuffle(x0, x1, 1, 3, 5, 7);
  const third = i32x4.shuffle(first, x2, 1, 2, 3, 6), fourth = i32x4.shuffle(second, x2, 1, 2, 3, 7);
  v128.store(to, f32x4.sub(first, third));
  to += position;
  v128.store(to, f32x4.add(second, third));
  to += position;
  v128.store(to, f32x4.sub(third, second));
  to += position;
  v128.store(to, f32x4.sub(second, fourth));
}

/**
 * Bᵀ d B of a row of tiles of one map, of which `rows` <= 4 rows of `width` floats are there. The last four tiles overlap with those
 * before them; where there are fewer, four are written all the same.
 */
export function transformTileRow(x: usize, rows: i32, width: i32, tiles: i32, to: usize, position: usize): void {
  const row = (<usize>width) << 2;
  for (let q = 0; q < tiles; q += 4) {
    q = max(0, min(q, tiles - 4));
    const from = x + ((<usize>q) << 3), at = to + ((<usize>q) << 2);
    const columns = width - 2 * q;
    if (rows == 4 && columns >= 10) {
      transformTiles(from, from + row, from + 2 * row, from + 3 * row, at, position);
      continue;
    }
    memory.fill(EDGE, 0, 4 * 48);
    for (let i: usize = 0; i < <usize>rows; i++) memory.copy(EDGE + 48 * i, from + i * row, (<usize>min(10, columns)) << 2);
    transformTiles(EDGE, EDGE + 48, EDGE + 96, EDGE + 144, at, position);
  }
}

/** Aᵀ m A of a row of tiles, to `rows` <= 2 rows of `width` floats at y. The last four overlap with those before them. */
export function transformProductRow(from: usize, position: usize, tiles: i32, y: usize, rows: i32, width: i32): void {
  const down = position << 2;
  for (let q = 0; q < tiles; q += 4) {
    q = max(0, min(q, tiles - 4));
    const at = from + ((<usize>q) << 2), to = y + ((<usize>q) << 3), columns = width - 2 * q;
    const top0 = sumDown(at, down), top1 = sumDown(at + position, down);
    const top2 = sumDown(at + 2 * position, down), top3 = sumDown(at + 3 * position, down);
    storePairs(f32x4.add(f32x4.add(top0, top1), top2), f32x4.sub(f32x4.sub(top1, top2), top3), to, columns);
    if (rows == 1) continue;
    const low0 = differenceDown(at, down), low1 = differenceDown(at + position, down);
    const low2 = differenceDown(at + 2 * position, down), low3 = differenceDown(at + 3 * position, down);
    storePairs(
      f32x4.add(f32x4.add(low0, low1), low2), f32x4.sub(f32x4.sub(low1, low2), low3), to + ((<usize>width) << 2), columns,
    );
  }
}

/** The first row of Aᵀ m, of one column. */
// @ts-ignore: decorator
@inline
function sumDown(at: usize, down: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(at), v128.load(at + down)), v128.load(at + 2 * down));
}

/** The second. */
// @ts-ignore: decorator
@inline
function differenceDown(at: usize, down: usize): v128 {
  return f32x4.sub(f32x4.sub(v128.load(at + down), v128.load(at + 2 * down)), v128.load(at + 3 * down));
}

/** Even and odd columns by turns, as many as there are. */
// @ts-ignore: decorator
@inline
function storePairs(even: v128, odd: v128, to: usize, columns: i32): void {
  const low = i32x4.shuffle(even, odd, 0, 4, 1, 5), high = i32x4.shuffle(even, odd, 2, 6, 3, 7);
  storeUpTo(to, flushed(low), columns);
  if (columns > 4) storeUpTo(to + 16, flushed(high), columns - 4);
}

/** G g Gᵀ of kernels `[rows, maps, 3, 3]`, in groups of four rows side by side. In the place of missing rows the last is repeated. */
export function transformKernels(weight: usize, rows: i32, maps: i32, to: usize, position: usize): void {
  const bytes = <usize>maps * 36;
  for (let r = 0; r < rows; r += 4) {
    let w0 = weight + <usize>r * bytes;
    let w1 = weight + <usize>min(r + 1, rows - 1) * bytes;
    let w2 = weight + <usize>min(r + 2, rows - 1) * bytes;
    let w3 = weight + <usize>min(r + 3, rows - 1) * bytes;
    for (let c = 0; c < maps; c++) {
      fourKernels(w0, w1, w2, w3, to, position);
      w0 += 36;
      w1 += 36;
      w2 += 36;
      w3 += 36;
      to += 16;
    }
  }
}

/** G g Gᵀ of four kernels. */
// @ts-ignore: decorator
@inline
function fourKernels(w0: usize, w1: usize, w2: usize, w3: usize, to: usize, position: usize): void {
  const g00 = gather(w0, w1, w2, w3, 0), g01 = gather(w0, w1, w2, w3, 4), g02 = gather(w0, w1, w2, w3, 8);
  const g10 = gather(w0, w1, w2, w3, 12), g11 = gather(w0, w1, w2, w3, 16), g12 = gather(w0, w1, w2, w3, 20);
  const g20 = gather(w0, w1, w2, w3, 24), g21 = gather(w0, w1, w2, w3, 28), g22 = gather(w0, w1, w2, w3, 32);
  kernelColumn(g00, g10, g20, to, position);
  kernelColumn(halfOf(g00, g01, g02), halfOf(g10, g11, g12), halfOf(g20, g21, g22), to + position, position);
  kernelColumn(halfWithout(g00, g01, g02), halfWithout(g10, g11, g12), halfWithout(g20, g21, g22), to + 2 * position, position);
  kernelColumn(g02, g12, g22, to + 3 * position, position);
}

/** G times one column of g Gᵀ. */
// @ts-ignore: decorator
@inline
function kernelColumn(k0: v128, k1: v128, k2: v128, to: usize, position: usize): void {
  v128.store(to, k0);
  to += position << 2;
  v128.store(to, halfOf(k0, k1, k2));
  to += position << 2;
  v128.store(to, halfWithout(k0, k1, k2));
  to += position << 2;
  v128.store(to, k2);
}

/** (a + b + c) / 2 */
// @ts-ignore: decorator
@inline
function halfOf(a: v128, b: v128, c: v128): v128 {
  return f32x4.mul(f32x4.add(f32x4.add(a, c), b), number(HALF));
}

/** (a - b + c) / 2 */
// @ts-ignore: decorator
@inline
function halfWithout(a: v128, b: v128, c: v128): v128 {
  return f32x4.mul(f32x4.sub(f32x4.add(a, c), b), number(HALF));
}

/** One number of each of four. */
// @ts-ignore: decorator
@inline
function gather(w0: usize, w1: usize, w2: usize, w3: usize, offset: usize): v128 {
  let four = v128.load32_zero(w0 + offset);
  four = v128.load32_lane(w1 + offset, four, 1);
  four = v128.load32_lane(w2 + offset, four, 2);
  return v128.load32_lane(w3 + offset, four, 3);
}
