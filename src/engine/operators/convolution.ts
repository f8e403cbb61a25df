import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { WindowProduct } from './window-product';
import { windowsOver, type WindowOptions } from './windows';

/**
 * Cross-correlation (the kernel is not flipped), as PyTorch's `conv1d` and `conv2d`: x `[n, channels, ...]`, weight
 * `[filters, channels / groups, kernel...]`, bias `[filters]` → `[n, filters, ...]`. Filters and channels are parted into as
 * many groups as the weight's second axis says; group g of the filters reads group g of the channels.
 */
export function convolution(graph: Graph, x: Tensor, weight: Tensor, bias: Tensor | undefined, options: WindowOptions): Tensor {
  const [batch, channels] = x.shape as readonly [number, number];
  const [filters, depth] = weight.shape as readonly [number, number];
  const { windows, places } = windowsOver(x.shape, options);
  const inner = sizeOf(places);
  const product = new WindowProduct(graph, x.shape, windows, filters, channels / depth);

  const padded = product.padded(x);
  const y = graph.tensor([batch, filters, ...places]);
  product.emitProduct(padded, weight, y);
  if (bias) graph.emit('addToChannels', y, bias, batch, filters, inner);

  return graph.node('convolution', [x, weight, bias], y, (dy, gradients) => {
    if (bias) {
      const dBias = graph.tensor(bias.shape);
      graph.emit('channelSums', dy, dBias, batch, filters, inner);
      gradients.add(bias, dBias);
    }
    const dWeight = graph.tensor(weight.shape);
    product.emitWeightGradient(padded, dy, dWeight);
    gradients.add(weight, dWeight);
    if (x.needsGradient) gradients.add(x, product.mapGradient(dy, weight));
  });
}
