/** Putting a layer's output under observation. */
import type { Graph } from './graph';
import { OUTPUT_STATISTICS } from './kernels/statistic-kernels';
import type { ActivationName } from './operators/activation';
import { sizeOf, type Tensor } from './tensor';

/**
 * Has every step that asks for it measure a layer's output, after its activation, and the norm of the loss gradient by
 * it. `units`: the axis whose entries may be dead, the last or, for maps, the channels `[n, channels, ...]`. Call it
 * right after the layer is built, in the order in which layers are to be recorded.
 */
export function observeLayer(
  graph: Graph,
  path: string,
  output: Tensor,
  activation: ActivationName,
  units: 'last' | 'channels' = 'last',
): void {
  graph.within(path, () => {
    const axis = units === 'last' ? output.shape.length - 1 : 1;
    const count = output.shape[axis];
    const inner = sizeOf(output.shape.slice(axis + 1));
    const outer = sizeOf(output.shape.slice(0, axis));
    const { low, high } = saturationBounds(activation);
    const statistics = graph.measure(OUTPUT_STATISTICS.count);
    graph.emitMeasurement('outputs', undefined, 'outputStatistics', output, statistics, outer, count, inner, low, high);
    graph.layers.push({ path, output, statistics, gradientNorm: graph.measure(1) });
  });
}

/** Where the flat ends of a bounded activation begin: within 1.5 % of the range's width. Infinite for the others. */
export function saturationBounds(activation: ActivationName): { readonly low: number; readonly high: number } {
  switch (activation) {
    case 'sigmoid':
    case 'hard-sigmoid':
      return { low: 0.015, high: 0.985 };
    case 'tanh':
    case 'hard-tanh':
    case 'softsign':
      return { low: -0.97, high: 0.97 };
    // Its other flat end is 0, which has a share of its own.
    case 'relu6':
      return { low: -Infinity, high: 5.91 };
    default:
      return { low: -Infinity, high: Infinity };
  }
}
