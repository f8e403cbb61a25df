/** Kernels of maps `[n, channels, height, width]` beside the convolutions. */
import type { IdBuffer, NumberBuffer, Out } from './buffers';
import type { ElementwiseActivation } from './elementwise-activation';

/** Where windows lie on maps. Heights and widths in elements; a map of one axis has the height 1. */
export type Windows = [
  batch: number,
  channels: number,
  height: number,
  width: number,
  kernelHeight: number,
  kernelWidth: number,
  strideHeight: number,
  strideWidth: number,
  paddingHeight: number,
  paddingWidth: number,
  dilationHeight: number,
  dilationWidth: number,
  outHeight: number,
  outWidth: number,
];

export interface MapKernels {
  /**
   * y[m, p, q] = x[m, p - top, q - left], 0 outside: padding, or with negative numbers the way back. x[maps, height,
   * width]
   */
  padMaps(
    x: NumberBuffer,
    y: Out<NumberBuffer>,
    maps: number,
    height: number,
    width: number,
    outHeight: number,
    outWidth: number,
    top: number,
    left: number,
  ): void;
  /**
   * y[n, c, p, q] = the largest of its window; padding is minus infinity, and NaN is larger than all. `places`, of y's
   * shape: where on its map the (first) largest stands, in elements.
   */
  maxPool(x: NumberBuffer, y: Out<NumberBuffer>, places: Out<IdBuffer>, ...windows: Windows): void;
  /** dx[m, places[m, i]] = the sum of dy[m, i]. dy and places[maps, windows], dx[maps, size] */
  maxPoolBackward(
    dy: NumberBuffer,
    places: IdBuffer,
    dx: Out<NumberBuffer>,
    maps: number,
    size: number,
    windows: number,
  ): void;
  /** y[n, c, p, q] = the mean of its window; elements outside count as 0, or (`padded` false) not at all. */
  averagePool(x: NumberBuffer, y: Out<NumberBuffer>, padded: boolean, ...windows: Windows): void;
  /** dx = the sum of dy / the elements that count, over the windows that an element is in. */
  averagePoolBackward(dy: NumberBuffer, dx: Out<NumberBuffer>, padded: boolean, ...windows: Windows): void;
  /** z[o, c, i] = f(z[o, c, i] + bias[c]). z[outer, channels, inner] */
  activateChannels(
    kind: ElementwiseActivation,
    z: Out<NumberBuffer>,
    bias: NumberBuffer,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /**
   * dx = dy f' as `activateBackward` has it, and the bias gradient dBias[c] = Σ_o Σ_i dx[o, c, i], summed in double
   * precision.
   */
  activateChannelsBackward(
    kind: ElementwiseActivation,
    saved: NumberBuffer,
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    dBias: Out<NumberBuffer>,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /** y[c] = Σ_o Σ_i x[o, c, i], summed in double precision: a bias gradient. */
  channelSums(x: NumberBuffer, y: Out<NumberBuffer>, outer: number, channels: number, inner: number): void;
}

/** Kernels of maps that are never the bulk of a step: plain loops that serve every set. */
export interface PlainMapKernels {
  /** Nearest neighbours: y[m, p, q] = x[m, floor(p / factorHeight), floor(q / factorWidth)]. x[maps, height, width] */
  upsample(
    x: NumberBuffer,
    y: Out<NumberBuffer>,
    maps: number,
    height: number,
    width: number,
    factorHeight: number,
    factorWidth: number,
  ): void;
  /** dx = the sum of dy over the elements that came from it. */
  upsampleBackward(
    dy: NumberBuffer,
    dx: Out<NumberBuffer>,
    maps: number,
    height: number,
    width: number,
    factorHeight: number,
    factorWidth: number,
  ): void;
}
