import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import type { ActivationName } from './activation';
import { activateChannels, activateChannelsGradient } from './channel-activation';
import { WindowProduct } from './window-product';
import { windowsAt, type WindowOptions } from './windows';

/**
 * PyTorch's `conv_transpose1d` and `conv_transpose2d`: what a convolution with this weight makes of its output's
 * gradient. Every element of x spreads the kernel over its window of y; where windows overlap, they add up. x `[n,
 * channels, ...]`, weight `[channels, filters / groups, kernel...]`, bias `[filters]` → `[n, filters, ...]` with sizes
 * (size - 1) stride - 2 padding + dilation (kernel - 1) + `outputPadding` + 1; and an activation of it.
 */
export function transposedConvolution(
  graph: Graph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  options: WindowOptions & { readonly outputPadding: readonly number[]; readonly groups: number },
  activation: ActivationName = 'identity',
): Tensor {
  const { kernel, stride, padding, dilation, outputPadding, groups } = options;
  const [batch, channels, ...lengths] = x.shape as readonly [number, number, ...number[]];
  const filters = weight.shape[1] * groups;
  const places = lengths.map(
    (size, axis) =>
      (size - 1) * stride[axis] - 2 * padding[axis] + dilation[axis] * (kernel[axis] - 1) + outputPadding[axis] + 1,
  );
  const shape = [batch, filters, ...places];
  // the convolution of which this is the way back: it reads y and its filters are x's channels
  const product = new WindowProduct(graph, shape, windowsAt(shape, options, lengths), channels, groups);
  const z = product.mapGradient(x, weight);
  const y = activateChannels(graph, activation, z, bias);

  return graph.node('transposed-convolution', [x, weight, bias], y, (dy, gradients) => {
    const padded = product.padded(activateChannelsGradient(graph, gradients, activation, z, y, dy, bias));
    const dWeight = graph.tensor(weight.shape);
    product.emitWeightGradient(padded, x, dWeight);
    gradients.add(weight, dWeight);
    if (x.needsGradient) {
      const dx = graph.tensor(x.shape);
      product.emitProduct(padded, weight, dx);
      gradients.add(x, dx);
    }
  });
}
