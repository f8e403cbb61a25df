import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { sixAxes, stridesOf } from './strides';

/** Entries of an axis copied to another place: entry `to + i` of the result is entry `from + i step` of x. */
export interface Move {
  readonly from: number;
  /** May be negative, or 0 for one entry repeated. */
  readonly step: number;
  readonly to: number;
  readonly count: number;
}

/**
 * A tensor whose axis holds `size` entries, each moved there from x or else `value`: slices, flips, shifts and padding.
 * Several may come from one entry of x, whose gradient is their sum.
 */
export function moveAlong(
  graph: Graph,
  x: Tensor,
  axis: number,
  { size, moves, value = 0 }: { readonly size: number; readonly moves: readonly Move[]; readonly value?: number },
): Tensor {
  const shape = x.shape.map((length, index) => (index === axis ? size : length));
  const y = graph.tensor(shape, x.needsGradient);
  if (moves.reduce((sum, { count }) => sum + count, 0) < size) graph.emit('fill', y, value);
  const [xStrides, yStrides] = [stridesOf(x.shape), stridesOf(shape)];
  const copies = moves
    .filter(({ count }) => count > 0)
    .map(({ from, step, to, count }) => ({
      xStart: from * xStrides[axis],
      yStart: to * yStrides[axis],
      sizes: shape.map((length, index) => (index === axis ? count : length)),
      steps: xStrides.map((stride, index) => (index === axis ? step * stride : stride)),
    }));
  for (const { xStart, yStart, sizes, steps } of copies) {
    graph.emit('copyStrided', x, xStart, y, yStart, false, ...sixAxes(sizes, steps, yStrides));
  }
  return graph.node('move-along', [x], y, (dy, gradients) => {
    gradients.addPart(x, sum => {
      for (const { xStart, yStart, sizes, steps } of copies) {
        graph.emit('copyStrided', dy, yStart, sum, xStart, true, ...sixAxes(sizes, yStrides, steps));
      }
    });
  });
}
