import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Weight normalisation (Salimans and Kingma 2016): a weight whose length and direction are trained apart, w = g v /
 * ‖v‖, the norm being taken for each output unit. v `[units, ...]`, g `[units, 1, ...]` → a weight of v's shape.
 */
export function weightNorm(graph: Graph, v: Tensor, g: Tensor): Tensor {
  const units = v.shape[0];
  const columns = sizeOf(v.shape) / units;
  const weight = graph.tensor(v.shape);
  graph.emit('weightNorm', v, g, weight, units, columns);
  return graph.node('weight-norm', [v, g], weight, (dWeight, gradients) => {
    const [dv, dg] = [graph.tensor(v.shape), graph.tensor(g.shape)];
    graph.emit('weightNormBackward', v, g, dWeight, dv, dg, units, columns);
    gradients.add(v, dv);
    gradients.add(g, dg);
  });
}
