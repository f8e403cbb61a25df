import type { Graph } from '../graph';
import type { ConvolutionSizes } from '../kernels/convolution-sizes';
import { convolutionScratch } from '../kernels/convolution-kernels';
import type { Windows } from '../kernels/map-kernels';
import type { Tensor, TensorShape } from '../tensor';

/**
 * The product of windows over maps with a weight `[filters, channels / groups, kernel...]`, and its two gradients: what
 * convolutions and transposed ones are made of. The kernels know no padding, so maps are set into zeros where windows
 * reach over their edge.
 */
export class WindowProduct {
  private readonly sizes: ConvolutionSizes;

  /** `shape`: of the maps, `[n, channels, ...]`; `windows`: those over them. */
  constructor(
    private readonly graph: Graph,
    private readonly shape: TensorShape,
    private readonly windows: Windows,
    filters: number,
    groups: number,
  ) {
    const [
      batch,
      channels,
      height,
      width,
      kernelHeight,
      kernelWidth,
      strideHeight,
      strideWidth,
      top,
      left,
      dilationHeight,
      dilationWidth,
      outHeight,
      outWidth,
    ] = windows;
    const tall = (outHeight - 1) * strideHeight + (kernelHeight - 1) * dilationHeight + 1;
    const wide = (outWidth - 1) * strideWidth + (kernelWidth - 1) * dilationWidth + 1;
    const inside = top === 0 && left === 0 && tall <= height && wide <= width;
    this.sizes = [
      batch,
      channels,
      inside ? height : tall,
      inside ? width : wide,
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
    ];
  }

  /** The maps as the products read them. */
  padded(maps: Tensor): Tensor {
    const {
      sizes: [batch, channels, tall, wide],
      windows: [, , height, width, , , , , top, left],
    } = this;
    return tall === height && wide === width
      ? maps
      : this.framed(maps, height, width, [batch, channels, tall, wide], top, left);
  }

  /** Emits the product: y `[n, filters, places]`. */
  emitProduct(padded: Tensor, weight: Tensor, y: Tensor): void {
    this.graph.emit('convolve', padded, weight, y, this.scratch(this.sizes), ...this.sizes);
  }

  /** Emits the gradient by the weight. */
  emitWeightGradient(padded: Tensor, dy: Tensor, dWeight: Tensor): void {
    this.graph.emit('convolveBackwardWeight', padded, dy, dWeight, this.scratch(this.sizes), ...this.sizes);
  }

  /** The gradient by the maps, in their shape. */
  mapGradient(dy: Tensor, weight: Tensor): Tensor {
    const [, , , , , , strideHeight, strideWidth] = this.windows;
    return strideHeight === 1 && strideWidth === 1
      ? this.mapGradientByProduct(dy, weight)
      : this.mapGradientBySpreading(dy, weight);
  }

  /** Every element of dy is spread over its window. */
  private mapGradientBySpreading(dy: Tensor, weight: Tensor): Tensor {
    const {
      graph,
      shape,
      sizes,
      sizes: [batch, channels, tall, wide],
      windows: [, , height, width, , , , , top, left],
    } = this;
    const whole = tall === height && wide === width;
    const maps = graph.tensor(whole ? shape : [batch, channels, tall, wide]);
    graph.emit('convolveBackwardInput', dy, weight, maps, this.scratch(sizes), ...sizes);
    return whole ? maps : this.framed(maps, tall, wide, shape, -top, -left);
  }

  /**
   * Where the stride is 1, the gradient is a product of windows too: over dy, with the kernel flipped. It writes
   * nothing twice.
   */
  private mapGradientByProduct(dy: Tensor, weight: Tensor): Tensor {
    const {
      graph,
      shape,
      sizes,
      windows: [batch, channels, height, width, , , , , top, left],
    } = this;
    const [, , , , filters, groups, kernelHeight, kernelWidth, , , dilationHeight, dilationWidth, outHeight, outWidth] =
      sizes;
    const [above, before] = [(kernelHeight - 1) * dilationHeight, (kernelWidth - 1) * dilationWidth];
    const flipped = graph.tensor(weight.shape);
    graph.emit('flipKernel', weight, flipped, groups, filters / groups, channels / groups, kernelHeight * kernelWidth);
    const from = this.framed(
      dy,
      outHeight,
      outWidth,
      [batch, filters, height + above, width + before],
      above - top,
      before - left,
    );
    const dx = graph.tensor(shape);
    const back: ConvolutionSizes = [
      batch,
      filters,
      height + above,
      width + before,
      channels,
      groups,
      kernelHeight,
      kernelWidth,
      1,
      1,
      dilationHeight,
      dilationWidth,
      height,
      width,
    ];
    graph.emit('convolve', from, flipped, dx, this.scratch(back), ...back);
    return dx;
  }

  /** Maps of this height and width in a frame of `shape`, so far from its upper and left edge. */
  private framed(maps: Tensor, height: number, width: number, shape: TensorShape, top: number, left: number): Tensor {
    const [tall, wide] = shape.length === 3 ? [1, shape[2]] : [shape[2], shape[3]];
    const y = this.graph.tensor(shape);
    this.graph.emit('padMaps', maps, y, shape[0] * shape[1], height, width, tall, wide, top, left);
    return y;
  }

  private scratch(sizes: ConvolutionSizes): Tensor {
    return this.graph.tensor([convolutionScratch(sizes)]);
  }
}
