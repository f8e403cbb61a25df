import type { Graph } from '../graph';
import type { Tensor, TensorShape } from '../tensor';
import { sumTo } from './broadcast';
import { reshape } from './reshape';
import { broadcastStrides, isSameShape, ofRank, sixAxes, stridesOf } from './strides';

/** x broadcast to a shape: axes of size 1 are repeated, new ones are put in front. */
export function expand(graph: Graph, x: Tensor, shape: TensorShape): Tensor {
  if (isSameShape(x.shape, shape)) return x;
  const y = graph.tensor(shape, x.needsGradient);
  graph.emit('copyStrided', x, 0, y, 0, false, ...sixAxes(shape, broadcastStrides(x.shape, shape), stridesOf(shape)));
  return graph.node('expand', [x], y, (dy, gradients) => gradients.add(x, sumTo(graph, dy, x.shape)));
}

/** x laid side by side `times[axis]` times along each axis (PyTorch's `repeat`); new axes are put in front. */
export function repeat(graph: Graph, x: Tensor, times: readonly number[]): Tensor {
  const sizes = ofRank(x.shape, times.length);
  const apart = reshape(
    graph,
    x,
    sizes.flatMap(size => [1, size]),
  );
  const repeated = expand(
    graph,
    apart,
    sizes.flatMap((size, axis) => [times[axis], size]),
  );
  return reshape(
    graph,
    repeated,
    sizes.map((size, axis) => times[axis] * size),
  );
}

/** Every entry of an axis `times` times, one after another (PyTorch's `repeat_interleave`). */
export function repeatEach(graph: Graph, x: Tensor, axis: number, times: number): Tensor {
  const [before, size, after] = [x.shape.slice(0, axis), x.shape[axis], x.shape.slice(axis + 1)];
  const repeated = expand(graph, reshape(graph, x, [...before, size, 1, ...after]), [...before, size, times, ...after]);
  return reshape(graph, repeated, [...before, size * times, ...after]);
}
