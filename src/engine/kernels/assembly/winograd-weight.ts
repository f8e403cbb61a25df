// The gradient by 3 × 3 kernels at stride 1 by Winograd's method: with the matrices of `winograd.ts` and e the 2 × 2 gradients by the
// sums of a tile, dg = Gᵀ [(Bᵀ d B) ⊙ (A e Aᵀ)] G. Summed over all tiles before Gᵀ … G, each of the 16 positions is a matrix product
// [channels, tiles] × [tiles, filters].
import { flushedFloat } from './float32x4';
import { largestOf, leaveOutSmaller, mayBeSmallMaps, SMALLEST_PRODUCT } from './small-products';
import { multiplyPositions, allFinite, apart } from './winograd';
import { transformFourGradients, transformFourMaps } from './winograd-weight-transforms';

/** dWeight as `convolveBackwardWeight` has it, by blocks of `blockRows` rows of tiles over the batch. Returns whether it is finite. */
export function winogradBackwardWeight(
  x: usize, dy: usize, dWeight: usize, scratch: usize, batch: i32, channels: i32, height: i32, width: i32, filters: i32, groups: i32,
  outHeight: i32, outWidth: i32, blockRows: i32,
): bool {
  const rows = filters / groups, maps = channels / groups, paddedRows = (rows + 7) & ~7, paddedMaps = (maps + 3) & ~3;
  const tilesHigh = (outHeight + 1) >> 1, tilesWide = (outWidth + 1) >> 1, tileRows = batch * tilesHigh;
  const mapBytes = (<usize>(height * width)) << 2, outBytes = (<usize>(outHeight * outWidth)) << 2;
  const rowBytes = (<usize>paddedRows) << 2, sumPosition = apart(<usize>paddedMaps * rowBytes);
  const tilePosition = apart((<usize>(paddedMaps * blockRows * tilesWide)) << 2);
  const gradientPosition = apart(<usize>(blockRows * tilesWide) * rowBytes);
  const tiles = scratch + 16 * sumPosition, gradients = tiles + 16 * tilePosition;
  const maySmall = mayBeSmallMaps(x, batch * channels, height * width, dy, batch * filters, outHeight * outWidth);
  const least = maySmall ? SMALLEST_PRODUCT / largestOf(dy, outHeight * outWidth, batch * filters, 1) : 0;
  const leastGradient = maySmall ? SMALLEST_PRODUCT / largestOf(x, height * width, batch * channels, 1) : 0;
  for (let g = 0; g < groups; g++) {
    for (let first = 0; first < tileRows; first += blockRows) {
      const end = min(first + blockRows, tileRows), count = (end - first) * tilesWide;
      for (let t = first, done = 0; t < end; t++) {
        const n = t / tilesHigh, p = 2 * (t - n * tilesHigh);
        const from = x + <usize>(n * channels + g * maps) * mapBytes + ((<usize>(p * width)) << 2);
        for (let c = 0; c < maps; c += 4) {
          const to = tiles + ((<usize>((c >> 2) * count + done)) << 4);
          transformFourMaps(from, c, maps, mapBytes, min(4, height - p), width, tilesWide, to, tilePosition);
        }
        const above = dy + <usize>(n * filters + g * rows) * outBytes + ((<usize>(p * outWidth)) << 2);
        for (let f = 0; f < rows; f += 4) {
          const to = gradients + <usize>done * rowBytes + ((<usize>f) << 2), left = min(2, outHeight - p);
          transformFourGradients(above, f, rows, outBytes, left, outWidth, tilesWide, to, rowBytes, gradientPosition);
        }
        done += tilesWide;
      }
      if (maySmall) {
        leaveOutSmaller(least, tiles, <i32>(4 * tilePosition));
        leaveOutSmaller(leastGradient, gradients, <i32>(4 * gradientPosition));
      }
      multiplyPositions(
        tiles, tilePosition, gradients, gradientPosition, scratch, sumPosition, count, paddedMaps, paddedRows, rowBytes, first > 0,
      );
    }
    let to = dWeight + <usize>(g * rows * maps) * 36;
    for (let f = 0; f < rows; f++) {
      for (let c = 0; c < maps; c++) {
        kernelGradient(scratch + <usize>c * rowBytes + ((<usize>f) << 2), sumPosition, to);
        to += 36;
      }
    }
  }
  return allFinite(dWeight, filters * maps * 9);
}

/** Gᵀ s G of one kernel. */
function kernelGradient(s: usize, position: usize, to: usize): void {
  for (let column: usize = 0; column < 3; column++) {
    const s0 = timesG(s, position, column), s1 = timesG(s + 4 * position, position, column);
    const s2 = timesG(s + 8 * position, position, column), s3 = timesG(s + 12 * position, position, column);
    const half: f32 = 0.5 * (s1 + s2);
    store<f32>(to, flushedFloat(s0 + half));
    store<f32>(to, flushedFloat(<f32>0.5 * (s1 - s2)), 12);
    store<f32>(to, flushedFloat(half + s3), 24);
    to += 4;
  }
}

/** One number of a row of s, times G. */
// @ts-ignore: decorator
@inline
function timesG(s: usize, position: usize, column: usize): f32 {
  const s1 = load<f32>(s + position), s2 = load<f32>(s + 2 * position);
  if (column == 1) return <f32>0.5 * (s1 - s2);
  return <f32>0.5 * (s1 + s2) + (column == 0 ? load<f32>(s) : load<f32>(s + 3 * position));
}
