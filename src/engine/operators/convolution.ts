import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import type { ActivationName } from './activation';
import { activateChannels, activateChannelsGradient } from './channel-activation';
import { WindowProduct } from './window-product';
import { windowsOver, type WindowOptions } from './windows';

/**
 * Cross-correlation (the kernel is not flipped) and an activation of it, as PyTorch's `conv1d` and `conv2d`: x `[n,
 * channels, ...]`, weight `[filters, channels / groups, kernel...]`, bias `[filters]` → `[n, filters, ...]`. Filters
 * and channels are parted into as many groups as the weight's second axis says; group g of the filters reads group g of
 * the channels.
 */
export function convolution(
  graph: Graph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  options: WindowOptions,
  activation: ActivationName = 'identity',
): Tensor {
  const [batch, channels] = x.shape as readonly [number, number];
  const [filters, depth] = weight.shape as readonly [number, number];
  const { windows, places } = windowsOver(x.shape, options);
  const product = new WindowProduct(graph, x.shape, windows, filters, channels / depth);

  const padded = product.padded(x);
  const z = graph.tensor([batch, filters, ...places]);
  product.emitProduct(padded, weight, z);
  const y = activateChannels(graph, activation, z, bias);

  return graph.node('convolution', [x, weight, bias], y, (dy, gradients) => {
    const dz = activateChannelsGradient(graph, gradients, activation, z, y, dy, bias);
    const dWeight = graph.tensor(weight.shape);
    product.emitWeightGradient(padded, dz, dWeight);
    gradients.add(weight, dWeight);
    if (x.needsGradient) gradients.add(x, product.mapGradient(dz, weight));
  });
}
