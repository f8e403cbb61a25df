/** Which convolutions the SIMD kernels compute by Winograd's method (`assembly/winograd.ts`), and in which blocks. */
import type { ConvolutionSizes } from './convolution-sizes';

/** Rows of tiles, over the whole batch, that are taken at once, and floats from row to row of their products. */
export interface WinogradBlocks {
  readonly rows: number;
  readonly stride: number;
}

/** Tiles taken at once: with 32 channels they stay in the second-level cache, and more of them are no faster. */
const TILES = 112;
/** The same over all channels and filters of a group: a megabyte. */
const NUMBERS = 2 ** 14;

const roundUp = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/**
 * Blocks for a convolution that is faster by Winograd's method, undefined for others. By measurement it needs eight
 * channels, since the transforms cost as much with fewer; four filters; and maps on which three quarters of the tiles
 * are windows.
 */
export function winogradBlocks(sizes: ConvolutionSizes): WinogradBlocks | undefined {
  const [
    batch,
    channels,
    ,
    ,
    filters,
    groups,
    kernelHeight,
    kernelWidth,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
    outHeight,
    outWidth,
  ] = sizes;
  const isThreeByThree =
    kernelHeight === 3 &&
    kernelWidth === 3 &&
    [strideHeight, strideWidth, dilationHeight, dilationWidth].every(step => step === 1);
  // tiles of 2 × 2 windows, those that reach over an edge included
  const [high, wide] = [Math.ceil(outHeight / 2), Math.ceil(outWidth / 2)];
  const isWorthIt =
    channels / groups >= 8 &&
    filters / groups >= 4 &&
    outHeight * outWidth >= 3 * high * wide &&
    batch * high * wide >= 16;
  if (!isThreeByThree || !isWorthIt) return undefined;
  const most = Math.max(1, Math.floor(Math.min(TILES, NUMBERS / ((channels + filters) / groups)) / wide));
  // rows by eights are whole panels of the products
  const rows = Math.min(most > 8 ? most - (most % 8) : most, batch * high);
  return { rows, stride: roundUp(rows * wide + Math.max(0, 4 - wide), 8) };
}

/**
 * Floats that the two kernels need for a group's kernels, tiles and products, each of the 16 positions with room to lie
 * apart.
 */
export function winogradScratch(sizes: ConvolutionSizes): number {
  const blocks = winogradBlocks(sizes);
  if (!blocks) return 0;
  const [, channels, , , filters, groups] = sizes;
  const [maps, rows] = [roundUp(channels / groups, 4), roundUp(filters / groups, 8)];
  return 16 * (maps * rows + (maps + rows) * blocks.stride + 3 * 32);
}
