import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Ends the graph with any number that was computed in it as its loss, and with `output` as what the network answers.
 * The loss is one of the whole batch: an evaluation takes whole batches.
 */
export function scalarLoss(graph: Graph, loss: Tensor, output: Tensor = loss): void {
  if (sizeOf(loss.shape) !== 1) throw new Error(`A loss is one number, not [${loss.shape.join(', ')}].`);
  const value = graph.measure(1);
  graph.emitResult(value, 'firstElement', loss);
  graph.end(output, {
    value,
    answersPerExample: 1,
    isOfWholeBatch: true,
    backward: gradients => {
      const one = graph.tensor(loss.shape);
      graph.emit('fill', one, 1);
      gradients.add(loss, one);
    },
  });
}
