import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { windowsOver, type WindowOptions } from './windows';

/**
 * Cross-correlation (the kernel is not flipped), as PyTorch's `conv1d` and `conv2d`: x `[n, channels, ...]`, weight
 * `[filters, channels / groups, kernel...]`, bias `[filters]` → `[n, filters, ...]`. Filters and channels are parted into as
 * many groups as the weight's second axis says; group g of the filters reads group g of the channels.
 *
 * Every window is unfolded into a column, so that all windows of the batch make one matrix product a group.
 */
export function convolution(graph: Graph, x: Tensor, weight: Tensor, bias: Tensor | undefined, options: WindowOptions): Tensor {
  const [batch, channels] = x.shape as readonly [number, number];
  const [filters, depth] = weight.shape as readonly [number, number];
  const groups = channels / depth;
  const { windows, places } = windowsOver(x.shape, options);
  const inner = sizeOf(places);
  const [rows, columns, summed] = [filters / groups, batch * inner, sizeOf(weight.shape) / filters];
  const unfold = (): Tensor => {
    const unfolded = graph.tensor([groups, summed, columns]);
    graph.emit('unfold', x, unfolded, ...windows);
    return unfolded;
  };

  const product = graph.tensor([filters, batch, inner]);
  graph.emit('matmulEach', weight, unfold(), product, groups, rows, columns, summed);
  const y = graph.tensor([batch, filters, ...places]);
  graph.emit('fromTimeMajor', product, y, batch, filters, inner, inner, 0, false, false);
  if (bias) graph.emit('addToChannels', y, bias, batch, filters, inner);

  return graph.node('convolution', [x, weight, bias], y, (dy, gradients) => {
    if (bias) {
      const dBias = graph.tensor(bias.shape);
      graph.emit('channelSums', dy, dBias, batch, filters, inner);
      gradients.add(bias, dBias);
    }
    const dProduct = graph.tensor([filters, batch, inner]);
    graph.emit('toTimeMajor', dy, dProduct, batch, filters, inner, inner, 0, false);
    const dWeight = graph.tensor(weight.shape);
    // Unfolded anew: kept from the forward pass, it would be the largest block of the arena.
    graph.emit('matmulEachTransposedB', dProduct, unfold(), dWeight, groups, rows, summed, columns);
    gradients.add(weight, dWeight);
    if (x.needsGradient) {
      const dUnfolded = graph.tensor([groups, summed, columns]);
      graph.emit('matmulEachTransposedA', weight, dProduct, dUnfolded, groups, summed, columns, rows);
      const dx = graph.tensor(x.shape);
      graph.emit('fold', dUnfolded, dx, ...windows);
      gradients.add(x, dx);
    }
  });
}
