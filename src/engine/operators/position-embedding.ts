import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * A learned vector for each place of the sequence: y[b, t] = x[b, t] + weight[t] (Vaswani et al. 2017, section 3.5).
 * x `[n, time, units]`, weight `[length, units]` with length >= time, the rows beyond which get no gradient.
 */
export function positionEmbedding(graph: Graph, x: Tensor, weight: Tensor): Tensor {
  const [batch, time, units] = x.shape as readonly [number, number, number];
  const columns = time * units;
  const used = (table: Tensor): Tensor => graph.view(table, [columns]);
  const y = graph.tensor(x.shape);
  graph.emit('copy', x, y);
  graph.emit('activate', 'identity', y, used(weight), y, batch, columns);
  return graph.node('position-embedding', [x, weight], y, (dy, gradients) => {
    const dWeight = graph.tensor(weight.shape);
    const beyond = sizeOf(weight.shape) - columns;
    if (beyond > 0) graph.emit('fill', graph.view(dWeight, [beyond], columns), 0);
    graph.emit('columnSums', dy, used(dWeight), batch, columns, false);
    gradients.add(weight, dWeight);
    gradients.add(x, dy);
  });
}
