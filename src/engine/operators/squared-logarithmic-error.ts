import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Mean of (log(1 + max(x, 0)) - log(1 + t))², Keras's `mean_squared_logarithmic_error`: errors count by their ratio.
 * Targets are 0 or more; outputs below 0 count as 0 and get no gradient.
 */
export function squaredLogarithmicError(graph: Graph, output: Tensor, target: Tensor): void {
  const count = sizeOf(output.shape);
  const answersPerExample = count / graph.batch;
  const counted = (run: { readonly examples: number }): number => run.examples * answersPerExample;
  const value = graph.measure(1);
  graph.emitResult(value, 'squaredLogarithmicError', output, target, counted);
  graph.end(output, {
    value,
    right: undefined,
    answersPerExample,
    backward: gradients => {
      const dx = graph.tensor(output.shape);
      graph.emit('squaredLogarithmicErrorBackward', output, target, dx, count);
      gradients.add(output, dx);
    },
  });
}
