import type { Graph } from '../graph';
import { sizeOf, type Tensor, type TensorShape } from '../tensor';
import { sumTo } from './broadcast';
import { affine } from './element-map';
import { reshape } from './reshape';
import { broadcastStrides, sixAxes, stridesOf } from './strides';

/** Whether reduced axes stay, with the size 1. */
export interface ReductionOptions {
  readonly keepAxes?: boolean;
}

/** Every axis of a tensor, for a reduction to one number. */
export function allAxes({ shape }: Tensor): readonly number[] {
  return shape.map((_, axis) => axis);
}

/** The shape with these axes of size 1. */
export function keptShape(shape: TensorShape, axes: readonly number[]): TensorShape {
  return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
}

/** A reduced tensor, whose axes were kept, without them unless `keepAxes`. */
export function reduced(
  graph: Graph,
  y: Tensor,
  axes: readonly number[],
  { keepAxes = false }: ReductionOptions,
): Tensor {
  if (keepAxes || axes.length === 0) return y;
  return reshape(
    graph,
    y,
    y.shape.filter((_, axis) => !axes.includes(axis)),
  );
}

/** The sum over axes. */
export function sum(graph: Graph, x: Tensor, axes: readonly number[], options: ReductionOptions = {}): Tensor {
  if (axes.length === 0) return x;
  const shape = keptShape(x.shape, axes);
  const y = { ...sumTo(graph, x, shape), needsGradient: x.needsGradient };
  const node = graph.node('sum', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    const strides = stridesOf(x.shape);
    graph.emit('copyStrided', dy, 0, dx, 0, false, ...sixAxes(x.shape, broadcastStrides(shape, x.shape), strides));
    gradients.add(x, dx);
  });
  return reduced(graph, node, axes, options);
}

/** The mean over axes. */
export function mean(graph: Graph, x: Tensor, axes: readonly number[], options: ReductionOptions = {}): Tensor {
  const count = sizeOf(axes.map(axis => x.shape[axis]));
  return affine(graph, sum(graph, x, axes, options), 1 / count);
}
