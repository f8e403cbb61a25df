import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { combined, multiple, sumTo } from './broadcast';

/** Arithmetic of two tensors that has a gradient. */
export const ARITHMETIC = ['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum'] as const;
export type Arithmetic = (typeof ARITHMETIC)[number];

/**
 * Two tensors combined element by element, with broadcasting: shapes are aligned at the last axis, and axes of size 1
 * are repeated. `maximum` and `minimum` of equal numbers give half of the gradient to each, as PyTorch's do.
 */
export function arithmetic(graph: Graph, kind: Arithmetic, a: Tensor, b: Tensor): Tensor {
  const y = combined(graph, kind, a, b);
  return graph.node('arithmetic', [a, b], y, (dy, gradients) => {
    const call = { graph, kind, y, dy };
    if (a.needsGradient) gradients.add(a, sumTo(graph, firstGradient(call, a, b), a.shape));
    if (b.needsGradient) gradients.add(b, sumTo(graph, secondGradient(call, a, b), b.shape));
  });
}

/** A combination whose gradients are wanted. */
interface Call {
  readonly graph: Graph;
  readonly kind: Arithmetic;
  readonly y: Tensor;
  readonly dy: Tensor;
}

/** The gradient by the first operand, of the shape of the result. */
function firstGradient({ graph, kind, dy }: Call, a: Tensor, b: Tensor): Tensor {
  switch (kind) {
    case 'add':
    case 'subtract':
      return dy;
    case 'multiply':
    case 'divide':
      return combined(graph, kind, dy, b);
    case 'maximum':
      return combined(graph, 'multiply', dy, combined(graph, 'larger-share', a, b));
    case 'minimum':
      return combined(graph, 'multiply', dy, combined(graph, 'larger-share', b, a));
  }
}

/** The gradient by the second. */
function secondGradient(call: Call, a: Tensor, b: Tensor): Tensor {
  const { graph, kind, y, dy } = call;
  switch (kind) {
    case 'subtract':
      return multiple(graph, dy, -1);
    case 'divide':
      return multiple(graph, combined(graph, 'divide', combined(graph, 'multiply', dy, y), b), -1);
    case 'add':
    case 'multiply':
    case 'maximum':
    case 'minimum':
      return firstGradient(call, b, a);
  }
}
