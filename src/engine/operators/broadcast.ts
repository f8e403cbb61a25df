/** What operators with broadcasting share; none of it makes nodes. */
import type { Graph } from '../graph';
import type { Combination } from '../kernels/strided-kernels';
import { sizeOf, type Tensor, type TensorShape } from '../tensor';
import { broadcastShape, broadcastStrides, ofRank, sixAxes } from './strides';

/** Two tensors combined element by element, with broadcasting. */
export function combined(graph: Graph, kind: Combination, a: Tensor, b: Tensor): Tensor {
  const shape = broadcastShape(a.shape, b.shape);
  const y = graph.tensor(shape, a.needsGradient || b.needsGradient);
  graph.emit(
    'combine',
    kind,
    a,
    b,
    y,
    ...sixAxes(shape, broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)),
  );
  return y;
}

/** A multiple of every element. */
export function multiple(graph: Graph, x: Tensor, factor: number): Tensor {
  const y = graph.tensor(x.shape);
  graph.emit('mapElements', 'affine', x, y, factor, 0);
  return y;
}

/** The sum of x over the axes along which a tensor of `shape` was repeated: its gradient, given that by the whole. */
export function sumTo(graph: Graph, x: Tensor, shape: TensorShape): Tensor {
  const target = ofRank(shape, x.shape.length);
  let sum = x;
  for (let end = x.shape.length; end > 0; end--) {
    if (target[end - 1] === sum.shape[end - 1]) continue;
    let start = end - 1;
    while (start > 0 && target[start - 1] === 1) start--;
    sum = sumOverMiddle(graph, sum, start, end);
    end = start + 1;
  }
  return graph.view(sum, shape);
}

/** The sum over the axes from `start` to before `end`, each of which is left with the size 1. */
export function sumOverMiddle(graph: Graph, x: Tensor, start: number, end: number): Tensor {
  const [outer, middle, inner] = [x.shape.slice(0, start), x.shape.slice(start, end), x.shape.slice(end)];
  const y = graph.tensor([...outer, ...middle.map(() => 1), ...inner]);
  graph.emit('sumMiddle', x, y, sizeOf(outer), sizeOf(middle), sizeOf(inner));
  return y;
}
