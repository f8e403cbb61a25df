import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/** Two tensors side by side along the last axis: a `[..., f]` and b `[..., g]` → `[..., f + g]`. */
export function joinFeatures(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const [left, right] = [a.shape.at(-1)!, b.shape.at(-1)!];
  const width = left + right;
  const rows = sizeOf(a.shape) / left;
  const y = graph.tensor([...a.shape.slice(0, -1), width]);
  graph.emit('copyRows', a, 0, left, y, 0, width, rows, left);
  graph.emit('copyRows', b, 0, right, y, left, width, rows, right);
  return graph.node('join-features', [a, b], y, (dy, gradients) => {
    const [da, db] = [graph.tensor(a.shape), graph.tensor(b.shape)];
    graph.emit('copyRows', dy, 0, width, da, 0, left, rows, left);
    graph.emit('copyRows', dy, left, width, db, 0, right, rows, right);
    gradients.add(a, da);
    gradients.add(b, db);
  });
}
