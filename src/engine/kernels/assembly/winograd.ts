// Convolutions with 3 × 3 kernels at stride 1 by Winograd's F(2×2, 3×3) (Lavin & Gray 2015, "Fast Algorithms for Convolutional Neural
// Networks"): 16 multiplications for four windows of a map instead of 36. Of a tile d of 4 × 4 numbers, a kernel g and the four sums
// y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A with
//
//        1  0 -1  0           1    0    0           1  1  1  0
//   Bᵀ = 0  1  1  0      G =  1/2  1/2  1/2    Aᵀ = 0  1 -1 -1
//        0 -1  1  0           1/2 -1/2  1/2
//        0  1  0 -1           0    0    1
//
// Summed over the channels before Aᵀ … A, each of the 16 positions of the tile is a matrix product [filters, channels] × [channels,
// tiles]. These sums are a ninth as long, and so the results as exact as the direct ones. One of them depends on the numbers of its
// own window only, as in the definition, since no other enters the positions that Aᵀ … A adds up to it: windows of zeros give exact
// zeros, a tile that reaches over an edge gives exact sums within, and a huge number costs its neighbours no digit. But sums of four
// numbers may overflow where none of their products would. Then the result is not finite, as infinities and NaN never become numbers
// again; these kernels return false, and the caller computes all of it directly (`simd/bind-convolution.ts`). So what overflows, and how,
// is the same as without them.
import { Passing, tile, wideTiles } from './tile';
import { transformKernels, transformProductRow, transformTileRow } from './winograd-transforms';

/**
 * y as `convolve` has it. The tiles of a block of `blockRows` rows of tiles over the batch are the columns of the products, whose rows
 * are `stride` floats apart. Returns whether y is finite.
 */
export function winogradConvolve(
  x: usize, weight: usize, y: usize, scratch: usize, batch: i32, channels: i32, height: i32, width: i32, filters: i32, groups: i32,
  outHeight: i32, outWidth: i32, blockRows: i32, stride: i32,
): bool {
  const rows = filters / groups, maps = channels / groups, paddedRows = (rows + 3) & ~3;
  const tilesHigh = (outHeight + 1) >> 1, tilesWide = (outWidth + 1) >> 1, tileRows = batch * tilesHigh;
  const mapBytes = (<usize>(height * width)) << 2, outBytes = (<usize>(outHeight * outWidth)) << 2;
  const rowBytes = (<usize>stride) << 2;
  const kernelPosition = apart((<usize>(paddedRows * maps)) << 2);
  const tilePosition = apart(<usize>maps * rowBytes), productPosition = apart(<usize>paddedRows * rowBytes);
  const tiles = scratch + 16 * kernelPosition, products = tiles + 16 * tilePosition;
  for (let g = 0; g < groups; g++) {
    transformKernels(weight + <usize>(g * rows * maps) * 36, rows, maps, scratch, kernelPosition);
    for (let first = 0; first < tileRows; first += blockRows) {
      const end = min(first + blockRows, tileRows);
      let column = tiles;
      for (let t = first; t < end; t++) {
        const n = t / tilesHigh, p = 2 * (t - n * tilesHigh);
        let from = x + <usize>(n * channels + g * maps) * mapBytes + ((<usize>(p * width)) << 2);
        for (let to = column, last = column + <usize>maps * rowBytes; to < last; to += rowBytes) {
          transformTileRow(from, min(4, height - p), width, tilesWide, to, tilePosition);
          from += mapBytes;
        }
        column += (<usize>tilesWide) << 2;
      }
      multiplyPositions(
        scratch, kernelPosition, tiles, tilePosition, products, productPosition, maps, paddedRows, (end - first) * tilesWide, rowBytes,
        false,
      );
      column = products;
      for (let t = first; t < end; t++) {
        const n = t / tilesHigh, p = 2 * (t - n * tilesHigh);
        let to = y + <usize>(n * filters + g * rows) * outBytes + ((<usize>(p * outWidth)) << 2);
        for (let from = column, last = column + <usize>rows * rowBytes; from < last; from += rowBytes) {
          transformProductRow(from, productPosition, tilesWide, to, min(2, outHeight - p), outWidth);
          to += outBytes;
        }
        column += (<usize>tilesWide) << 2;
      }
    }
  }
  return allFinite(y, batch * filters * outHeight * outWidth);
}

/**
 * Of each of the 16 positions c[rows, columns] = a[rows, depth] b[depth, columns], or +=. a: in groups of four rows side by side, so
 * that `rows` is a multiple of 4. Rows of b and c are `rowBytes` apart, which is enough for the next multiple of 8 columns.
 */
export function multiplyPositions(
  a: usize, aPosition: usize, b: usize, bPosition: usize, c: usize, cPosition: usize, depth: i32, rows: i32, columns: i32,
  rowBytes: usize, accumulate: bool,
): void {
  for (let position: usize = 0; position < 16; position++) {
    const left = a + position * aPosition, right = b + position * bPosition, to = c + position * cPosition;
    for (let j = 0; j < columns; j += 8) {
      const panel = right + ((<usize>j) << 2);
      let four = left, at = to + ((<usize>j) << 2);
      if (j + 8 < columns) {
        wideTiles<Passing>(four, panel, rowBytes, depth, at, rowBytes, rows, accumulate);
        j += 8;
        continue;
      }
      for (let i = 0; i < rows; i += 4) {
        tile<Passing>(four, panel, rowBytes, depth, at, rowBytes, accumulate);
        four += (<usize>depth) << 4;
        at += rowBytes << 2;
      }
    }
  }
}

/** At least so many bytes, an odd number of cache lines: 16 positions so far apart do not compete for the same places of the cache. */
// @ts-ignore: decorator
@inline
export function apart(bytes: usize): usize {
  return (((bytes + 63) >> 6) | 1) << 6;
}

/** Whether none of n numbers is infinite or NaN. */
export function allFinite(x: usize, n: i32): bool {
  const size = i32x4.splat(0x7fffffff);
  let largest = i32x4.splat(0);
  for (; n >= 4; n -= 4) {
    largest = i32x4.max_s(largest, v128.and(v128.load(x), size));
    x += 16;
  }
  for (; n > 0; n--) {
    largest = i32x4.max_s(largest, v128.and(v128.load32_zero(x), size));
    x += 4;
  }
  return !v128.any_true(i32x4.ge_s(largest, i32x4.splat(0x7f800000)));
}
