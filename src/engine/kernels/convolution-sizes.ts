/**
 * Sizes of a convolution of x[batch, channels, height, width] with weight[filters, channels / groups, kernelHeight,
 * kernelWidth] to y[batch, filters, outHeight, outWidth], in elements. A map of one axis has the height 1. Every window
 * lies on the maps: (outHeight - 1) strideHeight + (kernelHeight - 1) dilationHeight < height, and so for the width.
 */
export type ConvolutionSizes = [
  batch: number,
  channels: number,
  height: number,
  width: number,
  filters: number,
  groups: number,
  kernelHeight: number,
  kernelWidth: number,
  strideHeight: number,
  strideWidth: number,
  dilationHeight: number,
  dilationWidth: number,
  outHeight: number,
  outWidth: number,
];
