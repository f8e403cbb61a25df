import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { activate, activateGradient } from './activation';

/** Which half goes through a function: the second through sigmoid, or the first through silu. */
export type GateName = 'glu' | 'swiglu';

/**
 * Gated linear units: x parted into halves a and b along `axis`, y = a sigmoid(b) (`glu`, Dauphin et al. 2017;
 * PyTorch's order) or y = silu(a) b (`swiglu`, Shazeer 2020). x `[..., 2 size, ...]` → `[..., size, ...]`.
 */
export function gate(graph: Graph, x: Tensor, name: GateName, axis: number): Tensor {
  const shape = x.shape.map((size, index) => (index === axis ? size / 2 : size));
  const columns = sizeOf(shape.slice(axis));
  const rows = sizeOf(shape) / columns;
  const half = (start: number): Tensor => {
    const part = graph.tensor(shape);
    graph.emit('copyRows', x, start, 2 * columns, part, 0, columns, rows, columns);
    return part;
  };
  const [activation, bentStart, plainStart] =
    name === 'glu' ? (['sigmoid', columns, 0] as const) : (['silu', 0, columns] as const);
  const plain = half(plainStart);
  const before = half(bentStart);
  const bent = activate(graph, activation, before, undefined);
  const y = graph.tensor(shape);
  graph.emit('multiply', plain, bent, y);

  return graph.node('gate', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    const product = graph.tensor(shape);
    graph.emit('multiply', dy, bent, product);
    graph.emit('copyRows', product, 0, columns, dx, plainStart, 2 * columns, rows, columns);
    const dBent = graph.tensor(shape);
    graph.emit('multiply', dy, plain, dBent);
    graph.emit(
      'copyRows',
      activateGradient(graph, activation, before, bent, dBent),
      0,
      columns,
      dx,
      bentStart,
      2 * columns,
      rows,
      columns,
    );
    gradients.add(x, dx);
  });
}
