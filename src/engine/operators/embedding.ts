import type { Graph } from '../graph';
import type { IdTensor, Tensor } from '../tensor';

/**
 * Rows of a table: y = weight[ids]. ids `[...]`, weight `[vocabulary, units]` → `[..., units]`. Linear layers that read
 * y may multiply the table in place of its rows (`input-rows.ts`): what is given here is the gradient by the other
 * readers alone.
 */
export function embedding(graph: Graph, ids: IdTensor, weight: Tensor): Tensor {
  const units = weight.shape[1];
  const y = graph.tensor([...ids.shape, units]);
  graph.emit('embed', ids, weight, y, units);
  return graph.node('embedding', [ids, weight], y, (dy, gradients) => {
    const dWeight = graph.tensor(weight.shape);
    graph.emit('fill', dWeight, 0);
    graph.emit('embedBackward', ids, dy, dWeight, units);
    gradients.add(weight, dWeight);
  });
}
