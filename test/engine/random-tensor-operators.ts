/** Operators of tensors of any shape, with random shapes and options. */
import { ARITHMETIC, arithmetic } from '../../src/engine/operators/arithmetic';
import { affine, clamp, elementMap } from '../../src/engine/operators/element-map';
import { expand } from '../../src/engine/operators/expand';
import { moveAlong } from '../../src/engine/operators/move-along';
import { assignSlice, sliceOf, type Slice } from '../../src/engine/operators/slice';
import { cumulativeSum, product } from '../../src/engine/operators/along-axis';
import { curve, power } from '../../src/engine/operators/curve';
import { fold, unfold } from '../../src/engine/operators/fold';
import { gather, scatterAdd } from '../../src/engine/operators/gather';
import { compare, maskedFill, where } from '../../src/engine/operators/mask';
import { multiply } from '../../src/engine/operators/multiply';
import { noise } from '../../src/engine/operators/noise';
import { sizeOf } from '../../src/engine/tensor';
import { windowCount, type WindowOptions } from '../../src/engine/operators/windows';
import { largest, smallest } from '../../src/engine/operators/largest';
import { matmul } from '../../src/engine/operators/matmul';
import { sum } from '../../src/engine/operators/sum';
import type { Tensor } from '../../src/engine/tensor';
import { positive } from './operator-examples/tensors';
import type { Draw } from './random-operators';

/** The shape with some axes of size 1, and some in front left out: one that is broadcast to it. */
function broadcastable(draw: Draw, shape: readonly number[]): number[] {
  return shape.map(size => draw.one([size, 1])).slice(draw.size(0, shape.length - 1));
}

/** A slice that is not empty. */
function part(draw: Draw, size: number): Slice {
  for (;;) {
    const choice = {
      start: draw.one([undefined, draw.size(-size, size - 1)]),
      stop: draw.one([undefined, draw.size(-size, size)]),
      step: draw.one([undefined, 1, 2, -1, -2]),
    };
    if (sliceOf(size, choice).count > 0) return choice;
  }
}

/** Some axes, at least one. */
function someAxes(draw: Draw, x: Tensor): number[] {
  const axes = x.shape.flatMap((_, axis) => (draw.one([true, false]) ? [axis] : []));
  return axes.length > 0 ? axes : [draw.size(0, x.shape.length - 1)];
}

/** Windows over maps of these lengths, with as much padding on both sides. */
function windows(draw: Draw, lengths: readonly number[]): WindowOptions {
  const { kernel, stride, padding, dilation } = draw.windows(lengths, size => size - 1);
  return { kernel, stride, padding, dilation };
}

export const RANDOM_TENSOR_OPERATORS: Readonly<Record<string, (draw: Draw) => Tensor>> = {
  arithmetic: draw => {
    const kind = draw.one(ARITHMETIC);
    const shape = draw.sizes(draw.size(1, 5), 1, 3);
    const whole = draw.x(...shape);
    const other = draw.parameter('other', ...broadcastable(draw, whole.shape));
    const [a, b] = draw.one([
      [whole, other],
      [other, whole],
    ]);
    return arithmetic(draw.graph, kind, a, kind === 'divide' ? positive(draw.graph, b) : b);
  },
  affine: draw => affine(draw.graph, draw.anyShape(), draw.size(-3, 3) / 2, draw.size(0, 2)),
  'element-map': draw => {
    const kind = draw.one(['clamp', 'absolute', 'square-root', 'reciprocal-root', 'reciprocal', 'logarithm'] as const);
    if (kind === 'clamp') return clamp(draw.graph, draw.anyShape(), -0.5, draw.size(1, 9) / 5);
    return elementMap(draw.graph, kind, positive(draw.graph, draw.anyShape()));
  },
  expand: draw => {
    const shape = [...draw.sizes(draw.size(1, 4), 1, 3), 2];
    return expand(draw.graph, draw.parameter('x', ...broadcastable(draw, shape).slice(0, -1), 1), shape);
  },
  'move-along': draw => {
    const shape = draw.sizes(draw.size(1, 4), 1, 4);
    const axis = draw.size(0, shape.length - 1);
    const count = draw.size(1, 4);
    const [step, from] = draw.one([
      [0, draw.size(0, shape[axis] - 1)],
      [1, 0],
      [-1, shape[axis] - 1],
    ]);
    const fitting = step === 0 ? count : Math.min(count, shape[axis]);
    return moveAlong(draw.graph, draw.parameter('x', ...shape), axis, {
      size: fitting + 2,
      moves: [{ from, step, to: draw.size(0, 2), count: fitting }],
      value: draw.size(0, 2),
    });
  },
  'assign-slice': draw => {
    const x = draw.x(...draw.sizes(draw.size(1, 3), 1, 4));
    const parts = x.shape.map(size => part(draw, size));
    const sizes = x.shape.map((size, axis) => sliceOf(size, parts[axis]).count);
    return assignSlice(draw.graph, x, draw.parameter('value', ...broadcastable(draw, sizes)), parts);
  },
  sum: draw => {
    const x = draw.anyShape();
    return sum(draw.graph, x, someAxes(draw, x), { keepAxes: draw.one([true, false]) });
  },
  'first-largest': draw => {
    const x = draw.anyShape();
    const operator = draw.one([largest, smallest]);
    return operator(draw.graph, x, someAxes(draw, x), { ties: 'first', keepAxes: draw.one([true, false]) });
  },
  'shared-largest': draw => {
    const x = draw.anyShape();
    const operator = draw.one([largest, smallest]);
    return operator(draw.graph, x, someAxes(draw, x), { ties: 'shared', keepAxes: draw.one([true, false]) });
  },
  curve: draw => {
    const kind = draw.one(['sine', 'cosine', 'error-function', 'power'] as const);
    if (kind !== 'power') return curve(draw.graph, kind, draw.anyShape());
    return power(draw.graph, positive(draw.graph, draw.anyShape()), draw.one([-3, -1.5, 0.3, 3, 4]));
  },
  'cumulative-sum': draw => {
    const x = draw.anyShape();
    return cumulativeSum(draw.graph, x, draw.size(0, x.shape.length - 1));
  },
  product: draw => {
    const x = draw.anyShape();
    return product(draw.graph, x, draw.size(0, x.shape.length - 1), { keepAxes: draw.one([true, false]) });
  },
  matmul: draw => {
    const [m, n, k] = draw.sizes(3, 1, 4) as [number, number, number];
    const batch = [draw.graph.batch, ...draw.sizes(draw.size(0, 2), 1, 3)];
    const transposed = draw.one([true, false]);
    const [left, right] = draw.one([
      [batch, draw.one([[], broadcastable(draw, batch)])],
      [broadcastable(draw, batch), batch],
    ]);
    const b = draw.parameter('b', ...right, ...(transposed ? [n, k] : [k, n]));
    return matmul(draw.graph, draw.parameter('a', ...left, m, k), b, { transposed });
  },
  chosen: draw => {
    const x = draw.anyShape();
    const other = draw.parameter('other', ...broadcastable(draw, x.shape));
    const kind = draw.one(['greater', 'greater-or-equal', 'less', 'less-or-equal', 'equal', 'not-equal'] as const);
    const mask = compare(draw.graph, kind, x, other);
    return draw.one([true, false]) ? where(draw.graph, mask, x, other) : maskedFill(draw.graph, x, mask, 0.4);
  },
  gather: draw => {
    const x = draw.anyShape();
    const axis = draw.size(1, x.shape.length - 1);
    const shape = x.shape.with(axis, draw.size(1, 4)).slice(0, draw.one([axis + 1, x.shape.length]));
    return gather(draw.graph, x, axis, draw.graph.ids('ids', shape, x.shape[axis]));
  },
  'scatter-add': draw => {
    const x = draw.anyShape();
    const axis = draw.size(1, x.shape.length - 1);
    const whole = x.shape.with(axis, draw.size(1, 4));
    const ids = draw.graph.ids('ids', whole.slice(0, draw.one([axis + 1, x.shape.length])), x.shape[axis]);
    return scatterAdd(draw.graph, x, axis, ids, draw.parameter('values', ...whole));
  },
  noise: draw => {
    const x = draw.anyShape();
    return multiply(draw.graph, x, noise(draw.graph, draw.one(['uniform', 'normal']), x.shape));
  },
  unfold: draw => {
    const lengths = draw.sizes(draw.size(1, 2), 2, 5);
    return unfold(draw.graph, draw.x(draw.size(1, 2), ...lengths), windows(draw, lengths));
  },
  fold: draw => {
    const lengths = draw.sizes(draw.size(1, 2), 2, 5);
    const options = windows(draw, lengths);
    const { kernel, stride, padding, dilation } = options;
    const counts = lengths.map((length, axis) =>
      windowCount(length + 2 * padding[axis], kernel[axis], stride[axis], dilation[axis]),
    );
    return fold(draw.graph, draw.x(draw.size(1, 2) * sizeOf(kernel), sizeOf(counts)), lengths, options);
  },
};
