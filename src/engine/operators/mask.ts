/** Choices by a mask: a tensor in which every number but 0 says yes. No gradient flows through a mask. */
import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { add } from './add';
import { combined, sumTo } from './broadcast';
import { affine } from './element-map';

/** Comparisons of two tensors, with broadcasting. */
export type Comparison = 'greater' | 'greater-or-equal' | 'less' | 'less-or-equal' | 'equal' | 'not-equal';

/** A mask: 1 where the comparison holds, else 0. */
export function compare(graph: Graph, kind: Comparison, a: Tensor, b: Tensor): Tensor {
  const mask = (name: 'greater' | 'greater-or-equal' | 'equal', first: Tensor, second: Tensor): Tensor => ({
    ...combined(graph, name, first, second),
    needsGradient: false,
  });
  switch (kind) {
    case 'greater':
    case 'greater-or-equal':
    case 'equal':
      return mask(kind, a, b);
    case 'less':
      return mask('greater', b, a);
    case 'less-or-equal':
      return mask('greater-or-equal', b, a);
    case 'not-equal':
      return affine(graph, mask('equal', a, b), -1, 1);
  }
}

/** A tensor of one number, for arithmetic and masks with broadcasting. */
export function numberTensor(graph: Graph, value: number): Tensor {
  const tensor = graph.tensor([1], false);
  graph.emit('fill', tensor, value);
  return tensor;
}

/** a where the mask says yes, else b; all three are broadcast. */
export function where(graph: Graph, mask: Tensor, a: Tensor, b: Tensor): Tensor {
  return add(graph, chosenBy(graph, 'where', a, mask), chosenBy(graph, 'unless', b, mask));
}

/** x with `value`, which may be infinite, where the mask says yes (PyTorch's `masked_fill`). */
export function maskedFill(graph: Graph, x: Tensor, mask: Tensor, value: number): Tensor {
  return where(graph, mask, numberTensor(graph, value), x);
}

/** a, broadcast with the mask, where the mask says yes (`where`) or no (`unless`), else 0. */
function chosenBy(graph: Graph, kind: 'where' | 'unless', a: Tensor, mask: Tensor): Tensor {
  const y = { ...combined(graph, kind, a, mask), needsGradient: a.needsGradient };
  return graph.node('chosen', [a, mask], y, (dy, gradients) => {
    gradients.add(a, sumTo(graph, combined(graph, kind, dy, mask), a.shape));
  });
}

/** The numbers of a mask `[rows, columns]` that keeps the lower triangle up to a diagonal: that of causal attention. */
export function lowerTriangle(rows: number, columns: number, diagonal = 0): number[] {
  return Array.from({ length: rows * columns }, (_, i) => (i % columns <= Math.floor(i / columns) + diagonal ? 1 : 0));
}
