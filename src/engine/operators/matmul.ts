import type { Graph } from '../graph';
import { sizeOf, type Tensor, type TensorShape } from '../tensor';
import { expand } from './expand';
import { reshape } from './reshape';
import { broadcastShape } from './strides';

/**
 * The product of two tensors as PyTorch's `matmul`: matrices are their last two axes, the others are broadcast; a
 * tensor of one axis is a row on the left, a column on the right. a `[..., m, k]`, b `[..., k, n]`, or `[..., n, k]`
 * where `transposed` → `[..., m, n]`.
 */
export function matmul(graph: Graph, a: Tensor, b: Tensor, { transposed = false } = {}): Tensor {
  if (a.shape.length === 1) {
    const y = matmul(graph, reshape(graph, a, [1, ...a.shape]), b, { transposed });
    return reshape(graph, y, y.shape.toSpliced(b.shape.length === 1 ? 0 : -2, 1));
  }
  if (b.shape.length === 1) {
    const y = matmul(graph, a, reshape(graph, b, [1, ...b.shape]), { transposed: true });
    return reshape(graph, y, y.shape.slice(0, -1));
  }
  const [k, depth] = [a.shape.at(-1)!, b.shape.at(transposed ? -1 : -2)!];
  if (k !== depth) throw new Error(`[${a.shape.join(', ')}] cannot be multiplied with [${b.shape.join(', ')}].`);
  // One matrix for all rows is one product.
  if (b.shape.length === 2) return product(graph, a, b, [1, sizeOf(a.shape) / k], transposed);
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return product(
    graph,
    expand(graph, a, [...batch, ...a.shape.slice(-2)]),
    expand(graph, b, [...batch, ...b.shape.slice(-2)]),
    [sizeOf(batch), a.shape.at(-2)!],
    transposed,
  );
}

/** `count` products of m rows each, with as many matrices. */
function product(
  graph: Graph,
  a: Tensor,
  b: Tensor,
  [count, m]: readonly [number, number],
  transposed: boolean,
): Tensor {
  const k = a.shape.at(-1)!;
  const n = b.shape.at(transposed ? -2 : -1)!;
  const emit = (layout: Layout, left: Tensor, right: Tensor, shape: TensorShape, sizes: Sizes): Tensor => {
    const result = graph.tensor(shape, a.needsGradient || b.needsGradient);
    if (count === 1) graph.emit(`matmul${layout}`, left, right, result, ...sizes, false);
    else graph.emit(`matmulEach${layout}`, left, right, result, count, ...sizes);
    return result;
  };
  const y = emit(transposed ? 'TransposedB' : '', a, b, [...a.shape.slice(0, -1), n], [m, n, k]);
  return graph.node('matmul', [a, b], y, (dy, gradients) => {
    if (a.needsGradient) gradients.add(a, emit(transposed ? '' : 'TransposedB', dy, b, a.shape, [m, k, n]));
    if (!b.needsGradient) return;
    const [left, right, rows, columns] = transposed ? [dy, a, n, k] : [a, dy, k, n];
    gradients.add(b, emit('TransposedA', left, right, b.shape, [rows, columns, m]));
  });
}

type Layout = '' | 'TransposedA' | 'TransposedB';
/** Rows and columns of the result, and the summed axis. */
type Sizes = readonly [m: number, n: number, k: number];
