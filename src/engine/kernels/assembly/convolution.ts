// Convolutions as matrix products whose operands are packed straight from the maps: the columns of all windows are never written
// out. Windows of the whole batch stand in one row, a block of which is taken at a time. Shapes: `convolution-kernels.ts`.
import { flushedFloat } from './float32x4';
import { packColumns, packRows } from './pack';
import { addToPlaces, listMaps, listPlaces, listWeights, packFourRows, packPlaces, panelRow, placeInPanels, placesTimesPlaces, rowTimesPlaces } from './places';
import { BLOCK_COLUMNS, BLOCK_ROWS, DEPTH, EDGE_TILE, IN_PLACES, LEFT_PANELS, OFFSETS, OUT_PLACES, RIGHT_PANELS } from './scratch';
import { packedTimesPanels } from './matmul';
import { largestOf, leaveOutSmaller, mayBeSmallMaps, SMALLEST_PRODUCT } from './small-products';
import { Kept, Passing, tile, wideTiles } from './tile';

/** With fewer rows a group, tiles would stand almost empty: rows are multiplied one by one, and nothing is packed. */
const ROWS_WORTH_A_TILE: i32 = 4;

/** y[n, f, p, q] = Σ_c Σ_i Σ_j x[n, first + c, p stride + i dilation, q …] weight[f, c, i, j] */
export function convolve(
  x: usize, weight: usize, y: usize, packed: usize, batch: i32, channels: i32, height: i32, width: i32, filters: i32, groups: i32,
  kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, outHeight: i32,
  outWidth: i32,
): void {
  const rows = filters / groups, maps = channels / groups, depth = maps * kernelHeight * kernelWidth;
  const windows = batch * outHeight * outWidth;
  const mapBytes = (<usize>(height * width)) << 2, outBytes = (<usize>(outHeight * outWidth)) << 2;
  // one group's packed weights after another's, and of each one part of its depth after another
  const fours = (rows + 3) >> 2;
  const weightBytes = (<usize>(rows * depth)) << 2, packedBytes = (<usize>(fours * depth)) << 4;
  const packs = rows >= ROWS_WORTH_A_TILE;
  if (packs) {
    for (let g = 0; g < groups; g++) {
      for (let l = 0; l < depth; l += DEPTH) {
        const from = weight + <usize>g * weightBytes + ((<usize>l) << 2);
        packRows(from, (<usize>depth) << 2, min(DEPTH, depth - l), rows, packed + <usize>g * packedBytes + ((<usize>(fours * l)) << 4));
      }
    }
  }
  for (let t = 0; t < windows; t += BLOCK_COLUMNS) {
    const count = min(BLOCK_COLUMNS, windows - t);
    listPlaces(
      x, t, count, <usize>channels * mapBytes, (<usize>(strideHeight * width)) << 2, (<usize>strideWidth) << 2, outHeight, outWidth,
      IN_PLACES,
    );
    listPlaces(y, t, count, <usize>filters * outBytes, (<usize>outWidth) << 2, 4, outHeight, outWidth, OUT_PLACES);
    for (let g = 0; g < groups; g++) {
      const outOffset = <usize>(g * rows) * outBytes;
      for (let l = 0; l < depth; l += DEPTH) {
        const part = min(DEPTH, depth - l);
        listWeights(g * depth + l, part, height, width, kernelHeight, kernelWidth, dilationHeight, dilationWidth, OFFSETS);
        if (packs) {
          packPlaces(IN_PLACES, OFFSETS, part, count, RIGHT_PANELS);
          const left = packed + <usize>g * packedBytes + ((<usize>(fours * l)) << 4);
          rowsTimesPlaces(left, part, rows, count, outOffset, outBytes, l > 0);
        } else {
          for (let r = 0; r < rows; r++) {
            const row = weight + <usize>g * weightBytes + ((<usize>(r * depth + l)) << 2);
            rowTimesPlaces(row, IN_PLACES, OFFSETS, part, OUT_PLACES, count, outOffset + <usize>r * outBytes, l > 0);
          }
        }
      }
    }
  }
}

/** Packed rows times RIGHT_PANELS, to the places listed, `outOffset` added to each: = or += */
function rowsTimesPlaces(
  packed: usize, depth: i32, rows: i32, columns: i32, outOffset: usize, rowBytes: usize, accumulate: bool,
): void {
  for (let j = 0; j < columns; ) {
    const wide = j + 16 <= columns, width = wide ? 16 : 8;
    const panel = RIGHT_PANELS + ((<usize>(j * depth)) << 2);
    const places = OUT_PLACES + ((<usize>j) << 2);
    const c = <usize>load<u32>(places);
    const whole = j + width <= columns && load<u32>(places + ((<usize>width - 1) << 2)) - load<u32>(places) == (width - 1) << 2;
    if (whole && wide) {
      wideTiles<Kept>(packed, panel, 64, depth, c + outOffset, rowBytes, rows, accumulate);
      j += 16;
      continue;
    }
    let left = packed;
    for (let i = 0; i < rows; i += 4) {
      const offset = outOffset + <usize>i * rowBytes;
      if (whole && i + 4 <= rows) {
        tile<Kept>(left, panel, 32, depth, c + offset, rowBytes, accumulate);
      } else if (wide) {
        for (let r = 0; r < min(4, rows - i); r += 2) {
          wideTiles<Kept>(left + ((<usize>r) << 2), panel, 64, depth, EDGE_TILE, 64, 2, false);
          scatterTile(64, places, 16, offset + <usize>r * rowBytes, rowBytes, min(2, rows - i - r), accumulate);
        }
      } else {
        tile<Kept>(left, panel, 32, depth, EDGE_TILE, 32, false);
        scatterTile(32, places, min(8, columns - j), offset, rowBytes, min(4, rows - i), accumulate);
      }
      left += (<usize>depth) << 4;
    }
    j += width;
  }
}

/** EDGE_TILE, its rows `tileRow` bytes apart, to `columns` places that are not side by side */
function scatterTile(tileRow: usize, places: usize, columns: i32, offset: usize, rowBytes: usize, rows: i32, accumulate: bool): void {
  for (let column = 0; column < columns; column++) {
    let from = EDGE_TILE + ((<usize>column) << 2);
    let to = load<u32>(places) + offset;
    for (let row = 0; row < rows; row++) {
      store<f32>(to, accumulate ? flushedFloat(load<f32>(to) + load<f32>(from)) : load<f32>(from));
      from += tileRow;
      to += rowBytes;
    }
    places += 4;
  }
}

/** dx = the sum of every dy spread over its window */
export function convolveBackwardInput(
  dy: usize, weight: usize, dx: usize, packed: usize, batch: i32, channels: i32, height: i32, width: i32, filters: i32, groups: i32,
  kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, outHeight: i32,
  outWidth: i32,
): void {
  const rows = filters / groups, maps = channels / groups, kernel = kernelHeight * kernelWidth, depth = maps * kernel;
  const windows = batch * outHeight * outWidth;
  const mapBytes = (<usize>(height * width)) << 2, outBytes = (<usize>(outHeight * outWidth)) << 2;
  const fourBytes = (<usize>rows) << 4, packedBytes = <usize>((depth + 3) >> 2) * fourBytes;
  // what a block of windows adds to four maps, which make whole fours of rows with any kernel
  const spread = packed + <usize>groups * packedBytes;
  memory.fill(dx, 0, <usize>(batch * channels) * mapBytes);
  for (let g = 0; g < groups; g++) {
    packColumns(weight + ((<usize>(g * rows * depth)) << 2), (<usize>depth) << 2, rows, depth, packed + <usize>g * packedBytes);
  }
  for (let t = 0; t < windows; t += BLOCK_COLUMNS) {
    const count = min(BLOCK_COLUMNS, windows - t);
    const spreadRow = (<usize>((count + 7) & ~7)) << 2;
    listPlaces(
      dx, t, count, <usize>channels * mapBytes, (<usize>(strideHeight * width)) << 2, (<usize>strideWidth) << 2, outHeight, outWidth,
      IN_PLACES,
    );
    listPlaces(dy, t, count, <usize>filters * outBytes, (<usize>outWidth) << 2, 4, outHeight, outWidth, OUT_PLACES);
    for (let g = 0; g < groups; g++) {
      for (let f = 0; f < rows; f += DEPTH) {
        const part = min(DEPTH, rows - f);
        listMaps(g * rows + f, part, outBytes, OFFSETS);
        packPlaces(OUT_PLACES, OFFSETS, part, count, RIGHT_PANELS);
        for (let c = 0; c < maps; c += 4) {
          const fewMaps = min(4, maps - c);
          for (let l = 0; l < fewMaps * kernel; l += 4) {
            const left = packed + <usize>g * packedBytes + <usize>((c * kernel + l) >> 2) * fourBytes + ((<usize>f) << 4);
            fourRowsTimesPanels(left, part, spread + <usize>l * spreadRow, spreadRow, count);
          }
          let row = spread;
          for (let m = g * maps + c; m < g * maps + c + fewMaps; m++) {
            for (let i = 0; i < kernelHeight; i++) {
              for (let j = 0; j < kernelWidth; j++) {
                const offset = <usize>m * mapBytes + ((<usize>(i * dilationHeight * width + j * dilationWidth)) << 2);
                addToPlaces(row, IN_PLACES, count, offset);
                row += spreadRow;
              }
            }
          }
        }
      }
    }
  }
}

/** Four packed rows times RIGHT_PANELS, whole panels of them */
function fourRowsTimesPanels(packed: usize, depth: i32, c: usize, cRow: usize, columns: i32): void {
  for (let j = 0; j < columns; ) {
    const panel = RIGHT_PANELS + ((<usize>(j * depth)) << 2), to = c + ((<usize>j) << 2);
    if (j + 16 <= columns) {
      wideTiles<Passing>(packed, panel, 64, depth, to, cRow, 4, false);
      j += 16;
    } else {
      tile<Passing>(packed, panel, 32, depth, to, cRow, false);
      j += 8;
    }
  }
}

/** dWeight[f, c, i, j] = the sum over batch and windows of dy[n, f, p, q] x[n, first + c, p stride + i dilation, q …] */
export function convolveBackwardWeight(
  x: usize, dy: usize, dWeight: usize, turned: usize, batch: i32, channels: i32, height: i32, width: i32, filters: i32, groups: i32,
  kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, outHeight: i32,
  outWidth: i32,
): void {
  const rows = filters / groups, maps = channels / groups, depth = maps * kernelHeight * kernelWidth;
  const windows = batch * outHeight * outWidth;
  const mapBytes = (<usize>(height * width)) << 2, outBytes = (<usize>(outHeight * outWidth)) << 2;
  const turnedRow = (<usize>rows) << 2, weightBytes = (<usize>(rows * depth)) << 2;
  const maySmall = mayBeSmallMaps(x, batch * channels, height * width, dy, batch * filters, outHeight * outWidth);
  const least = maySmall ? SMALLEST_PRODUCT / largestOf(dy, outHeight * outWidth, batch * filters, 1) : 0;
  const leastGradient = maySmall ? SMALLEST_PRODUCT / largestOf(x, height * width, batch * channels, 1) : 0;
  for (let t = 0; t < windows; t += DEPTH) {
    const count = min(DEPTH, windows - t);
    listPlaces(
      x, t, count, <usize>channels * mapBytes, (<usize>(strideHeight * width)) << 2, (<usize>strideWidth) << 2, outHeight, outWidth,
      IN_PLACES,
    );
    listPlaces(dy, t, count, <usize>filters * outBytes, (<usize>outWidth) << 2, 4, outHeight, outWidth, OUT_PLACES);
    for (let g = 0; g < groups; g++) {
      const sums = turned + <usize>g * weightBytes;
      if (rows < ROWS_WORTH_A_TILE) {
        for (let l = 0; l < depth; l += DEPTH) {
          const part = min(DEPTH, depth - l);
          listWeights(g * depth + l, part, height, width, kernelHeight, kernelWidth, dilationHeight, dilationWidth, OFFSETS);
          for (let r = 0; r < rows; r++) {
            const to = sums + ((<usize>(l * rows + r)) << 2);
            placesTimesPlaces(
              OUT_PLACES, <usize>(g * rows + r) * outBytes, IN_PLACES, OFFSETS, part, count, to, turnedRow, t > 0,
            );
          }
        }
        continue;
      }
      for (let f = 0; f < rows; f += BLOCK_COLUMNS) {
        const columns = min(BLOCK_COLUMNS, rows - f);
        listMaps(g * rows + f, columns, outBytes, OFFSETS);
        for (let j = 0; j < columns; j += 4) {
          const to = RIGHT_PANELS + placeInPanels(j, columns, count);
          packFourRows(OUT_PLACES, count, OFFSETS + ((<usize>j) << 2), to, panelRow(j, columns));
        }
        if (maySmall) leaveOutSmaller(leastGradient, RIGHT_PANELS, count * ((columns + 7) & ~7));
        for (let l = 0; l < depth; l += BLOCK_ROWS) {
          const part = min(BLOCK_ROWS, depth - l);
          listWeights(g * depth + l, part, height, width, kernelHeight, kernelWidth, dilationHeight, dilationWidth, OFFSETS);
          for (let i = 0; i < part; i += 4) {
            packFourRows(IN_PLACES, count, OFFSETS + ((<usize>i) << 2), LEFT_PANELS + <usize>(i >> 2) * ((<usize>count) << 4), 16);
          }
          if (maySmall) leaveOutSmaller(least, LEFT_PANELS, count * ((part + 3) & ~3));
          const to = sums + <usize>l * turnedRow + ((<usize>f) << 2);
          packedTimesPanels(RIGHT_PANELS, count, 0, count, to, turnedRow, part, columns, t > 0);
        }
      }
    }
  }
  for (let g = 0; g < groups; g++) turn(turned + <usize>g * weightBytes, depth, rows, dWeight + <usize>g * weightBytes);
}

/** flipped[g, c, r, i] = weight[g, r, c, kernel - 1 - i] */
export function flipKernel(weight: usize, flipped: usize, groups: i32, rows: i32, columns: i32, kernel: i32): void {
  const kernelBytes = (<usize>kernel) << 2;
  for (let g = 0; g < groups; g++) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        let to = flipped + <usize>((g * columns + c) * rows + r + 1) * kernelBytes;
        for (let i = kernel; i > 0; i--) {
          to -= 4;
          store<f32>(to, load<f32>(weight));
          weight += 4;
        }
      }
    }
  }
}

/** y[columns, rows] = x[rows, columns]ᵀ */
function turn(x: usize, rows: i32, columns: i32, y: usize): void {
  for (let c = 0; c < columns; c++) {
    let from = x + ((<usize>c) << 2);
    for (let r = 0; r < rows; r++) {
      store<f32>(y, load<f32>(from));
      from += (<usize>columns) << 2;
      y += 4;
    }
  }
}
