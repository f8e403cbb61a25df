import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { windowsAt, type WindowOptions } from './windows';

/**
 * PyTorch's `conv_transpose1d` and `conv_transpose2d`: what a convolution with this weight makes of its output's gradient. Every
 * element of x spreads the kernel over its window of y; where windows overlap, they add up. x `[n, channels, ...]`, weight
 * `[channels, filters / groups, kernel...]`, bias `[filters]` → `[n, filters, ...]` with sizes
 * (size - 1) stride - 2 padding + dilation (kernel - 1) + `outputPadding` + 1.
 */
export function transposedConvolution(
  graph: Graph, x: Tensor, weight: Tensor, bias: Tensor | undefined,
  options: WindowOptions & { readonly outputPadding: readonly number[]; readonly groups: number },
): Tensor {
  const { kernel, stride, padding, dilation, outputPadding, groups } = options;
  const [batch, channels, ...sizes] = x.shape as readonly [number, number, ...number[]];
  const filters = weight.shape[1]! * groups;
  const places = sizes.map((size, axis) => (size - 1) * stride[axis]! - 2 * padding[axis]! + dilation[axis]! * (kernel[axis]! - 1)
    + outputPadding[axis]! + 1);
  const y = graph.tensor([batch, filters, ...places]);
  const windows = windowsAt(y.shape, options, sizes);
  const inner = sizeOf(sizes);
  const [rows, columns, spread] = [channels / groups, batch * inner, sizeOf(weight.shape) / channels];
  const byChannel = (): Tensor => {
    const product = graph.tensor([channels, batch, inner]);
    graph.emit('toTimeMajor', x, product, batch, channels, inner, inner, 0, false);
    return product;
  };

  const unfolded = graph.tensor([groups, spread, columns]);
  graph.emit('matmulEachTransposedA', weight, byChannel(), unfolded, groups, spread, columns, rows);
  graph.emit('fold', unfolded, y, ...windows);
  const outInner = sizeOf(places);
  if (bias) graph.emit('addToChannels', y, bias, batch, filters, outInner);

  return graph.node('transposed-convolution', [x, weight, bias], y, (dy, gradients) => {
    if (bias) {
      const dBias = graph.tensor(bias.shape);
      graph.emit('channelSums', dy, dBias, batch, filters, outInner);
      gradients.add(bias, dBias);
    }
    const dUnfolded = graph.tensor([groups, spread, columns]);
    graph.emit('unfold', dy, dUnfolded, ...windows);
    const dWeight = graph.tensor(weight.shape);
    graph.emit('matmulEachTransposedB', byChannel(), dUnfolded, dWeight, groups, rows, spread, columns);
    gradients.add(weight, dWeight);
    if (x.needsGradient) {
      const dProduct = graph.tensor([channels, batch, inner]);
      graph.emit('matmulEach', weight, dUnfolded, dProduct, groups, rows, columns, spread);
      const dx = graph.tensor(x.shape);
      graph.emit('fromTimeMajor', dProduct, dx, batch, channels, inner, inner, 0, false, false);
      gradients.add(x, dx);
    }
  });
}
